"""The shapes of the video page."""

from datetime import datetime
from typing import Literal

from video.shapes import CameraStateName, Shape

LayoutName = Literal["1", "4", "1+5", "9", "16"]
WayName = Literal["live", "stills"]


class TileCamera(Shape):
    """A camera as a tile knows it. `may_watch` is False where only the name may be seen, and then there is no
    `still_url`; `asks_purpose` where a purpose is asked before it is watched; `metres` from the place asked about;
    `shows_ground` where a point of its picture leads to a place on the ground; `has_sub_stream` where small tiles may
    play the same picture smaller, below `/sub` of the leave's `base`; `can_turn` where it has a head that the person
    may turn now; `is_masked` where part of the picture is hidden for privacy, so that there are stills and no video,
    and nobody turns it.
    """

    id: int
    code: str
    name: str
    area_label: str
    group: str
    source_kind: str
    is_high: bool
    shows_ground: bool
    lng: float
    lat: float
    metres: float | None
    state: CameraStateName
    state_since: datetime | None
    still_url: str | None
    may_watch: bool
    asks_purpose: bool
    has_sub_stream: bool
    can_turn: bool
    is_masked: bool


class NearPlace(Shape):
    """What the distances are measured from."""

    lng: float
    lat: float
    event_id: int | None
    label: str


class TileCameraList(Shape):
    """`more` when there are further ones than were asked for."""

    items: list[TileCamera]
    more: bool
    near: NearPlace | None


class TreeNode(Shape):
    """`key` is the path of an area, the id of a group, or the code of a kind of source."""

    key: str
    name: str
    cameras: int
    children: list["TreeNode"]


class CameraTree(Shape):
    """By what cameras are found: streets with their communities, groups, kinds of source."""

    areas: list[TreeNode]
    groups: list[TreeNode]
    kinds: list[TreeNode]


class OpenViewing(Shape):
    """Leave to watch until `ticket_until`: sent as the header X-Watch-Ticket to what stands below `base`."""

    id: int
    camera_id: int
    ticket: str
    ticket_until: datetime
    base: str


class Turning(Shape):
    """The head turns until `stops_at` if nothing more is said; it is held for this person until `held_until`."""

    camera_id: int
    held_until: datetime
    stops_at: datetime | None


class HeadView(Shape):
    """A view that the device remembers (预置位)."""

    token: str
    name: str


class HeadViews(Shape):
    items: list[HeadView]
    may_save: bool


class ViewingRow(Shape):
    """A line of the log; `turned_at` where the camera was turned meanwhile, and when last."""

    id: int
    camera_id: int | None
    camera_code: str
    camera_name: str
    user_name: str
    started_at: datetime
    last_at: datetime
    is_over: bool
    way: WayName
    purpose: str
    event_id: int | None
    turned_at: datetime | None


class ViewingPage(Shape):
    items: list[ViewingRow]
    next: str | None
    kept_days: int


class PresetRow(Shape):
    """`cameras` has an id or None per tile; `known` are those of them that the person may see now."""

    id: int
    name: str
    layout: LayoutName
    cameras: list[int | None]
    known: list[TileCamera]


class PresetList(Shape):
    items: list[PresetRow]
