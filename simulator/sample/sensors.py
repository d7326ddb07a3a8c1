"""Sensors of the sample district where such devices stand: gauges at bridges and on the shore, ponding where big roads
meet, air stations in parks, and what a community has of its own. They tell nothing: readings are not connected.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import shapely
from shapely.geometry.base import BaseGeometry

from core.actor import SYSTEM
from grids.models import Area, AreaLevel, MapFeature
from grids.queries.locate import locate_many
from sensors.actions.sensors import register_sensor
from sensors.kinds import SensorKind, row_of
from sensors.models import Sensor
from simulator.sample.accounts import SHOW_COMMUNITY, SHOW_STREET
from simulator.sample.org import Organisation

BIG_ROADS = ("motorway", "primary")
APART = 0.0003
"""Degrees between devices of one place, about 30 m: close by each keeps a sign of its own on the map."""

AT_BRIDGE = (SensorKind.WATER_LEVEL, SensorKind.BRIDGE_STRAIN)
ON_SHORE = (SensorKind.WATER_LEVEL, SensorKind.WATER_PH, SensorKind.WATER_OXYGEN)
IN_PARK = (SensorKind.RAINFALL, SensorKind.PM25, SensorKind.PM10, SensorKind.NOISE, SensorKind.WIND_SPEED)
IN_COMMUNITY = (
    (SensorKind.SMOKE, "活动室"),
    (SensorKind.GAS, "燃气调压箱"),
    (SensorKind.MANHOLE_COVER, "雨水井"),
    (SensorKind.BIN_FILL, "垃圾收集点"),
    (SensorKind.STREET_LAMP, "路灯"),
    (SensorKind.PARKING, "消防通道车位"),
)
KEEPERS = {"water": "shuiwu", "air": "huanbao", "safety": "xiaofang", "facility": "chengguan", "structure": "chengguan"}
MOST_BRIDGES, MOST_CROSSINGS, MOST_PARKS = 4, 4, 3


@dataclass(frozen=True)
class Spot:
    """A place where one device stands."""

    kind: SensorKind
    where: str
    lng: float
    lat: float


def write_sensors(organisation: Organisation) -> dict[str, int]:
    """Creates what is missing; a sensor that exists keeps what an administrator made of it."""
    known = set(Sensor.objects.values_list("code", flat=True))
    spots = list(_spots(organisation))
    inside = locate_many([(spot.lng, spot.lat) for spot in spots])
    written = 0
    for number, (spot, place) in enumerate(zip(spots, inside, strict=True), start=1):
        code = f"YL-S{number:03d}"
        if place is None or code in known:
            continue
        row = row_of(spot.kind)
        keeper = organisation.units.get(KEEPERS[row.theme])
        register_sensor(
            code=code,
            name=f"{spot.where} {row.zh}",
            kind=spot.kind.value,
            lng=spot.lng,
            lat=spot.lat,
            address=spot.where,
            unit_id=keeper.pk if keeper else None,
            actor=SYSTEM,
        )
        written += 1
    return {"sensors": written}


def _spots(organisation: Organisation) -> Iterator[Spot]:
    roads = _named("road", BIG_ROADS)
    waters = _named("water", ("river", "canal", "lake"))
    yield from _bridges(roads, waters)
    if lake := next(((name, shape) for name, shape in waters if name.endswith("湖")), None):
        yield from _row(
            ON_SHORE, f"{lake[0]}岸边", shapely.get_point(shapely.get_geometry(shapely.boundary(lake[1]), 0), 0)
        )
    yield from _crossings(roads)
    for name, shape in _named("green", ("park",))[:MOST_PARKS]:
        yield from _row(IN_PARK, name, shapely.point_on_surface(shape))
    yield from _community(organisation)


def _bridges(roads: list[tuple[str, BaseGeometry]], waters: list[tuple[str, BaseGeometry]]) -> Iterator[Spot]:
    """Where a big road crosses water: its level, and what the bridge bears."""
    found = 0
    for name, water in waters:
        for road, line in roads:
            over = shapely.intersection(line, water)
            if over.is_empty or found == MOST_BRIDGES:
                continue
            found += 1
            yield from _row(AT_BRIDGE, f"{road}跨{name}桥", shapely.point_on_surface(over))


def _crossings(roads: list[tuple[str, BaseGeometry]]) -> Iterator[Spot]:
    """Where two big roads meet one goes under the other: water gathers there."""
    found = 0
    for (one, line), (other, across) in combinations(roads, 2):
        meet = shapely.intersection(line, across)
        if meet.is_empty or found == MOST_CROSSINGS:
            continue
        found += 1
        yield from _row((SensorKind.PONDING,), f"{one}{other}下穿通道", shapely.point_on_surface(meet))


def _community(organisation: Organisation) -> Iterator[Spot]:
    street = next(street for street in organisation.streets if street.name == SHOW_STREET)
    grids = Area.objects.filter(level=AreaLevel.GRID, parent__name=SHOW_COMMUNITY, parent__parent=street)
    points = [grid.label_point for grid in grids.order_by("code")]
    for number, (kind, what) in enumerate(IN_COMMUNITY):
        if points:
            at = points[number % len(points)]
            aside = APART * (1 + number // len(points))
            yield Spot(kind, f"{SHOW_COMMUNITY}{what}", round(at.x + aside, 6), round(at.y - aside, 6))


def _row(kinds: tuple[SensorKind, ...], where: str, at: BaseGeometry) -> Iterator[Spot]:
    """Devices of one place, side by side."""
    for number, kind in enumerate(kinds):
        yield Spot(kind, where, round(float(shapely.get_x(at)) + number * APART, 6), round(float(shapely.get_y(at)), 6))


def _named(kind: str, classes: tuple[str, ...]) -> list[tuple[str, BaseGeometry]]:
    """What the base map calls by a name, each in one piece, in the order of the names."""
    features = MapFeature.objects.filter(kind=kind, feature_class__in=classes).exclude(name="")
    pieces: dict[str, list[BaseGeometry]] = {}
    for geometry, name in features.order_by("name", "pk").values_list("geometry", "name"):
        pieces.setdefault(name, []).append(shapely.from_wkb(bytes(geometry.wkb)))
    return [(name, shapely.union_all(shapes)) for name, shapes in pieces.items()]
