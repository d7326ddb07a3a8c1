"""What walls, their remote controls and the pages that set them up are told."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from analytics.shapes import WallSnapshot


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SceneCell(Shape):
    """A panel's place in cells of the grid of 24 by 12."""

    panel: str
    x: int
    y: int
    w: int
    h: int


class SceneLayout(Shape):
    wide: list[SceneCell]
    ultra: list[SceneCell]


class SceneShape(Shape):
    code: str
    name: str
    name_en: str
    key: int | None
    watermark: bool
    layout: SceneLayout
    version: int
    set_at: datetime | None
    set_by: str


class ScenePanel(Shape):
    """A panel of the registry."""

    code: str
    zh: str
    en: str
    min_w: int
    min_h: int


class SceneBook(Shape):
    items: list[SceneShape]
    panels: list[ScenePanel]
    columns: int
    rows: int
    seams: list[int]
    first: str
    may_edit: bool


class SceneFault(Shape):
    """Why a layout cannot be shown; `field` is where: `wide.2`."""

    field: str
    code: str
    message_zh: str
    message_en: str


class SceneCheck(Shape):
    faults: list[SceneFault]


class SceneVersion(Shape):
    version: int
    at: datetime
    by: str
    name: str
    name_en: str
    key: int | None
    watermark: bool
    layout: SceneLayout


class SceneVersions(Shape):
    items: list[SceneVersion]


class CastEvent(Shape):
    """An event somebody cast onto the wall."""

    id: int
    number: str
    level: int
    title: str
    area_label: str
    lng: float
    lat: float
    reported_at: datetime


class Drill(Shape):
    figure: str
    key: str


class WallView(Shape):
    """What the remote control last asked for. `auto`: the wall decides, and a red alarm takes the camera."""

    camera: Literal["auto", "overview", "incident"]
    alert_id: int | None
    event: CastEvent | None
    held: bool
    drill: Drill | None
    calibrating: bool


class TextSize(Shape):
    """`smallest_px`: of 1,080 lines; `zoom`: what the panels enlarge their text by; `far`: six panels only."""

    height_m: float
    farthest_m: float
    marked_px: float | None
    smallest_px: float
    zoom: float
    far: bool


class WallRow(Shape):
    """A paired wall. `reported`: what the screen said of itself; `is_on`: it was heard within two minutes."""

    id: int
    version: int
    name: str
    area_path: str
    area_name: str
    state: Literal["active", "revoked"]
    scene: str
    view: WallView
    theme: Literal["dark", "light"]
    arrangement: Literal["auto", "standard", "far"]
    text: TextSize
    aspect: str
    paired_at: datetime
    paired_by: str
    revoked_at: datetime | None
    seen_at: datetime | None
    is_on: bool
    reported: dict[str, Any]


class WallAct(Shape):
    at: datetime
    by: str
    role: str
    move: str
    facts: dict[str, Any]


class WallDetail(Shape):
    wall: WallRow
    acts: list[WallAct]
    may_control: bool
    may_manage: bool


class WallList(Shape):
    items: list[WallRow]
    may_manage: bool


class FootingStep(Shape):
    code: str
    zh: str
    en: str
    done_at: datetime | None
    done_by: str


class FootingPlan(Shape):
    code: str
    zh: str
    en: str


class FootingShape(Shape):
    """`allowed_moves`: what the reader may do now; empty for a wall."""

    id: int
    version: int
    area_path: str
    state: Literal["peace", "war_asked", "war", "peace_asked"]
    plan: FootingPlan | None
    checklist: list[FootingStep]
    since: datetime | None
    asked_by: str
    asked_role: str
    asked_at: datetime | None
    allowed_moves: list[str]


class FootingBook(Shape):
    footing: FootingShape
    plans: list[FootingPlan]


class SceneKey(Shape):
    """What a digit of the keyboard calls."""

    code: str
    name: str
    name_en: str
    key: int | None


class WallState(Shape):
    """Everything a wall's page needs beside its figures. `device` is None for a person who opened the page."""

    as_of: str
    epoch: str
    device: WallRow | None
    scene: SceneShape
    scenes: list[SceneKey]
    footing: FootingShape


class WallNearOne(Shape):
    """A responder near the incident; of the name the surname."""

    id: int
    name: str
    kind: str
    lng: float
    lat: float
    distance_m: int
    position_at: datetime


class WallNearList(Shape):
    items: list[WallNearOne]


class MusterRow(Shape):
    """A unit's people: how many there are, how many are on duty, how many of these have a task in hand."""

    unit_id: int
    name: str
    total: int
    on_duty: int
    busy: int


class MusterList(Shape):
    at: datetime
    items: list[MusterRow]


class BehindEvent(Shape):
    id: int
    number: str
    level: int
    title: str
    area_label: str
    state: str
    reported_at: datetime
    due_at: datetime | None
    is_overdue: bool


class Behind(Shape):
    """The events that a number counts: `total` is the number, `items` the first of them."""

    figure: str
    key: str
    total: int
    at: datetime
    items: list[BehindEvent]


class OverviewArea(Shape):
    path: str
    name: str
    level: str


class OverviewChild(Shape):
    """An area right below the one looked at."""

    path: str
    name: str
    level: str
    received: int
    open: int
    overdue: int
    closed_rate: float | None


class Overview(Shape):
    area: OverviewArea
    trail: list[OverviewArea]
    children: list[OverviewChild]
    snapshot: WallSnapshot


class PairingShown(Shape):
    """What an unpaired screen shows."""

    code: str
    expires_at: datetime


class ScreenSession(Shape):
    """`open`: the browser holds a session now. `waiting`: nobody has typed the code yet. `unknown`: ask for a code."""

    state: Literal["open", "waiting", "expired", "revoked", "unknown"]
    revoked_at: datetime | None = None
    name: str = ""
