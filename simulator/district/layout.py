"""The plan of the town on the drawing board: superblocks between main roads, communities, grids, blocks."""

from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import Polygon

from .partition import Cut, Ring, Vertex, area, centre, parcel, shares

COLUMNS = (0.0, 1500.0, 3000.0, 4600.0, 6200.0, 7700.0, 9200.0)
ROWS = (1950.0, 3150.0, 4400.0, 5600.0, 6800.0)
MID_CHANNEL = 1575.0
"""Where the island's street ends and the mainland begins: the middle of the north channel."""
SOUTH_LIMIT = -250.0
"""The district ends in the main channel, south of the island."""
ISLAND = (1300.0, 480.0, 7900.0, 1330.0)
ISLAND_COMMUNITIES = 8
COMMUNITIES = 130
GRIDS = 600
BLOCK_SQUARE_METRES = 15_500.0

STREETS = ("莫澜湖街道", "云台街道", "兴河街道", "南浦街道", "江心洲街道", "沙汀街道", "双桥街道", "望江街道")
ISLAND_STREET = 4
STREET_OF_SUPERBLOCK = (
    (0, 0, 2, 6, 6, 7),
    (0, 2, 2, 6, 6, 7),
    (1, 2, 3, 5, 5, 7),
    (1, 1, 3, 3, 5, None),
)
"""Rows from the river up, columns from west to east; None lies outside the district."""


@dataclass
class GridCell:
    """A governance grid: the part that can be built on, and everything that belongs to it."""

    core: Ring
    extent: Polygon
    blocks: list[Ring] = field(default_factory=list)


@dataclass
class CommunityCell:
    """A community of neighbouring grids."""

    street: int
    grids: list[GridCell] = field(default_factory=list)


@dataclass
class Layout:
    """The whole board: cells, and the cuts that become roads, by importance."""

    nodes: dict[tuple[int, int], Vertex]
    communities: list[CommunityCell]
    community_cuts: list[Cut]
    grid_cuts: list[Cut]
    block_cuts: list[Cut]


def density(point: Vertex) -> float:
    """How closely the town is built here: 1 is an ordinary quarter, above 2 the centre."""
    u, v = point
    downtown = np.exp(-((u - 4700) ** 2 + (v - 3900) ** 2) / (2 * 1700**2))
    riverfront = np.exp(-((u - 6600) ** 2 + (v - 2500) ** 2) / (2 * 900**2))
    return float(0.6 + 1.6 * downtown + 0.7 * riverfront)


def lay_out(rng: np.random.Generator) -> Layout:
    """Parcels the board: superblocks → communities → grids → blocks."""
    nodes = _nodes(rng)
    superblocks = _superblocks(nodes)
    weights = [area(ring) * density(centre(ring)) for _, ring in superblocks]
    counts = shares(COMMUNITIES - ISLAND_COMMUNITIES, weights)
    pieces: list[tuple[int, Ring]] = []
    community_cuts: list[Cut] = []
    for (street, ring), count in zip(superblocks, counts, strict=True):
        rings, cuts = parcel(ring, count, rng, density)
        pieces += [(street, piece) for piece in rings]
        community_cuts += cuts
    west, south, east, north = ISLAND
    island: Ring = ((west, south), (east, south), (east, north), (west, north))
    rings, cuts = parcel(island, ISLAND_COMMUNITIES, rng, density)
    pieces += [(ISLAND_STREET, piece) for piece in rings]
    community_cuts += cuts

    layout = Layout(nodes, [], community_cuts, [], [])
    grid_counts = shares(GRIDS, [area(ring) * (density(centre(ring)) + 0.4) for _, ring in pieces])
    for (street, ring), count in zip(pieces, grid_counts, strict=True):
        layout.communities.append(_community(street, ring, count, rng, layout))
    return layout


def _community(street: int, ring: Ring, grids: int, rng: np.random.Generator, layout: Layout) -> CommunityCell:
    community = CommunityCell(street)
    cores, cuts = parcel(ring, grids, rng, density)
    layout.grid_cuts += cuts
    for core in cores:
        cell = GridCell(core, _extent(core, street))
        blocks = max(1, round(area(core) / BLOCK_SQUARE_METRES))
        cell.blocks, block_cuts = parcel(core, blocks, rng, density, skew_degrees=3.0)
        layout.block_cuts += block_cuts
        community.grids.append(cell)
    return community


def _nodes(rng: np.random.Generator) -> dict[tuple[int, int], Vertex]:
    """The crossings of the main roads, moved a little so that no two superblocks look alike."""
    nodes: dict[tuple[int, int], Vertex] = {}
    for row, v in enumerate(ROWS):
        for column, u in enumerate(COLUMNS):
            move_u, move_v = rng.uniform(-170, 170, size=2)
            on_river_bank = row == 0
            at_side = column in (0, len(COLUMNS) - 1)
            nodes[row, column] = (
                u if on_river_bank and at_side else u + float(move_u),
                v if on_river_bank else v + float(move_v),
            )
    return nodes


def _superblocks(nodes: dict[tuple[int, int], Vertex]) -> list[tuple[int, Ring]]:
    found: list[tuple[int, Ring]] = []
    for row, streets in enumerate(STREET_OF_SUPERBLOCK):
        for column, street in enumerate(streets):
            if street is not None:
                corners = ((row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column))
                found.append((street, tuple(nodes[corner] for corner in corners)))
    return found


def _extent(core: Ring, street: int) -> Polygon:
    """The core, and for the banks the water in front of it, so that the grids cover the whole district."""
    polygon = Polygon(core)
    if street != ISLAND_STREET:
        return _widen(polygon, axis=1, edge=ROWS[0], target=MID_CHANNEL)
    west, south, east, north = ISLAND
    polygon = _widen(polygon, axis=1, edge=south, target=SOUTH_LIMIT)
    polygon = _widen(polygon, axis=1, edge=north, target=MID_CHANNEL)
    polygon = _widen(polygon, axis=0, edge=west, target=COLUMNS[0])
    return _widen(polygon, axis=0, edge=east, target=COLUMNS[-1])


def _widen(polygon: Polygon, axis: int, edge: float, target: float) -> Polygon:
    """Pulls the side that lies on `edge` (u for axis 0, v for axis 1) straight out to `target`."""
    on_edge = [xy[1 - axis] for xy in polygon.exterior.coords if abs(xy[axis] - edge) < 1e-6]
    if not on_edge or min(on_edge) == max(on_edge):
        return polygon
    low, high = sorted((edge, target))
    if axis == 0:
        strip = shapely.box(low, min(on_edge), high, max(on_edge))
    else:
        strip = shapely.box(min(on_edge), low, max(on_edge), high)
    widened = shapely.union(polygon, strip)
    if not isinstance(widened, Polygon):
        raise ValueError("a grid on the bank fell into pieces")
    return widened
