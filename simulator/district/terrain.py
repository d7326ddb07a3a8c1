"""Water and green on the board: the river with its island, two canals, a lake, a hill, parks."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

WEST_END, EAST_END = -7000.0, 16200.0


@dataclass(frozen=True)
class Terrain:
    """Shapes on the board, in metres."""

    river: BaseGeometry
    island: Polygon
    canals: list[tuple[str, BaseGeometry]]
    lake: Polygon
    hill: Polygon
    parks: list[tuple[str, BaseGeometry]]

    def water(self) -> BaseGeometry:
        """Everything wet."""
        return shapely.union_all([self.river, self.lake, *(shape for _, shape in self.canals)])

    def built_over_by_nothing(self) -> BaseGeometry:
        """Where no building may stand: water with its banks, the hill, the parks."""
        banks = self.water().buffer(14)
        return shapely.union_all([banks, self.hill, *(shape for _, shape in self.parks)])


def shape_terrain(rng: np.random.Generator) -> Terrain:
    """Draws the landscape the town stands in."""
    phase = rng.uniform(0, 2 * np.pi, size=4)
    u = np.arange(WEST_END, EAST_END + 1, 120.0)
    north_bank = 1795 + 28 * np.sin(u / 700 + phase[0]) + 18 * np.sin(u / 260 + phase[1])
    south_bank = -950 + 60 * np.sin(u / 1500 + phase[2]) + 25 * np.sin(u / 420 + phase[3])
    banks = np.vstack([np.column_stack([u, north_bank]), np.column_stack([u, south_bank])[::-1]])
    island = _blob((4600, 905), (3330, 455), rng, roughness=0.05, pointed=0.35)
    river = shapely.difference(Polygon(banks), island)

    canal = _canal([(4050, 9600), (3950, 7600), (3450, 6200), (3900, 5000), (3600, 3700), (3850, 2600), (3720, 1700)])
    brook = _canal([(12800, 6300), (10400, 5700), (8500, 5050), (7000, 5250), (5400, 4900), (3850, 4950)])
    lake = _blob((1180, 2780), (560, 400), rng, roughness=0.12)
    hill = _blob((760, 5750), (620, 560), rng, roughness=0.1)
    riverside = shapely.box(0, 1700, 9200, 1925).difference(river.buffer(6))
    parks = [
        ("滨江风光带", riverside),
        ("中央公园", shapely.box(4790, 4480, 5420, 5080)),
        ("莫澜湖公园", lake.buffer(70).difference(lake)),
        ("兴河绿道", canal.buffer(46).difference(canal.buffer(24)).intersection(shapely.box(0, 1950, 9200, 6800))),
        ("双桥公园", _blob((6950, 3750), (260, 200), rng, roughness=0.1)),
        ("望江森林公园", _blob((8650, 4950), (330, 420), rng, roughness=0.1)),
        ("洲头湿地公园", island.intersection(shapely.box(0, 0, 2250, 2000))),
        ("洲尾生态园", island.intersection(shapely.box(7200, 0, 9200, 2000))),
    ]
    return Terrain(river, island, [("兴河", canal.buffer(24)), ("沙河", brook.buffer(17))], lake, hill, parks)


def _canal(points: list[tuple[float, float]]) -> LineString:
    """A smooth course through a few points (Chaikin's corner cutting)."""
    course = np.asarray(points, dtype=float)
    for _ in range(4):
        quarter = course[:-1] * 0.75 + course[1:] * 0.25
        three = course[:-1] * 0.25 + course[1:] * 0.75
        middle = np.stack([quarter, three], axis=1).reshape(-1, 2)
        course = np.vstack([course[:1], middle, course[-1:]])
    return LineString(course)


def _blob(
    middle: tuple[float, float],
    radii: tuple[float, float],
    rng: np.random.Generator,
    roughness: float,
    pointed: float = 0.0,
) -> Polygon:
    """A rounded natural shape; `pointed` draws the ends out along u, as a current does to an island."""
    angle = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    radius = np.ones_like(angle)
    for wave in (2, 3, 5):
        radius += roughness / wave * 2 * np.sin(wave * angle + rng.uniform(0, 2 * np.pi))
    narrowing = 1 - pointed * np.cos(angle) ** 4
    u = middle[0] + radii[0] * radius * np.cos(angle)
    v = middle[1] + radii[1] * radius * np.sin(angle) * narrowing
    return Polygon(np.column_stack([u, v]))


def wood(u: float, v: float, radius: float) -> BaseGeometry:
    """A wood outside the district, so that the map does not end in a void."""
    return shapely.Point(u, v).buffer(radius, quad_segs=6)
