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


class ProgressStep(Shape):
    code: str
    name: str
    who: str
    text: str
    state: Literal["done", "current", "waiting"]


class Progress(Shape):
    """One picture of a whole procedure: its departments, its steps, and how far it has come."""

    scenario: str
    number: int
    name: str
    percent: int
    legs: list[ProgressLeg]
    steps: list[ProgressStep]
    closing_standard: str


class RequestRow(Shape):
    """Something asked about an event. `until` is the last day of a suspension."""

    id: int
    version: int
    event_id: int
    event_number: str
    event_title: str
    area_path: str
    area_label: str
    kind: Literal["extension", "suspension", "cancel", "force_close", "appeal"]
    state: Literal["requested", "endorsed", "granted", "refused", "withdrawn", "lapsed"]
    unit: UnitRef | None
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
