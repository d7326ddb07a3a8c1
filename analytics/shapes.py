"""The shape of the wall's snapshot. No residents, no phone numbers, no text of reports: walls stand in public view."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from events.shapes import AlertFlood, AlertRow, EventState
from video.shapes import CameraRow


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WallKpis(Shape):
    """`near_due`: over 80 % of the running limit is used. `on_time_rate` is None while nothing should have closed."""

    received_today: int
    received_yesterday_same_time: int
    open: int
    near_due: int
    overdue: int
    longest_overdue_seconds: int
    on_time_rate: float | None
    on_time_goal: float


class SourceCount(Shape):
    source: str
    count: int


class HourFigure(Shape):
    """`hour` of the city's day."""

    hour: int
    count: float


class WallTrend(Shape):
    """Events received by hour: today, and the mean of the last seven days."""

    today: list[HourFigure]
    average7: list[HourFigure]


class StreetFigures(Shape):
    path: str
    name: str
    received: int
    open: int
    overdue: int
    closed_rate: float | None
    label: list[float]


class StageFigures(Shape):
    """How many events came to the stage today, and how many stand in it."""

    stage: str
    total_today: int
    waiting: int


class WallAlerts(Shape):
    """Open alerts: nobody has seen it first, then what is over and nobody has seen, then by level, then the newest.

    `shelved` ones are counted and not listed; `by_level` leaves them out.
    """

    unacknowledged: int
    recovered: int
    shelved: int
    flood: AlertFlood
    by_level: dict[int, int]
    items: list[AlertRow]


class WallEvent(Shape):
    id: int
    version: int
    level: int
    lng: float
    lat: float
    state: EventState
    title: str
    area_label: str


class ForceFigures(Shape):
    kind: str
    on_duty: int
    total: int


class DutyChief(Shape):
    name: str


class WallSnapshot(Shape):
    as_of: str
    epoch: str
    at: datetime
    title: str
    kpis: WallKpis
    sources: list[SourceCount]
    trend: WallTrend
    streets: list[StreetFigures]
    stages: list[StageFigures]
    alerts: WallAlerts
    events: list[WallEvent]
    cameras: list[CameraRow]
    forces: list[ForceFigures]
    duty_chief: DutyChief | None
