"""The shapes of events: the row, the detail, what is similar."""

from datetime import date, datetime
from typing import Literal

from dispatch.shapes import FieldTaskRow, Light
from events.shapes.alerts import AlertRow
from events.shapes.base import (
    AllowedMove,
    AttachmentShape,
    EventState,
    HistoryEntry,
    PersonRef,
    Shape,
    Stage,
    Supervision,
    UnitRef,
)
from events.shapes.catalogue import ConditionShape, ScenarioBrief
from events.shapes.clocks import DeadlineReading
from events.shapes.orders import OrderRow, Progress, ReminderRow, RequestShape


class EventFlags(Shape):
    rework_count: int
    return_count: int
    escalation: int
    urge_count: int
    supervision: Supervision
    """The highest colour of the event."""


class EventRow(Shape):
    id: int
    number: str
    version: int
    state: EventState
    stage: Stage
    level: int
    title: str
    type_code: str
    type_name: str
    source: str
    area_path: str
    area_label: str
    street_path: str
    address: str
    lng: float
    lat: float
    reported_at: datetime
    due_at: datetime | None
    due_kind: str
    due_started_at: datetime | None
    light: Light
    owner_unit_id: int
    """The centre whose seats move it; others who see it only look."""
    lead_unit: UnitRef | None
    taken_by: PersonRef | None
    taken_at: datetime | None
    flags: EventFlags


class EvaluationShape(Shape):
    timeliness: int
    quality: int
    satisfaction: int | None


class HeldEvidence(Shape):
    """封存: what the event shows stays until somebody lets it go. `reason` is empty for who need not know it;
    `of_main` where the event that this one was merged into is held.
    """

    held_at: datetime
    held_by: str
    reason: str
    of_main: bool


class EventDetail(EventRow):
    description: str
    public_stage: str
    needs_before_photo: bool
    has_before_photo: bool
    """Is there a picture of how it was found? A type that needs one is not filed without it, or without a reason."""
    needs_after_photo: bool
    check_mode: str
    condition: ConditionShape | None
    closing_standard: str
    """By what one sees that a case under this condition is settled."""
    own_conditions: list[ConditionShape]
    """Of an event whose type was retired before it was filed: the conditions it can still be filed under."""
    scenario: ScenarioBrief | None
    ending: Literal["", "checked", "self_handled", "forced"]
    run: int
    """How often it was opened: 1, and one more for each reopening."""
    audit: Literal["", "due", "passed", "failed"]
    main_event: "EventBrief | None"
    """Of a merged event: the one it follows, where the reader may see it."""
    followers: list["EventBrief"]
    extension_count: int
    suspended_until: date | None
    is_exempt: bool
    owner_unit: UnitRef
    component: "ComponentBrief | None"
    """The part it is about, where it names one."""
    unit_grid: str
    """The code of the unit grid at its place; empty where the community has none."""
    reporter: PersonRef | None
    alerts: list[AlertRow]
    attachments: list[AttachmentShape]
    held: HeldEvidence | None
    may_hold: bool
    """Whether who reads this may hold its evidence from here."""
    work_orders: list[OrderRow]
    progress: Progress | None
    tasks: list[FieldTaskRow]
    deadlines: list[DeadlineReading]
    reminders: list[ReminderRow]
    requests: list[RequestShape]
    history: list[HistoryEntry]
    allowed_moves: list[AllowedMove]
    evaluation: EvaluationShape | None
    routing: "RoutingExplanation | None"
    similar: list["SimilarEvent"]
    """Open events of the same type nearby, newest first; asked for until the event is dispatched."""
    as_of: str
    epoch: str


class ReportedEvent(EventRow):
    """The answer to a report: the row that lists show, and what may be the same matter; with a caller's contact, the
    receipt that is read out to them.
    """

    similar: list["SimilarEvent"]
    receipt: str
    as_of: str
    epoch: str


class RoutingExplanation(Shape):
    """Where the event goes and why, as it was decided at its last report or filing (`move`, `at`)."""

    move: str
    at: datetime | None
    lead: UnitRef | None
    lead_why: str
    lead_rule_id: int | None
    responsible: PersonRef | None
    """The responder who answers in person, by the matrix of responsibility."""
    owner: UnitRef | None
    owner_why: str
    co_units: list[UnitRef]
    co_units_why: str
    level: int | None
    level_why: str
    notes: list[str]
    automatic: bool
    skipped: list[str]


class ComponentBrief(Shape):
    id: int
    code: str
    type_name: str
    state: str
    lng: float
    lat: float


class EventBrief(Shape):
    id: int
    number: str
    title: str
    state: EventState
    reported_at: datetime


class SimilarEvent(Shape):
    id: int
    number: str
    title: str
    state: EventState
    reported_at: datetime
    age_seconds: int
    distance_m: int
    thumb_url: str | None


class SimilarEventList(Shape):
    items: list[SimilarEvent]


class OrderDetail(OrderRow):
    event: EventDetail
    allowed_moves: list[AllowedMove]


class EventPage(Shape):
    items: list[EventRow]
    next: str | None
    as_of: str
    epoch: str
