"""The road network: main roads around superblocks, side roads along the cuts, bridges over the river."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from . import names
from .layout import COLUMNS, ISLAND, ROWS, Layout
from .partition import Cut, Vertex
from .terrain import Terrain

MOTORWAY_COLUMN, MOTORWAY_ROW = 3, 2
BRIDGE_COLUMNS = (2, 4)
NORTH_END, WEST_END, EAST_END, SOUTH_END = 10_400.0, -4_200.0, 13_400.0, -3_600.0
CONTEXT_COLUMNS = (-2900.0, -1450.0, 10_650.0, 12_100.0)
CONTEXT_ROWS = (8050.0, 9300.0)
SOUTH_BANK_ROWS = (-1500.0, -2700.0)


@dataclass(frozen=True)
class Road:
    """A named road on the board."""

    road_class: str
    name: str
    min_zoom: int
    line: BaseGeometry


def build_roads(layout: Layout, terrain: Terrain, rng: np.random.Generator) -> list[Road]:
    """Every road, most important first."""
    pool = names.road_names(rng)
    dry = shapely.union_all([terrain.river, terrain.lake.buffer(25), terrain.hill.buffer(10)])
    central_park = terrain.parks[1][1]
    roads = _main_roads(layout) + _context_roads(terrain)
    roads += [
        Road("secondary", f"{next(pool)}路", 12, _outside(cut, shapely.union(dry, central_park)))
        for cut in layout.community_cuts
    ]
    west, south, east, north = ISLAND
    ring = LineString([(west, south), (east, south), (east, north), (west, north), (west, south)])
    roads.append(Road("secondary", "环洲路", 12, ring.intersection(terrain.island.buffer(-25))))
    roads += [
        Road("residential", f"{next(pool)}街", 13, _outside(cut, shapely.union(dry, central_park)))
        for cut in layout.grid_cuts
    ]
    quiet = terrain.built_over_by_nothing()
    roads += [Road("residential", "", 14, _outside(cut, quiet)) for cut in layout.block_cuts]
    return [road for road in roads if not road.line.is_empty and road.line.length > 30]


def carriageways(roads: list[Road]) -> BaseGeometry:
    """The ground that wide roads take up."""
    half_width = {"motorway": 20.0, "primary": 15.0, "secondary": 10.0}
    wide = [road.line.buffer(half_width[road.road_class]) for road in roads if road.road_class in half_width]
    return shapely.union_all(wide)


def _outside(cut: Cut, obstacle: BaseGeometry) -> BaseGeometry:
    line = LineString([cut.start, cut.end])
    return line.difference(obstacle) if line.intersects(obstacle) else line


def _main_roads(layout: Layout) -> list[Road]:
    roads: list[Road] = []
    island_middle = (ISLAND[1] + ISLAND[3]) / 2
    for column in range(len(COLUMNS)):
        line: list[Vertex] = [layout.nodes[row, column] for row in range(len(ROWS))]
        foot = line[0]
        line.append((line[-1][0] + 40.0, NORTH_END))
        if column == MOTORWAY_COLUMN:
            line = [(foot[0] - 180.0, SOUTH_END), (foot[0] - 60.0, -1000.0), (foot[0], island_middle), *line]
            roads.append(Road("motorway", names.main_road(column), 9, LineString(line)))
            continue
        if column in BRIDGE_COLUMNS:
            line = [(foot[0], island_middle), *line]
        roads.append(Road("primary", names.main_road(column), 10, LineString(line)))
    for row in range(len(ROWS)):
        line = [layout.nodes[row, column] for column in range(len(COLUMNS))]
        line = [(WEST_END, line[0][1]), *line, (EAST_END, line[-1][1])]
        road_class, zoom = ("motorway", 9) if row == MOTORWAY_ROW else ("primary", 10)
        roads.append(Road(road_class, names.main_road(len(COLUMNS) + row), zoom, LineString(line)))
    spine = LineString([(ISLAND[0] + 150, island_middle), (ISLAND[2] - 100, island_middle)])
    roads.append(Road("primary", "江心洲大道", 10, spine))
    return roads


def _context_roads(terrain: Terrain) -> list[Road]:
    """The neighbouring districts' main roads: the town does not end at its border."""
    roads = [Road("secondary", "", 11, LineString([(u, ROWS[0]), (u + 60, NORTH_END)])) for u in CONTEXT_COLUMNS] + [
        Road("secondary", "", 11, LineString([(WEST_END, v), (EAST_END, v + 80)]))
        for v in (*CONTEXT_ROWS, *SOUTH_BANK_ROWS)
    ]
    roads += [
        Road("secondary", "", 11, LineString([(u, SOUTH_END), (u, -1100.0)])) for u in (*COLUMNS[:3], *COLUMNS[4:])
    ]
    return [Road(r.road_class, r.name, r.min_zoom, r.line.difference(terrain.river)) for r in roads]
