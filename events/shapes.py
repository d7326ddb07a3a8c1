"""The shapes of alerts, events and orders, the same in API answers and in live updates."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from dispatch.shapes import FieldTaskRow, Light

AlertState = Literal["open", "confirmed", "dismissed", "expired"]
EventState = Literal[
    "reported", "verifying", "filed", "dispatched", "returned", "handling", "suspended", "handled", "checking",
    "checked", "closed", "evaluated", "rejected", "merged", "cancelled",
]  # fmt: skip
Stage = Literal["discover", "verify", "dispatch", "handle", "feedback", "evaluate", "ended"]
OrderState = Literal["issued", "signed", "assigned", "done", "returned", "waived", "withdrawn"]
LimitTypeName = Literal["urgent_hours", "working_hours", "working_days", "calendar_days"]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class UnitRef(Shape):
    id: int
    name: str


class PersonRef(Shape):
    id: int
    name: str


class AttachmentShape(Shape):
    id: int
    url: str
    thumb_url: str
    kind: Literal["photo", "still", "clip", "document"]
    purpose: Literal["", "evidence", "report", "verification", "before", "after", "check", "basis"]
    blurred: bool
    created_at: datetime
    by: str | None


class AllowedMove(Shape):
    """A button: `available` is False where the move is declared but refused, with the code of the refusal."""

    move: str
    label: str
    needs: list[str]
    available: bool
    refusal_code: str | None


class HistoryEntry(Shape):
    seq: int
    at: datetime
    actor_name: str
    role: str
    move: str
    from_state: str
    to_state: str
    reason: str
    note: str
    position: dict[str, Any] | None
    attachment_ids: list[int]
    unit: str
    """The departments that a dispatch went to, or the one whose leg the move was about."""
    clock: str
    """Of a crossed threshold: which clock, at how many percent of its limit, and the posts that were told."""
    threshold: int | None
    addressed: list[str]
    readings: list[dict[str, Any]]
    hash: str


class AlertRow(Shape):
    id: int
    version: int
    state: AlertState
    level: int
    title: str
    source: str
    rule: str
    type_code: str
    type_name: str
    area_path: str
    area_label: str
    street_path: str
    lng: float
    lat: float
    found_at: datetime
    last_seen_at: datetime
    seen_count: int
    confidence: float | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    event_id: int | None
    still_url: str | None
    camera_id: int | None
    camera_name: str
    due_at: datetime
    escalation: int


class CameraRef(Shape):
    id: int
    name: str


class Precision(Shape):
    """How often this rule was right at this subject: confirmed ÷ decided, None before the first decision."""

    confirmed: int
    dismissed: int
    ratio: float | None


class AlertDetail(AlertRow):
    clip_url: str | None
    boxes: list[Any]
    zone_polygon: list[Any]
    detail: dict[str, Any]
    camera: CameraRef | None
    decided_at: datetime | None
    decision_reason: str
    allowed_moves: list[AllowedMove]
    history: list[HistoryEntry]
    precision: Precision
    as_of: str
    epoch: str


Supervision = Literal["", "ordinary", "yellow", "red"]


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
    lead_unit: UnitRef | None
    taken_by: PersonRef | None
    taken_at: datetime | None
    flags: EventFlags


class LimitShape(Shape):
    type: LimitTypeName
    amount: float


class DeadlineInterval(Shape):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    start: datetime = Field(alias="from")
    to: datetime | None
    kind: Literal["run", "pause"]
    reason: str
    """Why the clock stood still: verifying, returned, suspended, merged; empty while it ran."""


class DeadlineExtension(Shape):
    """More time that was granted, in the measure of the limit; `limit` of the reading holds it already."""

    at: datetime
    amount: float
    reason: str


class DeadlineReading(Shape):
    kind: str
    limit: LimitShape
    state: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    elapsed_seconds: int
    overdue_seconds: int
    running: bool
    light: Light
    intervals: list[DeadlineInterval]
    extensions: list[DeadlineExtension]
    unit: UnitRef | None = None
    """The co-handling department whose own clock it is; none for the clocks of the event."""


class ConditionShape(Shape):
    id: int
    code: str
    text: str
    handling_limit: LimitShape


class ScenarioBrief(Shape):
    code: str
    number: int
    name: str
    version: int
    steps: list[dict[str, Any]]


class EvaluationShape(Shape):
    timeliness: int
    quality: int
    satisfaction: int | None


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


class EventDetail(EventRow):
    description: str
    public_stage: str
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
    reporter: PersonRef | None
    alerts: list[AlertRow]
    attachments: list[AttachmentShape]
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


class ReportedEvent(EventDetail):
    """The answer to a report."""


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


class AlertPage(Shape):
    items: list[AlertRow]
    next: str | None
    as_of: str
    epoch: str


class EventPage(Shape):
    items: list[EventRow]
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


class Upload(Shape):
    id: int
    url: str
    thumb_url: str
    width: int
    height: int
    sha256: str


class EventTypeShape(Shape):
    code: str
    number: str
    name: str
    category: Literal["part", "event", "governance"]
    main_class: str
    report_group: Literal["enforcement", "service", "dispute"]
    default_level: int
    default_unit: UnitRef | None
    scenario_code: str
    needs_after_photo: bool
    verification_advised: bool
    check_mode: Literal["on_site", "video", "call_back"]
    conditions: list[ConditionShape]


class EventTypeList(Shape):
    items: list[EventTypeShape]


class ScenarioShape(Shape):
    code: str
    number: int
    name: str
    version: int
    definition: dict[str, Any]


class ScenarioList(Shape):
    items: list[ScenarioShape]


class ReplyTemplateShape(Shape):
    """A standard text for a move; an empty `type_code` fits every type. Facts in braces are filled in by the page."""

    id: int
    move: str
    type_code: str
    name: str
    text: str


class ReplyTemplateList(Shape):
    items: list[ReplyTemplateShape]


class ExportRow(Shape):
    """A list that becomes a file: `total` rows were found, of which `most` at the most are written; `problem` says why
    there is no file.
    """

    id: int
    version: int
    kind: Literal["events", "orders"]
    format: Literal["xlsx", "pdf", "csv"]
    filters: dict[str, str | bool]
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    total: int | None
    written: int
    most: int
    truncated: bool
    size: int | None
    problem: Literal["", "not_allowed", "no_room", "interrupted", "fault"]
    file_name: str
    created_at: datetime
    ended_at: datetime | None
    expires_at: datetime


class ExportList(Shape):
    items: list[ExportRow]
    as_of: str
    epoch: str
