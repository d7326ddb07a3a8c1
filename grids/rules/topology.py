"""What can be wrong with outlines, one by one and together. Pure: shapes of shapely in EPSG:4326, areas in m²."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from grids.rules.drawing import SPECK
from grids.rules.metres import square_metres

SLIVER = 100.0
"""m²: a part smaller than this is no area anybody works in (one of the editor's norms)."""
SAME = 0.99
"""The part of a flaw that must have been one before for it to count as old."""


@dataclass(frozen=True)
class Flaw:
    """`kind` is the check that found it, `places` which outlines it concerns, `shape` where, `value` how much (m²)."""

    kind: str
    places: tuple[int, ...]
    shape: BaseGeometry
    value: float


def flaws_of(outline: BaseGeometry, place: int) -> list[Flaw]:
    """What is wrong with one outline by itself: `invalid_ring`, `sliver`, `multipart`, `hole`."""
    if not outline.is_valid:
        return [Flaw("invalid_ring", (place,), _where_invalid(outline), 0.0)]
    parts = [part for part in shapely.get_parts(outline) if isinstance(part, Polygon)]
    flaws = [Flaw("sliver", (place,), part, area) for part in parts if (area := square_metres(part)) < SLIVER]
    if len(parts) > 1:
        smaller = sorted(parts, key=lambda part: part.area)[:-1]
        flaws.append(Flaw("multipart", (place,), shapely.MultiPolygon(smaller), float(len(parts))))
    flaws += [
        Flaw("hole", (place,), Polygon(hole), square_metres(Polygon(hole))) for part in parts for hole in part.interiors
    ]
    return flaws


def overlaps(outlines: Sequence[BaseGeometry]) -> list[Flaw]:
    """`overlap`: ground that two of the outlines hold."""
    if len(outlines) < 2:
        return []
    tree = shapely.STRtree(outlines)
    pairs = tree.query(outlines, predicate="intersects")
    flaws = []
    for one, other in pairs.T[np.less(pairs[0], pairs[1])]:
        common = shapely.intersection(outlines[one], outlines[other])
        if (area := square_metres(common)) >= SPECK:
            flaws.append(Flaw("overlap", (int(one), int(other)), common, area))
    return flaws


def gaps(parent: BaseGeometry, outlines: Sequence[BaseGeometry]) -> list[Flaw]:
    """`gap`: ground of the parent that none of the outlines holds, piece by piece, the largest first."""
    left = shapely.difference(parent, shapely.union_all(outlines))
    pieces = [part for part in _polygons(left) if square_metres(part) >= SPECK]
    return [Flaw("gap", (), part, square_metres(part)) for part in sorted(pieces, key=lambda part: -part.area)]


def outside(parent: BaseGeometry, outlines: Sequence[BaseGeometry]) -> list[Flaw]:
    """`outside_parent`: ground of an outline that is not the parent's."""
    shapely.prepare(parent)
    flaws = []
    for place, outline in enumerate(outlines):
        if not parent.covers(outline):
            beyond = shapely.difference(outline, parent)
            if (area := square_metres(beyond)) >= SPECK:
                flaws.append(Flaw("outside_parent", (place,), beyond, area))
    return flaws


def was_there(shape: BaseGeometry, before: BaseGeometry | None) -> bool:
    """Did the flaw exist before, but for rounding?"""
    if before is None or before.is_empty or shape.area == 0:
        return False
    return float(shapely.intersection(shape, before).area / shape.area) >= SAME


def sound(outline: BaseGeometry) -> BaseGeometry:
    """The outline, or what can be made of an invalid one, so that the other checks can still speak of it."""
    made: BaseGeometry = outline if outline.is_valid else shapely.make_valid(outline)
    return made


def _where_invalid(outline: BaseGeometry) -> BaseGeometry:
    """The place that GEOS names, as a point; the outline itself where it names none."""
    said = shapely.is_valid_reason(outline)
    if "[" not in said:
        return outline
    numbers = said[said.index("[") + 1 : said.index("]")].split()
    return shapely.Point(float(numbers[0]), float(numbers[1]))


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
