"""The shapes of routing: rules, the matrix, a replay, suggestions of types, and what an event says of its way."""

from datetime import datetime
from typing import Literal

from events.shapes import PersonRef, Shape, UnitRef

RuleState = Literal["draft", "on", "off"]


class ReplaySummary(Shape):
    days: int | None
    examined: int
    matched: int
    changed: int
    failed: int
    truncated: bool


class RoutingRuleShape(Shape):
    """`may_switch_on`: replayed as it now stands, and the reader holds the post for it."""

    id: int
    version: int
    edition: int
    position: int
    name: str
    area_path: str
    area_label: str
    state: RuleState
    expression: str
    lead_unit_code: str
    lead_unit_name: str
    lead_office_code: str
    owner_level: str
    co_unit_codes: list[str]
    co_unit_names: list[str]
    level: int | None
    note: str
    automatic: bool
    replaces_id: int | None
    edited_at: datetime
    edited_by: str
    switched_at: datetime | None
    switched_by: str
    replayed_at: datetime | None
    replay_is_current: bool
    replay: ReplaySummary | None
    problem: str
    problem_at: datetime | None
    may_switch_on: bool
    may_edit: bool


class ExpressionVariable(Shape):
    name: str
    type: str
    meaning: str


class OfficeKind(Shape):
    """Offices of one kind, one in each street: a rule names the kind, the place says which of them."""

    code: str
    name: str
    example: str


class RuleArea(Shape):
    path: str
    name: str


class RoutingRuleList(Shape):
    """In the order in which they are asked: those of an area before the site-wide ones. `areas` are those for which the
    reader may write rules, beside the site's where they `may_edit_site`.
    """

    items: list[RoutingRuleShape]
    variables: list[ExpressionVariable]
    offices: list[OfficeKind]
    areas: list[RuleArea]
    may_edit_site: bool
    may_edit: bool


class ExpressionVerdict(Shape):
    ok: bool
    line: int
    column: int
    message: str


class ReplayOutcome(Shape):
    """`lead_by` is a rule's name, or matrix, type or nobody."""

    lead: str
    lead_by: str
    owner: str
    co_units: list[str]
    level: int | None
    automatic: bool


class ReplayItem(Shape):
    id: int
    number: str
    title: str
    reported_at: datetime
    area_label: str
    now: ReplayOutcome
    then: ReplayOutcome


class RoutingReplay(Shape):
    """Changed events are counted in full; the newest 200 are listed."""

    rule: RoutingRuleShape
    summary: ReplaySummary
    items: list[ReplayItem]


class ResponsibilityShape(Shape):
    id: int
    version: int
    type_code: str
    type_name: str
    main_class: str
    area_path: str
    area_label: str
    unit: UnitRef
    responder: PersonRef | None
    note: str
    edited_at: datetime
    edited_by: str
    may_edit: bool


class ResponsibilityList(Shape):
    items: list[ResponsibilityShape]


class PeopleList(Shape):
    items: list[PersonRef]


class TypeSuggestion(Shape):
    code: str
    name: str
    main_class: str
    confidence: float


class SuggestionModel(Shape):
    """What the model was measured at: of the events whose best suggestion is at least `threshold` sure, a share of
    `precision_at` was right, in cross-validation over `examples` events. `threshold` is None where no confidence
    reached the precision that is asked for.
    """

    trained_at: datetime
    examples: int
    types: int
    precision: float
    precision_asked: float
    threshold: float | None
    precision_at: float | None
    coverage_at: float | None


class TypeSuggestions(Shape):
    """At most three, best first. `preselect` is the code that a form may choose by itself; it is empty unless the best
    is surer than the model's threshold. `by` is `keywords` while no model was trained.
    """

    by: Literal["model", "keywords"]
    items: list[TypeSuggestion]
    preselect: str
    model: SuggestionModel | None
