"""The shapes of a preview: what a camera sees just now."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from events.shapes import Shape
from video.shapes import CameraStateName


class CameraPreviewBox(Shape):
    """One thing, in fractions of the picture: left, top, right, bottom. `track` stays the same while it is followed."""

    track: int
    label: str
    score: float
    box: tuple[float, float, float, float]


class CameraPreviewZone(Shape):
    """How a zone stands as it was saved: the tracks that count in it, and how near its rule is to an alert.

    `is_watched` is false outside its hours and while a model is missing. What a rule does not count has `needed` 0.
    """

    id: int
    is_watched: bool
    is_dark: bool
    holds: bool
    counting: list[int]
    lasted_seconds: float
    needed_seconds: float
    seen: int
    needed: int


class SeenPreview(Shape):
    """As it is kept for some seconds, under the lease of who saw it."""

    generation: int
    at: datetime
    boxes: list[CameraPreviewBox]
    zones: list[CameraPreviewZone]


class CameraPreview(Shape):
    """`waiting`: asked for, nothing has come (yet); `unavailable`: previews cannot be passed on just now."""

    state: Literal["live", "waiting", "unavailable"]
    at: datetime | None = None
    boxes: list[CameraPreviewBox] = Field(default_factory=list)
    zones: list[CameraPreviewZone] = Field(default_factory=list)
    still_url: str | None
    still_at: datetime | None
    camera_state: CameraStateName
