"""A town small enough to reckon by hand: two streets of two communities of two square grids, each 0.01° wide.

West → east: street 001 (columns 0–1), street 002 (columns 2–3). South → north: community 001, community 002.
"""

from copy import copy
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import connection
from django.db.models import Model
from psycopg2.extras import DateTimeTZRange

from accounts.models import Grant, OrgUnit, User
from core.actor import SYSTEM, Actor
from core.clock import now
from core.history.chain import row_hash
from core.history.record import covered_values
from core.models import HistoryRow
from grids.actions.areas import create_area
from grids.actions.datasets import AREAS, mark_changed
from grids.models import Area, AreaBoundary

Row = TypeVar("Row", bound=Model)
WEST, SOUTH, SIDE = 118.0, 32.0, 0.01
DISTRICT = "3299.05"


def box(west: float, south: float, east: float, north: float) -> MultiPolygon:
    """A rectangle in sides of a grid, from the town's south-west corner."""
    ring = [
        (round(WEST + u * SIDE, 6), round(SOUTH + v * SIDE, 6))
        for u, v in ((west, south), (east, south), (east, north), (west, north), (west, south))
    ]
    return MultiPolygon(Polygon(ring), srid=4326)


def at(u: float, v: float) -> tuple[float, float]:
    """A point in sides of a grid → longitude and latitude."""
    return round(WEST + u * SIDE, 6), round(SOUTH + v * SIDE, 6)


def bow_tie() -> MultiPolygon:
    """An outline that crosses itself in its middle."""
    (west, south), (east, north) = at(0, 0), at(2, 2)
    ring = [(west, south), (east, north), (east, south), (west, north), (west, south)]
    return MultiPolygon(Polygon(ring), srid=4326)


@dataclass(frozen=True)
class Town:
    """The areas by their paths."""

    areas: dict[str, Area]

    def __getitem__(self, path: str) -> Area:
        return self.areas[path]


def _add(areas: dict[str, Area], code: str, name: str, level: str, parent: str, outline: MultiPolygon) -> Area:
    area = create_area(
        code=code, name=name, level=level, parent=areas.get(parent), boundary=outline, actor=SYSTEM, households=300
    )
    areas[area.path] = area
    return area


@dataclass(frozen=True)
class Mould:
    """The rows that a town left behind: what the next one is made from."""

    areas: list[Area]
    outlines: list[AreaBoundary]
    history: list[HistoryRow]


_moulds: list[Mould] = []


def build_town() -> Town:
    """The whole tree with outlines. The first of a process is written through the same action as everything; the later
    ones are its rows again with numbers and times of their own, which takes a tenth of the statements.
    """
    if not _moulds:
        town = built_by_the_action()
        _moulds.append(mould_of(town))
        return town
    return poured(_moulds[0])


def mould_of(town: Town) -> Mould:
    ids = [area.pk for area in town.areas.values()]
    return Mould(
        list(Area.objects.filter(pk__in=ids).order_by("pk")),
        list(AreaBoundary.objects.filter(area__in=ids).order_by("area")),
        list(HistoryRow.objects.filter(subject_kind="area", subject_id__in=ids).order_by("subject_id")),
    )


def poured(mould: Mould) -> Town:
    """The town of the mould once more, as if it had been founded now."""
    present = now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('grids_area_id_seq') FROM generate_series(1, %s)", [len(mould.areas)])
        fresh = [row[0] for row in cursor.fetchall()]
    number: dict[int | None, int] = dict(zip([area.pk for area in mould.areas], fresh, strict=True))
    areas = [_anew(area, {name: number.get(getattr(area, name)) for name in _REFERENCES}) for area in mould.areas]
    by_number: dict[int | None, Area] = {area.pk: area for area in areas}
    for area in areas:
        area.parent = by_number.get(area.parent_id)
    Area.objects.bulk_create(areas)
    AreaBoundary.objects.bulk_create(
        _anew(one, {"id": None, "area_id": number[one.area_id], "validity": DateTimeTZRange(present, None, "[)")})
        for one in mould.outlines
    )
    rows = [_anew(row, {"id": None, "subject_id": number[row.subject_id], "at": present}) for row in mould.history]
    for row in rows:
        row.hash = row_hash(row.previous_hash, covered_values(row))
    HistoryRow.objects.bulk_create(rows)
    mark_changed(AREAS)
    return Town({area.path: area for area in areas})


_REFERENCES = ("id", "parent_id", "district_id", "street_id", "community_id", "grid_id")


def _anew(row: Row, values: dict[str, object]) -> Row:
    """A row that is not yet written, like the given one but for the values."""
    made = copy(row)
    made._state = copy(row._state)
    made._state.adding, made._state.fields_cache = True, {}
    for name, value in values.items():
        setattr(made, name, value)
    return made


def built_by_the_action() -> Town:
    areas: dict[str, Area] = {}
    _add(areas, "329900", "云州市", "city", "", box(0, 0, 4, 2))
    _add(areas, "329905", "云澜区", "district", "3299", box(0, 0, 4, 2))
    for street, street_name in ((1, "莫澜湖街道"), (2, "望江街道")):
        west = (street - 1) * 2
        street_path = f"{DISTRICT}.{street:03d}"
        _add(areas, f"329905{street:03d}", street_name, "street", DISTRICT, box(west, 0, west + 2, 2))
        for community, name in ((1, "荷花社区"), (2, "吉庆社区")):
            south = community - 1
            code, path = f"329905{street:03d}{community:03d}", f"{street_path}.{community:03d}"
            _add(areas, code, name, "community", street_path, box(west, south, west + 2, south + 1))
            for grid in (1, 2):
                outline = box(west + grid - 1, south, west + grid, south + 1)
                _add(areas, f"{code}G{grid:03d}", f"{grid}号网格", "grid", path, outline)
    return Town(areas)


def person(username: str, role: str, area: Area | None = None, unit: OrgUnit | None = None) -> User:
    """An account with one grant, over an area or at a unit."""
    user = User.objects.create_user(username, name=username)
    Grant.objects.create(
        user=user,
        role=role,
        unit=unit,
        area_path=area.path if area else "",
        area_level=area.level if area else "",
        area_key=area.pk if area else None,
    )
    return user


def actor(role: str, area: Area) -> Actor:
    """The same as an actor, for actions."""
    return person(f"{role}-{area.path}"[:40], role, area).as_actor()
