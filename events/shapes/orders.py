"""The shapes of departments' legs, of what is asked and reminded about a case, and of its progress."""

from datetime import date, datetime
from typing import Any, Literal

from dispatch.shapes import Light
from events.shapes.base import AllowedMove, EventState, OrderState, PersonRef, Shape, Supervision, UnitRef


class OrderRow(Shape):
    id: int
    event_id: int
    event_number: str
    event_version: int
    event_state: EventState
    version: int
    state: OrderState
    role: Literal["lead", "co"]
    mandatory: bool
    run: int
    unit: UnitRef
    assignee: PersonRef | None
    """The responder or team that the department gave its leg to."""
    title: str
    type_name: str
    level: int
    area_path: str
    area_label: str
    address: str
    lng: float
    lat: float
    issued_at: datetime
    seen_at: datetime | None
    """When its department had it in front of it for the first time."""
    signed_at: datetime | None
    done_at: datetime | None
    due_at: datetime | None
    due_kind: str
    due_started_at: datetime | None
    light: Light
    reply_due_at: datetime | None
    """When the next reply to an urging is due; null where nobody waits for one."""
    photo_count: int
    rework: bool
    note: str
    result: str
    returned_at: datetime | None
    return_reason: str
    proposed_unit: UnitRef | None
    """Whom the department that returned it thinks competent."""
    waive_reason: str


class ReminderRow(Shape):
    """Somebody above asked why an event is not done. It waits for the reply of `unit` until it is settled."""

    id: int
    version: int
    event_id: int
    event_number: str
    event_title: str
    event_state: EventState
    level: int
    area_path: str
    area_label: str
    kind: Literal["urge", "supervise"]
    colour: Supervision
    unit: UnitRef
    note: str
    issued_by: str | None
    """None where the platform supervises by itself."""
    issued_at: datetime
    reply_due_at: datetime
    light: Light
    lapsed_at: datetime | None
    replied_at: datetime | None
    replied_by: str | None
    reply: str
    settled_at: datetime | None


class ReminderPage(Shape):
    items: list[ReminderRow]
    next: str | None
    as_of: str
    epoch: str


class ProgressLeg(Shape):
    """A department of a "one thing": lead 牵头, competent 主管 or handling 处置, with its leg once there is one."""

    part: Literal["lead", "competent", "handling"]
    unit_code: str
    unit: UnitRef | None
    """None where the site has no such unit."""
    mandatory: bool
    text: str
    limit: dict[str, Any] | None
    order_id: int | None
    state: Literal["planned", "issued", "signed", "assigned", "done", "returned", "waived", "withdrawn"]
    light: Light | None
    due_at: datetime | None
    done_at: datetime | None
    result: str


Purpose = Literal["evidence", "report", "verification", "before", "after", "check"]


class StepLimit(Shape):
    """How long a step may take; short ones are parts of an hour."""

    type: Literal["urgent_hours", "working_hours", "working_days", "calendar_days"]
    amount: float


class ProgressStep(Shape):
    """`evidence` is what the step has to leave behind. `due_at` is when its limit ends, counted from when it was last
    at hand in this run, without the time the event was suspended: nobody is called when it is over. None before that.
    """

    code: str
    name: str
    who: str
    text: str
    state: Literal["done", "current", "waiting"]
    limit: StepLimit
    began_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    evidence: list[Purpose]


class EvidenceAsked(Shape):
    purpose: Purpose
    text: str


class DangerPoint(Shape):
    """A hidden-danger point 隐患点: what is looked for, by what one sees that it is in order, and who checks it."""

    number: int
    text: str
    standard: str
    checked_by: str
    severity: Literal["major", "ordinary"]
    finding: Literal["", "found", "not_found", "not_applicable"]
    """What was found in this run; empty where nobody has looked yet."""
    remark: str
    marked_by: str | None
    marked_at: datetime | None
    version: int
    """Of what was said of this point; 0 where nothing was."""


class ProcedureLink(Shape):
    """A link 环节 of a scene, with the department in charge."""

    number: int
    name: str
    unit: str
    points: list[DangerPoint]


class ProcedureScene(Shape):
    name: str
    links: list[ProcedureLink]


class PointsProgress(Shape):
    """How far the points of a procedure are looked at, and how many of them are dangers."""

    total: int
    marked: int
    found: int
    may_mark: bool
    """Whether who reads this verifies or handles the event now."""


class Progress(Shape):
    """One picture of a whole procedure: its departments, its steps, what it asks for, and how far it has come."""

    scenario: str
    number: int
    name: str
    percent: int
    legs: list[ProgressLeg]
    steps: list[ProgressStep]
    evidence: list[EvidenceAsked]
    scenes: list[ProcedureScene]
    points: PointsProgress | None
    """None where the procedure lists no points."""
    closing_standard: str


class RequestRow(Shape):
    """Something asked about one run of an event. `until` is the last day of a suspension, `order_id` the co-handling
    leg that is to have more time.
    """

    id: int
    version: int
    event_id: int
    event_number: str
    event_title: str
    area_path: str
    area_label: str
    kind: Literal["extension", "leg_extension", "suspension", "cancel", "force_close", "appeal"]
    state: Literal["requested", "endorsed", "granted", "refused", "withdrawn", "lapsed"]
    run: int
    unit: UnitRef | None
    order_id: int | None
    reason: str
    until: date | None
    asked_by: str
    asked_at: datetime
    endorsed_by: str | None
    endorsed_at: datetime | None
    decided_by: str | None
    decided_at: datetime | None
    decision: str


class RequestShape(RequestRow):
    allowed_moves: list[AllowedMove]


class RequestDetail(RequestShape):
    as_of: str
    epoch: str


class RequestPage(Shape):
    items: list[RequestRow]
    next: str | None
    as_of: str
    epoch: str


class OrderPage(Shape):
    items: list[OrderRow]
    next: str | None
    as_of: str
    epoch: str


class OwnResponder(Shape):
    """Somebody or a team of the department; `busy_with` is the title of the open task longest held."""

    id: int
    name: str
    kind: Literal["grid_worker", "collector", "officer", "guard", "volunteer", "team", "vehicle"]
    on_duty: bool
    busy_with: str | None


class OwnResponderList(Shape):
    items: list[OwnResponder]


class OrderCounts(Shape):
    to_sign: int
    handling: int
    rework: int
    co: int
    suspended: int
    done: int
    replies: int
    asking: int
    closed: int
