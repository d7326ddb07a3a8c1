"""The shapes of what surrounds cameras: groups, platforms, discovery, nearness, reasons and sheets."""

from datetime import datetime
from typing import Any, Literal

from video.shapes import CameraStateName, Shape


class ReasonShape(Shape):
    """Why a camera is not well: told after it has lasted `raise_after` seconds, over after `clear_after`."""

    code: str
    kind: Literal["stream", "picture", "note", "watch"]
    name: str
    remedy: str
    raise_after: float
    clear_after: float


class ReasonList(Shape):
    items: list[ReasonShape]


class GroupRow(Shape):
    id: int
    name: str
    note: str
    cameras: int


class GroupList(Shape):
    items: list[GroupRow]
    may_edit: bool


class GatewayRow(Shape):
    """`checked_reason` is `ok`, empty before the first question, or why it does not answer."""

    id: int
    version: int
    code: str
    name: str
    kind: str
    kind_name: str
    address: str
    has_login: bool
    enabled: bool
    cameras: int
    checked_at: datetime | None
    checked_reason: str
    checked_detail: str


class GatewayList(Shape):
    items: list[GatewayRow]
    kinds: dict[str, str]


class DeviceRow(Shape):
    id: str
    name: str
    maker: str
    online: bool
    channels: int | None


class DeviceList(Shape):
    items: list[DeviceRow]


class ChannelRow(Shape):
    """`camera_id` and `camera_code` where the channel is a camera already."""

    channel: str
    name: str
    online: bool
    can_turn: bool
    lng: float | None
    lat: float | None
    camera_id: int | None
    camera_code: str | None


class ChannelList(Shape):
    items: list[ChannelRow]


class FoundCamera(Shape):
    """A camera that answered discovery; `camera_code` where one of its host is registered."""

    service: str
    host: str
    name: str
    hardware: str
    camera_code: str | None


class FoundList(Shape):
    items: list[FoundCamera]
    seconds: float


class FoundStream(Shape):
    profile: str
    address: str
    codec: str
    width: int
    height: int
    can_turn: bool


class FoundStreams(Shape):
    items: list[FoundStream]


class NearCamera(Shape):
    """`direction` is from the camera to the place, degrees from north. `in_view` is None where nobody knows."""

    id: int
    code: str
    name: str
    lng: float
    lat: float
    is_high: bool
    distance_m: float
    direction: float
    in_view: bool | None
    state: CameraStateName
    still_url: str | None


class NearList(Shape):
    lng: float
    lat: float
    items: list[NearCamera]


class GroundPoint(Shape):
    """What lies at a point of a high camera's picture, and the low cameras there."""

    lng: float
    lat: float
    items: list[NearCamera]


class Calibrated(Shape):
    """`error_m`: how far the pairs are from the best map through them (root mean square); None without pairs."""

    version: int
    pairs: list[tuple[float, float, float, float]]
    error_m: float | None


class ViewFeature(Shape):
    type: Literal["Feature"]
    id: int
    geometry: dict[str, Any]
    properties: dict[str, Any]


class ViewFeatures(Shape):
    """GeoJSON (RFC 7946) of what cameras look at; where the range is not known it is drawn at 60 m and says so."""

    type: Literal["FeatureCollection"]
    features: list[ViewFeature]
