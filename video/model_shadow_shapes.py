"""Models on trial as pages see them."""

from datetime import datetime

from video.shapes import Shape


class ModelShadowRow(Shape):
    """A model on trial on a camera. `milliseconds` a picture; `missing` is what it lacks, with the remedy."""

    id: int
    camera: int
    camera_name: str
    model: str
    every: int
    started_at: datetime
    ended_at: datetime | None
    started_by: str
    looks: int
    dropped: int
    milliseconds: float | None
    missing: str


class ModelShadowList(Shape):
    items: list[ModelShadowRow]


class ModelShadowCount(Shape):
    """Boxes in the pictures that both looked at; `both` overlap by at least half. `share`: of all that any drew."""

    kind: str
    by_now: int
    by_candidate: int
    both: int
    share: float | None


class ModelShadowZone(Shape):
    """What a zone would have raised by the model in use and by the one on trial, from those same pictures."""

    zone: int
    name: str
    algorithm: str
    by_now: int
    by_candidate: int
    both: int
    only_now: int
    only_candidate: int


class ModelShadowReport(Shape):
    shadow: ModelShadowRow
    counted: list[ModelShadowCount]
    all: ModelShadowCount
    zones: list[ModelShadowZone]
