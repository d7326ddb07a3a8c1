"""What the API tells of unit grids and of who answers for them."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

ZoneKind = Literal["collector", "park", "school", "market", "office", "other"]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ZoneRef(Shape):
    id: int
    code: str
    name: str
    kind: ZoneKind
    person_id: int | None
    person: str


class GridShare(Shape):
    """A governance grid and the part of the unit grid that lies in it, 0–1."""

    code: str
    name: str
    path: str
    share: float


class UnitGridRow(Shape):
    id: int
    code: str
    community_path: str
    community_name: str
    square_metres: float
    zone: ZoneRef | None
    grids: list[GridShare]


class UnitGridPage(Shape):
    items: list[UnitGridRow]
    next: str | None


class UnitGridAt(Shape):
    """The unit grid at a point, and the 专属网格 that is cut out there; either may be absent."""

    unit_grid: UnitGridRow | None
    exclusive: ZoneRef | None


class RefusedCommunity(Shape):
    path: str
    name: str
    why: Literal["too_many", "no_outline"]
    count: int


class UnitGridRunRow(Shape):
    id: int
    area_path: str
    area_name: str
    size_metres: int
    communities: int
    done: int
    made: int
    refused: list[RefusedCommunity]
    started_at: datetime
    ended_at: datetime | None


class DutyZoneRow(ZoneRef):
    version: int
    community_path: str
    community_name: str
    unit_grids: list[str]
    geometry: dict[str, object]


class ZonePerson(Shape):
    id: int
    name: str


class ZonePeople(Shape):
    """Who may be put in charge of ground in a community, by name."""

    items: list[ZonePerson]


class ZoneChange(Shape):
    """What one change made other: names and square metres in words, unit grids by which came and which went."""

    field: Literal["name", "person", "unit_grids", "outline"]
    before: str
    after: str
    added: list[str]
    taken_out: list[str]


class ZoneHistoryRow(Shape):
    at: datetime
    by: str
    move: Literal["create", "edit", "remove"]
    zone_id: int
    code: str
    name: str
    kind: ZoneKind | None
    changes: list[ZoneChange]


class ZoneHistory(Shape):
    """The newest changes first; zones that have ended are among them."""

    items: list[ZoneHistoryRow]


class DutyZonePage(Shape):
    items: list[DutyZoneRow]
    next: str | None
