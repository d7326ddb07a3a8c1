"""What the tools of the grid editor do to outlines. Pure: shapes of shapely in, shapes out, EPSG:4326."""

from collections.abc import Sequence

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import split as cut

from grids.rules.metres import degrees_of, square_metres

TOUCHING = 1e-9
"""Degrees (0.1 mm): what lies closer is the same point, written down twice with different rounding."""
REACH = degrees_of(0.5)
"""A line that ends within half a metre of the border was meant to reach it."""
SPECK = 1.0
"""m²: holes smaller than this come from rounding and are closed."""


class CannotDraw(ValueError):
    """The tool cannot do this; `reason` is a stable word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def as_multipolygon(shape: BaseGeometry) -> MultiPolygon:
    """Its polygons as one outline; lines and points that an operation left over are dropped."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and not part.is_empty]
    if not parts:
        nested = [part for one in shapely.get_parts(shape) for part in shapely.get_parts(one)]
        parts = [part for part in nested if isinstance(part, Polygon) and not part.is_empty]
    return MultiPolygon(parts)


def tidy(shape: BaseGeometry) -> MultiPolygon:
    """Without the specks that rounding leaves: tiny holes are closed and tiny parts beside a real one dropped."""
    solid = []
    for part in as_multipolygon(shape).geoms:
        holes = [hole for hole in part.interiors if square_metres(Polygon(hole)) >= SPECK]
        solid.append(Polygon(part.exterior, holes))
    kept = [part for part in solid if square_metres(part) >= SPECK] or solid
    return MultiPolygon(kept)


def split(outline: BaseGeometry, line: LineString) -> list[MultiPolygon]:
    """The pieces on the two sides of a line, largest first; ground the line does not cross stays with the largest.

    Raises CannotDraw: `line_crosses_itself`, `line_does_not_cross`.
    """
    if not line.is_simple:
        raise CannotDraw("line_crosses_itself")
    reaching = _reaching(line)
    pieces: list[BaseGeometry] = []
    untouched: list[BaseGeometry] = []
    for part in as_multipolygon(outline).geoms:
        cuts = [piece for piece in cut(part, reaching).geoms if square_metres(piece) >= SPECK]
        (pieces if len(cuts) > 1 else untouched).extend(cuts)
    if len(pieces) < 2:
        raise CannotDraw("line_does_not_cross")
    pieces.sort(key=lambda piece: (-piece.area, piece.bounds))
    return [as_multipolygon(MultiPolygon([pieces[0], *untouched])), *(as_multipolygon(piece) for piece in pieces[1:])]


def merge(outlines: Sequence[BaseGeometry]) -> MultiPolygon:
    """One outline of neighbours. Raises CannotDraw `not_neighbours` where they do not share a border."""
    parts = sum(len(as_multipolygon(outline).geoms) for outline in outlines)
    merged = tidy(_joined(outlines))
    if len(merged.geoms) > parts - (len(outlines) - 1):
        raise CannotDraw("not_neighbours")
    return merged


def shared_border(one: BaseGeometry, other: BaseGeometry) -> LineString | None:
    """The line between two neighbours (the longest, where they meet more than once); None where they do not meet."""
    theirs = shapely.boundary(shapely.snap(other, one, TOUCHING))
    common = shapely.intersection(shapely.boundary(shapely.snap(one, other, TOUCHING)), theirs)
    lines = [part for part in shapely.get_parts(shapely.line_merge(_lines_of(common))) if isinstance(part, LineString)]
    return max(lines, key=lambda part: part.length, default=None)


def move_border(one: BaseGeometry, other: BaseGeometry, line: LineString) -> tuple[MultiPolygon, MultiPolygon]:
    """Both neighbours with `line` as the border between them: together they hold the same ground as before.

    A piece goes to the neighbour of whose ground it holds the greater part. Raises CannotDraw: `not_neighbours`,
    `line_crosses_itself`, `line_does_not_cross`, `nothing_left`.
    """
    pieces = split(merge([one, other]), line)
    for_one = [piece for piece in pieces if _held(piece, one) >= _held(piece, other)]
    for_other = [piece for piece in pieces if _held(piece, one) < _held(piece, other)]
    if not for_one or not for_other:
        raise CannotDraw("nothing_left")
    return tidy(_joined(for_one)), tidy(_joined(for_other))


def carve(
    drawn: BaseGeometry, parent: BaseGeometry | None, others: Sequence[BaseGeometry]
) -> tuple[MultiPolygon, list[MultiPolygon]]:
    """A drawn outline kept inside its parent, and what it leaves to the others (an empty one has nothing left).

    Raises CannotDraw: `ring_invalid`, `outside_parent`.
    """
    if not drawn.is_valid:
        raise CannotDraw("ring_invalid")
    inside = tidy(drawn if parent is None else shapely.intersection(drawn, parent))
    if square_metres(inside) < SPECK:
        raise CannotDraw("outside_parent")
    return inside, [_rest(other, inside) for other in others]


def _rest(outline: BaseGeometry, taken: BaseGeometry) -> MultiPolygon:
    rest = as_multipolygon(shapely.difference(outline, taken))
    return rest if square_metres(rest) < SPECK else tidy(rest)


def _held(piece: BaseGeometry, outline: BaseGeometry) -> float:
    """The part of the outline's ground that lies in the piece, 0–1."""
    return float(shapely.intersection(piece, outline).area / outline.area)


def _joined(outlines: Sequence[BaseGeometry]) -> BaseGeometry:
    """Their union. Corners that lie on a neighbour's edge are first made corners of that edge too."""
    everything = shapely.GeometryCollection([shapely.boundary(outline) for outline in outlines])
    joined: BaseGeometry = shapely.union_all([shapely.snap(outline, everything, TOUCHING) for outline in outlines])
    return joined


def _lines_of(shape: BaseGeometry) -> BaseGeometry:
    lines = [part for part in shapely.get_parts(shape) if isinstance(part, LineString) and not part.is_empty]
    return shapely.MultiLineString(lines)


def _reaching(line: LineString) -> LineString:
    """The line, half a metre longer at both ends."""
    points = [(float(x), float(y)) for x, y, *_ in line.coords]
    if len(points) < 2 or line.length == 0:
        raise CannotDraw("line_does_not_cross")
    return LineString([_beyond(points[1], points[0]), *points, _beyond(points[-2], points[-1])])


def _beyond(before: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    across, up = end[0] - before[0], end[1] - before[1]
    length = (across * across + up * up) ** 0.5 or 1.0
    return end[0] + across / length * REACH, end[1] + up / length * REACH
