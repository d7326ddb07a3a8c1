"""The shapes of how often cameras were right."""

from typing import Literal

from video.shapes import Shape


class PrecisionFigure(Shape):
    """What people made of the findings. `lower` and `upper` bound the share with 95 % confidence (Wilson); like `ratio`
    they are None before the first judgement."""

    confirmed: int
    dismissed: int
    sample: int
    ratio: float | None
    lower: float | None
    upper: float | None


class PrecisionRow(PrecisionFigure):
    """One algorithm, camera, pair or hour (of the city's clocks); `alerts` includes those that nobody judged."""

    algorithm: str
    algorithm_name: str
    camera_id: int | None
    camera_name: str
    hour: int | None
    alerts: int
    waiting: int


class PrecisionTable(PrecisionFigure):
    """The rows, and all of them together."""

    by: Literal["algorithm", "camera", "pair", "hour", "algorithm_hour"]
    days: int
    items: list[PrecisionRow]
