"""The shapes of alerts."""

from datetime import datetime
from typing import Any

from events.shapes.base import AlertState, AllowedMove, HistoryEntry, Shape


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


class AlertPage(Shape):
    items: list[AlertRow]
    next: str | None
    as_of: str
    epoch: str
