"""Buildings on the blocks: slabs facing south, towers, old lanes, offices, works; taller towards the centre."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from . import names
from .areas import PlacedGrid
from .layout import ISLAND_STREET, STREETS, density
from .partition import Ring, area, centre
from .plan import BuildingPlan
from .projection import to_degrees

SETBACK_METRES = 9.5


@dataclass(frozen=True)
class Style:
    """How one kind of block is built: sizes and spacing in metres, storeys from and to."""

    name: str
    width: tuple[float, float]
    depth: tuple[float, float]
    gap: tuple[float, float]
    levels: tuple[int, int]
    storey_m: float
    residential: bool
    names: str


STYLES = {
    "slabs": Style("slabs", (38, 58), (12, 14), (9, 15), (6, 18), 3.0, True, "estate"),
    "towers": Style("towers", (22, 30), (18, 22), (16, 19), (16, 33), 3.0, True, "estate"),
    "lanes": Style("lanes", (9, 15), (8, 11), (3.5, 5.5), (1, 4), 3.2, True, "estate"),
    "walkups": Style("walkups", (20, 34), (10, 12), (7, 11), (4, 7), 2.9, True, "estate"),
    "offices": Style("offices", (26, 46), (24, 38), (13, 16), (8, 42), 4.0, False, "work"),
    "works": Style("works", (34, 64), (22, 34), (10, 13), (1, 3), 5.5, False, "workshop"),
}
_STREET_FACILITIES = (
    "街道办事处", "派出所", "社区卫生服务中心", "消防救援站", "中心小学", "初级中学",
    "综合文化站", "农贸市场", "体育馆", "养老服务中心", "公交枢纽", "商业广场",
)  # fmt: skip
_COMMUNITY_FACILITIES = ("居委会", "党群服务中心", "幼儿园", "菜市场")


@dataclass
class _Site:
    """One footprint on the board before it has a name."""

    ring: NDArray[np.float64]
    style: Style
    block: int
    levels: int


def put_up_buildings(
    grids: list[PlacedGrid], keep_free: BaseGeometry, road_names: list[str], rng: np.random.Generator
) -> list[BuildingPlan]:
    """All buildings of the district, grid by grid, none on water, in a park or on a road."""
    blocks = [(index, block) for index, grid in enumerate(grids) for block in grid.cell.blocks]
    sites: list[_Site] = []
    for number, (grid_index, block) in enumerate(blocks):
        style = _style_of(block, grids[grid_index].street, rng)
        if style is not None:
            sites += _fill(number, block, style, rng)
    shapes = shapely.polygons(np.stack([site.ring for site in sites]))
    shapely.prepare(keep_free)
    dry = ~shapely.intersects(keep_free, shapes)
    kept = [site for site, stands in zip(sites, dry, strict=True) if stands]
    footprints: list[Polygon] = shapely.transform(shapes[dry], to_degrees).tolist()
    labels = _labels(kept, blocks, grids, road_names, rng)
    households = _households(kept, blocks, rng)
    order = np.argsort([blocks[site.block][0] for site in kept], kind="stable")
    return [
        BuildingPlan(
            name=labels[i][0],
            address=labels[i][1],
            height_m=round(kept[i].levels * kept[i].style.storey_m + 1.2, 1),
            levels=kept[i].levels,
            households=households[i],
            grid_path=grids[blocks[kept[i].block][0]].path,
            footprint=footprints[i],
        )
        for i in order.tolist()
    ]


def _style_of(block: Ring, street: int, rng: np.random.Generator) -> Style | None:
    """What stands on a block: offices in the centre, works at the edge, lanes in the old town."""
    close = density(centre(block))
    if street == ISLAND_STREET:
        weights = {"walkups": 3.0, "lanes": 2.0, "works": 1.0, "slabs": 1.0, "": 4.0}
    elif close > 1.75:
        weights = {"offices": 6.0, "towers": 3.0, "slabs": 2.0, "lanes": 1.6, "": 0.6}
    elif close > 1.1:
        weights = {"offices": 2.0, "towers": 3.0, "slabs": 4.0, "walkups": 3.5, "lanes": 3.0, "": 0.7}
    else:
        weights = {"slabs": 5.0, "walkups": 4.0, "towers": 2.0, "works": 2.0, "lanes": 1.8, "offices": 1.0, "": 1.0}
    kinds = list(weights)
    odds = np.array([weights[kind] for kind in kinds])
    kind = kinds[int(rng.choice(len(kinds), p=odds / odds.sum()))]
    return STYLES[kind] if kind else None


def _fill(number: int, block: Ring, style: Style, rng: np.random.Generator) -> list[_Site]:
    """Rows of footprints along the block's southern side, only where all four corners fit."""
    corners = np.asarray(block)
    along = _row_direction(corners)
    axes = np.column_stack([along, [-along[1], along[0]]])
    local = corners @ axes
    low, high = local.min(axis=0) + SETBACK_METRES, local.max(axis=0) - SETBACK_METRES
    tallest = style.levels[0] + (style.levels[1] - style.levels[0]) * min(1.0, density(centre(block)) / 2.2)
    block_levels = rng.uniform(style.levels[0], max(tallest, style.levels[0] + 1))
    rings: list[NDArray[np.float64]] = []
    v = low[1]
    while v < high[1] - style.depth[0]:
        depth = min(rng.uniform(*style.depth), high[1] - v)
        u = low[0] + rng.uniform(0, 4)
        while u < high[0] - style.width[0] * 0.7:
            width = min(rng.uniform(*style.width), high[0] - u)
            rings.append(np.array([(u, v), (u + width, v), (u + width, v + depth), (u, v + depth)]))
            u += width + rng.uniform(*style.gap)
        light = 0.75 * block_levels * style.storey_m if style.residential and style.levels[1] < 20 else 0.0
        v += depth + max(rng.uniform(*style.gap), min(light, 26.0))
    if not rings:
        return []
    stacked = np.stack(rings)
    fits = _inside(local, stacked, SETBACK_METRES * 0.8)
    spread = rng.uniform(0.75, 1.2, size=len(rings))
    sites = []
    for ring, share in zip(stacked[fits], spread[fits].tolist(), strict=True):
        levels = min(max(round(block_levels * share), style.levels[0]), style.levels[1])
        sites.append(_Site(ring @ axes.T, style, number, levels))
    return sites


