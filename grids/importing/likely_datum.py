"""Which datum a file is in, judged by what is already published: the assumption under which it fits best."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from grids.importing.placing import Placer, Placing
from grids.rules.datums import Datum, Degrees
from grids.rules.metres import metres_per_degree

TRAP_METRES = 50.0
"""A file that lies further off than this, and far less so in another datum, was taken for the wrong one."""
_CLEARLY = 0.34
_ENOUGH_PAIRS = 3
_MOST_CORNERS = 3_000
_MOST_SHAPES = 400
_TRIED = (Datum.CGCS2000, Datum.GCJ02, Datum.BD09)
"""WGS-84 is CGCS2000 to within centimetres, so it is not told apart."""


@dataclass(frozen=True)
class Published:
    """An area in force now, with its outline in EPSG:4326."""

    code: str
    name: str
    outline: BaseGeometry


@dataclass(frozen=True)
class Shape:
    """One shape of a file, with the name and code that are written on it, in the file's numbers."""

    name: str
    code: str
    wkb: bytes


@dataclass(frozen=True)
class Offset:
    """How far the file lies from what is published under one assumption: the median of `compared` distances (metres).

    By "names" the middles of areas of the same code or name are compared, by "borders" the corners of the file with
    the nearest published border. `east_m` and `north_m` are the median shift from published to file, by names only.
    """

    placing: Placing
    median_m: float
    compared: int
    by: Literal["names", "borders"]
    east_m: float = 0.0
    north_m: float = 0.0


def offsets(
    shapes: Sequence[Shape], published: Sequence[Published], projections: Sequence[str], wkt: str
) -> list[Offset]:
    """Every assumption with its offset, the best first; empty where nothing is published to compare with."""
    if not published or not shapes:
        return []
    shapes = shapes[:: max(1, len(shapes) // _MOST_SHAPES)]
    found = [
        _offset(shapes, published, Placing(projection, datum, turned), wkt)
        for projection, datum, turned in product(projections, _TRIED, (False, True))
    ]
    return sorted((offset for offset in found if offset is not None), key=lambda offset: offset.median_m)


def is_trap(chosen: Offset, best: Offset) -> bool:
    """Does the file lie clearly wrong as chosen, and clearly better otherwise?"""
    return chosen.median_m > TRAP_METRES and best.median_m < chosen.median_m * _CLEARLY


def _offset(shapes: Sequence[Shape], published: Sequence[Published], placing: Placing, wkt: str) -> Offset | None:
    placer = Placer(placing, wkt)
    by_code = {area.code: area for area in published}
    by_name = {area.name: area for area in published}
    pairs = [
        (middle, area.outline.centroid)
        for shape in shapes
        if (area := by_code.get(shape.code) or by_name.get(shape.name)) is not None
        and not (middle := placer.place(shape.wkb).centroid).is_empty
    ]
    if len(pairs) >= _ENOUGH_PAIRS:
        return _by_names(pairs, placing)
    return _by_borders([placer.place(shape.wkb) for shape in shapes], published, placing)


def _by_names(pairs: list[tuple[BaseGeometry, BaseGeometry]], placing: Placing) -> Offset:
    file = _in_metres(shapely.get_coordinates([one for one, _ in pairs]), pairs[0][1].y)
    there = _in_metres(shapely.get_coordinates([other for _, other in pairs]), pairs[0][1].y)
    apart = file - there
    east, north = np.median(apart, axis=0)
    median = float(np.median(np.hypot(apart[:, 0], apart[:, 1])))
    return Offset(placing, median, len(pairs), "names", float(east), float(north))


def _by_borders(placed: list[BaseGeometry], published: Sequence[Published], placing: Placing) -> Offset | None:
    corners = shapely.get_coordinates(placed)
    if not len(corners):
        return None
    chosen = corners[:: max(1, len(corners) // _MOST_CORNERS)]
    latitude = published[0].outline.centroid.y
    borders = shapely.boundary(
        [shapely.transform(area.outline, lambda p: _in_metres(p, latitude)) for area in published]
    )
    tree = shapely.STRtree(borders)
    _, distances = tree.query_nearest(
        shapely.points(_in_metres(chosen, latitude)), all_matches=False, return_distance=True
    )
    return Offset(placing, float(np.median(distances)), len(chosen), "borders")


def _in_metres(places: Degrees, latitude: float) -> Degrees:
    """Good enough over a district."""
    scaled: Degrees = places * np.array(metres_per_degree(latitude))
    return scaled
