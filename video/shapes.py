"""The shapes of cameras, the same in answers and live values."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from events.automation_shapes import WhyNot
from video.zone_shapes import MaskRow, ZoneRow

CameraStateName = Literal[
    "online", "connecting", "dead_stream", "broken_file", "missing_model", "disabled", "unassigned"
]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CameraProblem(Shape):
    """Something wrong with a camera; `reason` is a code of `GET /cameras/reasons`, which has its words and remedy."""

    reason: str
    since: datetime


class CameraRow(Shape):
    """A camera in a list. `state_since`, `state_reason` and `state_detail` tell how it is doing, `problems` what is
    wrong with its picture or worth a note; `holder` is the watching process. Angles in degrees, bearing from north."""

    id: int
    version: int
    code: str
    name: str
    area_path: str
    area_label: str
    lng: float
    lat: float
    enabled: bool
    state: CameraStateName
    state_since: datetime | None
    state_reason: str
    state_detail: str
    problems: list[CameraProblem]
    source_kind: str
    group_id: int | None
    group_name: str | None
    priority: int
    is_high: bool
    height_m: float | None
    bearing: float | None
    view_angle: float | None
    view_range_m: float | None
    fps: float
    still_url: str | None
    still_at: datetime | None
    zones_count: int
    holder: str | None


class CameraPage(Shape):
    items: list[CameraRow]
    next: str | None
    as_of: str
    epoch: str


class CameraToday(Shape):
    """Alerts since midnight, what people made of them, and confirmed ÷ decided."""

    alerts: int
    confirmed: int
    dismissed: int
    precision: float | None


class CameraPrecision(Shape):
    """What people made of the findings of this camera by one algorithm, over `days`: `ratio` and `lower` (the lower
    bound of the Wilson interval at 95 %) are None before the first judgement. `whole_*` is of every camera with the
    algorithm, which is what decides; `asked` is None where nobody wrote limits. `why_not` is empty where the platform
    may confirm; `weak_zones` of this camera are measurably worse than asked and left to people all the same.
    """

    algorithm: str
    name: str
    days: int
    confirmed: int
    dismissed: int
    sample: int
    ratio: float | None
    lower: float | None
    whole_sample: int
    whole_lower: float | None
    asked: float | None
    state: Literal["none", "off", "on", "stopped"]
    is_automatic: bool
    why_not: WhyNot
    weak_zones: list[str]


class CameraDetail(CameraRow):
    """`stream_url`, `sub_stream_url` and `control_url` are told to administrators only, and never hold a login;
    `has_login` says that one is stored, `can_turn` that it has a head. `precision` is None for who may not see what is
    automatic."""

    stream_url: str | None
    sub_stream_url: str | None
    can_turn: bool
    control_url: str | None
    has_login: bool | None
    gateway_id: int | None
    channel: str
    calibration: list[tuple[float, float, float, float]]
    sampling: str
    pictures_per_second: float
    zones: list[ZoneRow]
    masks: list[MaskRow]
    today: CameraToday
    precision: list[CameraPrecision] | None
    may_edit: bool
    as_of: str
    epoch: str


class CameraStateValue(Shape):
    """The newest state of a camera, as screens get it."""

    id: int
    state: CameraStateName
    state_since: datetime | None
    reason: str
    detail: str
    problems: list[CameraProblem]
    still_at: datetime | None
    fps: float
