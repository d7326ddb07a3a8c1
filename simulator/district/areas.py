"""From cells on the board to areas with codes, names, paths and outlines that tile exactly."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from . import names
from .layout import STREETS, CommunityCell, GridCell, Layout
from .partition import centre
from .plan import AreaPlan
from .projection import project

CITY_CODE = "329900"
DISTRICT_CODE = "329905"
CITY_NAME = "云州市"
DISTRICT_NAME = "云澜区"
CITY_PATH = "3299"
DISTRICT_PATH = "3299.05"
SNAP_METRES = 0.01


@dataclass(frozen=True)
class PlacedGrid:
    """A grid with its place in the tree; buildings are put up inside its blocks."""

    cell: GridCell
    path: str
    street: int
    community_name: str
    boundary: Polygon


def place_areas(layout: Layout, rng: np.random.Generator) -> tuple[list[AreaPlan], list[PlacedGrid]]:
    """Names, numbers and outlines for every level. Grids tile their community, and so on up to the city."""
    outlines = _shared_outlines([grid.extent for community in layout.communities for grid in community.grids])
    by_cell: dict[int, Polygon] = {}
    position = 0
    for community in layout.communities:
        for grid in community.grids:
            by_cell[id(grid)] = outlines[position]
            position += 1

    pool = names.community_names(rng)
    areas: list[AreaPlan] = []
    placed: list[PlacedGrid] = []
    for street, street_name in enumerate(STREETS):
        own = [community for community in layout.communities if community.street == street]
        street_code = f"{DISTRICT_CODE}{street + 1:03d}"
        street_path = f"{DISTRICT_PATH}.{street + 1:03d}"
        communities: list[AreaPlan] = []
        for number, community in enumerate(_in_reading_order(own, by_cell), start=1):
            name = names.take_community_name(pool, street_name, number)
            area, grids, inside = _community(
                community, f"{street_code}{number:03d}", name, f"{street_path}.{number:03d}", street_path, by_cell
            )
            communities.append(area)
            areas += [area, *grids]
            placed += inside
        areas.append(_union("street", street_code, street_name, street_path, DISTRICT_PATH, communities))
    streets = [area for area in areas if area.level == "street"]
    district = _union("district", DISTRICT_CODE, DISTRICT_NAME, DISTRICT_PATH, CITY_PATH, streets)
    city = _union("city", CITY_CODE, CITY_NAME, CITY_PATH, None, [district])
    order = ("city", "district", "street", "community", "grid")
    return sorted([city, district, *areas], key=lambda area: (order.index(area.level), area.code)), placed


def _community(
    community: CommunityCell,
    code: str,
    name: str,
    path: str,
    street_path: str,
    by_cell: dict[int, Polygon],
) -> tuple[AreaPlan, list[AreaPlan], list[PlacedGrid]]:
    grids: list[AreaPlan] = []
    placed: list[PlacedGrid] = []
    ordered = sorted(community.grids, key=lambda grid: _reading_key(by_cell[id(grid)], 150))
    for number, grid in enumerate(ordered, start=1):
        boundary = by_cell[id(grid)]
        grid_path = f"{path}.g{number:03d}"
        label = project(Point(centre(grid.core)), None)
        grid_code, name_of_grid = f"{code}G{number:03d}", f"{number}号网格"
        outline = MultiPolygon([boundary])
        grids.append(AreaPlan("grid", grid_code, name_of_grid, grid_path, path, 0, outline, label))
        placed.append(PlacedGrid(grid, grid_path, community.street, name, boundary))
    return _union("community", code, name, path, street_path, grids), grids, placed


def _union(level: str, code: str, name: str, path: str, parent: str | None, children: list[AreaPlan]) -> AreaPlan:
    boundary = shapely.coverage_union_all([child.boundary for child in children])
    whole = boundary if isinstance(boundary, MultiPolygon) else MultiPolygon([boundary])
    label = _label([child.label for child in children], whole)
    return AreaPlan(level, code, name, path, parent, 0, whole, label)


def _label(points: list[Point], whole: BaseGeometry) -> Point:
    """Where the name is written: among the places people live, never outside the area."""
    mean = Point(np.mean([p.x for p in points]), np.mean([p.y for p in points]))
    inside = mean if whole.contains(mean) else whole.representative_point()
    return shapely.transform(inside, lambda xy: np.round(xy, 7))


def _shared_outlines(extents: list[Polygon]) -> list[Polygon]:
    """The same cells with every border node present on both sides, in degrees."""
    lines = shapely.union_all([extent.boundary for extent in extents], grid_size=SNAP_METRES)
    noded = shapely.segmentize(lines, 150.0)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    tree = shapely.STRtree(extents)
    outlines: list[Polygon | None] = [None] * len(extents)
    for face in faces:
        (owner,) = tree.query(face.representative_point(), predicate="within")
        if outlines[owner] is not None:
            raise ValueError("two faces claim one grid: the borders do not close")
        outlines[owner] = face
    if any(outline is None for outline in outlines):
        raise ValueError("a grid has no face of its own")
    return [project(outline, None) for outline in outlines if outline is not None]


def _reading_key(boundary: BaseGeometry, band_metres: float) -> tuple[float, float]:
    """North to south in bands, west to east inside one: the way areas are numbered."""
    middle = boundary.centroid
    return -round(middle.y * 111_000 / band_metres), middle.x


def _in_reading_order(communities: list[CommunityCell], by_cell: dict[int, Polygon]) -> list[CommunityCell]:
    return sorted(
        communities,
        key=lambda community: _reading_key(shapely.union_all([by_cell[id(grid)] for grid in community.grids]), 500),
    )