def _row_direction(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """The direction of the side that runs most nearly along the river."""
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    score = np.abs(sides[:, 0]) / np.maximum(lengths, 1e-9) * np.minimum(lengths, 60)
    best = int(np.argmax(score))
    direction: NDArray[np.float64] = sides[best] / lengths[best]
    return direction if direction[0] > 0 else -direction


def _inside(polygon: NDArray[np.float64], rings: NDArray[np.float64], margin: float) -> NDArray[np.bool_]:
    """Which rings lie inside a convex polygon with room to spare."""
    start, end = polygon, np.roll(polygon, -1, axis=0)
    side = end - start
    length = np.hypot(side[:, 0], side[:, 1])
    keep = length > 1e-6
    start, side, length = start[keep], side[keep], length[keep]
    turn = np.sign(np.sum(polygon[:, 0] * np.roll(polygon[:, 1], -1) - np.roll(polygon[:, 0], -1) * polygon[:, 1]))
    offset = rings[:, :, None, :] - start[None, None, :, :]
    distance = turn * (side[:, 0] * offset[..., 1] - side[:, 1] * offset[..., 0]) / length
    fits: NDArray[np.bool_] = (distance > margin).all(axis=(1, 2))
    return fits


def _labels(
    sites: list[_Site],
    blocks: list[tuple[int, Ring]],
    grids: list[PlacedGrid],
    road_names: list[str],
    rng: np.random.Generator,
) -> list[tuple[str, str]]:
    """Names and addresses: an estate's numbered houses, and each street's and community's own institutions."""
    pools = {kind: names.place_names(kind, rng) for kind in ("estate", "work", "workshop")}
    estate: dict[int, tuple[str, str, int]] = {}
    count: dict[int, int] = {}
    street_left = {street: list(reversed(_STREET_FACILITIES)) for street in range(len(STREETS))}
    community_left: dict[str, list[str]] = {}
    seen_blocks: set[int] = set()
    labels: list[tuple[str, str]] = []
    for site in sites:
        grid = grids[blocks[site.block][0]]
        if site.block not in estate:
            road = road_names[int(rng.integers(len(road_names)))]
            estate[site.block] = (next(pools[site.style.names]), road, int(rng.integers(1, 399)))
        title, road, door = estate[site.block]
        count[site.block] = number = count.get(site.block, 0) + 1
        name, address = f"{title}{number}号楼", f"{road}{door}号{title}{number}号楼"
        first_of_block = site.block not in seen_blocks
        seen_blocks.add(site.block)
        if first_of_block:
            own = community_left.setdefault(
                f"{grid.street} {grid.community_name}", list(reversed(_COMMUNITY_FACILITIES))
            )
            if own:
                name = grid.community_name + own.pop()
            elif street_left[grid.street]:
                name = f"云澜区{STREETS[grid.street]}{street_left[grid.street].pop()}"
            address = f"{road}{door}号"
        labels.append((name, address))
    return labels


def _households(sites: list[_Site], blocks: list[tuple[int, Ring]], rng: np.random.Generator) -> list[int]:
    """Households per building by floor space; a grid's sum stays near the norm of three hundred."""
    space: list[float] = []
    per_grid: dict[int, float] = {}
    for site in sites:
        floor = area(tuple(map(tuple, site.ring.tolist()))) * site.levels if site.style.residential else 0.0
        space.append(floor)
        grid = blocks[site.block][0]
        per_grid[grid] = per_grid.get(grid, 0.0) + floor
    wanted = {grid: float(np.clip(rng.normal(298, 42), 170, 420)) for grid in sorted(per_grid)}
    return [
        round(floor / per_grid[grid] * wanted[grid]) if floor else 0
        for floor, grid in zip(space, (blocks[site.block][0] for site in sites), strict=True)
    ]
