"""Where things happen: buildings along streets, water's edges, greens, and building sites."""

import random
from dataclasses import dataclass

from core.errors import OutsideDivisionTree
from grids.models import MapFeature
from grids.queries.locate import locate
from registry.models import Building
from simulator.city.arrivals import PlaceKind
from simulator.life.cast import Cast, Place
from simulator.life.problems import SAMPLE, PlayFailed

MOST = 400
"""Places along streets; enough that an evening's reports do not fall on one spot."""
BESIDE = 60
"""Points at water and green that are looked at."""


@dataclass(frozen=True)
class Places:
    by_kind: dict[PlaceKind, list[Place]]

    def at(self, kind: PlaceKind, part: float) -> Place:
        """The place that lies `part` (0 to 1) into the list of its kind."""
        found = self.by_kind[kind] or self.by_kind["street"]
        return found[min(int(part * len(found)), len(found) - 1)]


def find_places(cast: Cast, *, seed: int) -> Places:
    """The same places for the same district and seed, each in a grid that somebody answers for."""
    chance = random.Random(f"{seed} places")
    step = max(1, Building.objects.count() // (3 * MOST))
    buildings = list(Building.objects.exclude(address="").order_by("id")[::step])
    chance.shuffle(buildings)
    street = [_at(building) for building in buildings if cast.has_worker(building.area_path)][:MOST]
    if not street:
        raise PlayFailed("There are no buildings in the sample district.", SAMPLE)
    return Places(
        {
            "street": street,
            "site": street[::17],
            "water": _within(cast, _edges("water", chance)),
            "green": _within(cast, _edges("green", chance)),
        }
    )


def _at(building: Building) -> Place:
    middle = building.footprint.point_on_surface
    return Place(round(middle.x, 6), round(middle.y, 6), building.address, building.area_path)


def _edges(kind: str, chance: random.Random) -> list[tuple[float, float, str]]:
    """Points on the edges of what the base map draws."""
    found = []
    for feature in MapFeature.objects.filter(kind=kind).order_by("id"):
        edge = feature.geometry.boundary if feature.geometry.dims == 2 else feature.geometry
        points = [point for part in (edge if edge.num_geom > 1 else [edge]) for point in part.coords]
        name = feature.name or "水边绿地"
        found += [(x, y, name) for x, y in chance.sample(points, min(len(points), 40))]
    chance.shuffle(found)
    return found[:BESIDE]


def _within(cast: Cast, points: list[tuple[float, float, str]]) -> list[Place]:
    places = []
    for lng, lat, address in points:
        try:
            location = locate(round(lng, 6), round(lat, 6))
        except OutsideDivisionTree:
            continue
        if cast.has_worker(location.path):
            places.append(Place(round(lng, 6), round(lat, 6), address, location.path))
    return places
