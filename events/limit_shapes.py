"""What the API of limits gives out."""

from datetime import datetime
from typing import Literal

from events.shapes import Shape

AnyMeasure = Literal[
    "urgent_hours", "working_hours", "working_days", "calendar_days", "times", "units", "percent", "points"
]
LimitGroupName = Literal["alert", "case", "request", "together", "after", "promise", "reminder"]
StepName = Literal["handler", "chief", "leader"]
WatchedSubject = Literal["event", "order", "alert", "reminder"]


class LimitBounds(Shape):
    """Least and most amount in a measure."""

    measure: AnyMeasure
    least: str
    most: str


class SetShape(Shape):
    """Version 0: nobody has set it yet."""

    version: int
    set_at: datetime | None
    set_by: str


class SiteLimit(SetShape):
    kind: str
    name: str
    measures: list[LimitBounds]
    measure: AnyMeasure
    amount: str
    usual_measure: AnyMeasure
    usual_amount: str
    is_usual: bool


class LimitGroup(Shape):
    group: LimitGroupName
    items: list[SiteLimit]


class SimilarityShape(SetShape):
    """Without a type: for all types that have no bounds of their own."""

    type_code: str
    type_name: str
    metres: int
    hours: int


class StepShape(Shape):
    percent: int
    step: StepName
    urgent: bool
    supervises: bool


class StepPlan(SetShape):
    subject_kind: WatchedSubject
    clock: str
    name: str
    steps: list[StepShape]
    usual: list[StepShape]
    is_usual: bool


class LimitBook(Shape):
    groups: list[LimitGroup]
    similarity: list[SimilarityShape]
    plans: list[StepPlan]
    may_edit: bool


class LimitChange(Shape):
    """`name` is empty for what belongs to the whole site."""

    at: datetime
    by: str
    what: Literal["clock_limit", "similarity_limit", "escalation_plan", "calendar"]
    name: str
    before: str
    after: str


class LimitHistory(Shape):
    items: list[LimitChange]
