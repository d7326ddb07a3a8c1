"""The shapes of alerts."""

from datetime import datetime
from typing import Any

from events.shapes.base import AlertState, AllowedMove, HistoryEntry, OutOfServiceState, Shape


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
    recovered_at: datetime | None
    """The source said that it is over."""
    shelved_at: datetime | None
    shelved_until: datetime | None
    shelved_by: str | None
    shelve_reason: str
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


class AlertPage(Shape):
    items: list[AlertRow]
    next: str | None
    as_of: str
    epoch: str


class AlertGroup(Shape):
    """Open alerts of one cause at one place, as they are listed in a flood."""

    street_path: str
    place: str
    type_code: str
    type_name: str
    level: int
    count: int
    unacknowledged: int
    newest_at: datetime


class AlertFlood(Shape):
    """`new` alerts were found within `minutes`; it is a flood above `above`. `groups` are the largest of it."""

    is_flood: bool
    new: int
    above: int
    minutes: int
    groups: list[AlertGroup]


class Acknowledged(Shape):
    """What became of alerts that were acknowledged together: their rows, and the codes of those that were refused."""

    items: list[AlertRow]
    refused: dict[int, str]
    as_of: str
    epoch: str


class AlarmRulesShape(Shape):
    shelf_longest_minutes: int
    recovered_leaves_minutes: int
    review_days: int
    flood_count: int
    flood_minutes: int
    flood_sound_seconds: int
    silence_seconds: int


class OutOfServiceRow(Shape):
    """A source taken out: since when, why, when it has to be looked at again, and how many findings it had since."""

    id: int
    version: int
    state: OutOfServiceState
    source: str
    rule: str
    rule_name: str
    subject_kind: str
    subject_id: int
    label: str
    area_path: str
    area_label: str
    reason: str
    taken_out_at: datetime
    taken_out_by: str
    reviewed_at: datetime | None
    reviewed_by: str | None
    review_note: str
    review_due_at: datetime | None
    put_back_at: datetime | None
    put_back_by: str | None
    put_back_note: str
    finding_count: int
    last_finding_at: datetime | None


class OutOfServiceEntry(OutOfServiceRow):
    allowed_moves: list[AllowedMove]


class OutOfServicePage(Shape):
    """`overdue` counts all whose review is due, on this page or not."""

    items: list[OutOfServiceEntry]
    next: str | None
    overdue: int
    as_of: str
    epoch: str


class OutOfServiceDetail(OutOfServiceEntry):
    history: list[HistoryEntry]
    as_of: str
    epoch: str
