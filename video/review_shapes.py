"""The shapes of the review queue: what cameras found and nobody has judged yet."""

from datetime import datetime
from typing import Any, Literal

from video.shapes import Shape


class ReviewAlert(Shape):
    """One open alert with the version that was read: a judgement names it."""

    id: int
    version: int
    level: int
    found_at: datetime
    last_seen_at: datetime
    seen_count: int
    confidence: float | None
    still_url: str | None
    clip_url: str | None
    boxes: list[Any]
    zone_polygon: list[Any]
    lasted_seconds: float | None
    acknowledged_by: str | None


class ReviewPast(Shape):
    """What people made of the findings of this camera by this algorithm in the last `days`."""

    days: int
    confirmed: int
    dismissed: int
    ratio: float | None


class ReviewCard(Shape):
    """One burst: the same camera, zone and algorithm. It is judged as one. `held_by` are others who look at it now."""

    key: str
    camera_id: int
    camera_name: str
    zone: str
    algorithm: str
    algorithm_name: str
    suspected: bool
    limits: str
    title: str
    type_name: str
    level: int
    area_label: str
    address: str
    alerts: list[ReviewAlert]
    past: ReviewPast
    may_judge: bool
    held_by: list[str]


class ReviewReason(Shape):
    code: str
    name: str


class ReviewQueue(Shape):
    """The first cards of what waits; `left` counts all waiting alerts within sight. `burst_seconds` is how far apart
    findings may lie that are one card. `reasons` in the order of their keys 1 to 6."""

    cards: list[ReviewCard]
    left: int
    burst_seconds: int
    reasons: list[ReviewReason]
    as_of: str
    epoch: str


class JudgedAlert(Shape):
    id: int
    state: Literal["confirmed", "dismissed"]
    event_id: int | None


class RefusedAlert(Shape):
    """`code` and `detail` as any refusal has them: mostly that somebody was faster, and who."""

    id: int
    code: str
    detail: str


class JudgedCard(Shape):
    done: list[JudgedAlert]
    refused: list[RefusedAlert]


class Holder(Shape):
    """Who else looks at this alert now."""

    alert_id: int
    names: list[str]


class Holders(Shape):
    items: list[Holder]
