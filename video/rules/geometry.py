"""Where things stand. All coordinates are fractions of the picture; a polygon is a ring without its closing point."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import dist

Point = tuple[float, float]
Polygon = Sequence[Point]
Box = tuple[float, float, float, float]


def foot_of(box: Box) -> Point:
    """Where a thing touches the ground: the middle of the lower edge."""
    return (box[0] + box[2]) / 2, box[3]


def contains(polygon: Polygon, point: Point) -> bool:
    """Whether the point lies inside, by the even-odd rule. A point exactly on an edge may fall on either side."""
    x, y = point
    inside = False
    ax, ay = polygon[-1]
    for bx, by in polygon:
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
        ax, ay = bx, by
    return inside


def crosses_itself(polygon: Polygon) -> bool:
    """Whether two edges that are not neighbours meet, or a corner is visited twice."""
    if len(set(polygon)) != len(polygon):
        return True
    edges = list(zip(polygon, [*polygon[1:], polygon[0]], strict=True))
    return any(
        _meet(*first, *second)
        for (i, first), (j, second) in combinations(enumerate(edges), 2)
        if j - i > 1 and not (i == 0 and j == len(edges) - 1)
    )


def line_crosses_itself(line: Sequence[Point]) -> bool:
    """The same for a line that does not close."""
    if len(set(line)) != len(line):
        return True
    pieces = list(zip(line, line[1:], strict=False))
    return any(_meet(*first, *second) for (i, first), (j, second) in combinations(enumerate(pieces), 2) if j - i > 1)


def length_of(line: Sequence[Point]) -> float:
    """Of a line, in fractions of the picture."""
    return sum(dist(a, b) for a, b in zip(line, line[1:], strict=False))


def area_of(polygon: Polygon) -> float:
    """Share of the picture, 0 to 1 (shoelace formula)."""
    ring = zip(polygon, [*polygon[1:], polygon[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in ring)) / 2


def overlap(left: Box, right: Box) -> float:
    """Intersection over union of two boxes."""
    width = min(left[2], right[2]) - max(left[0], right[0])
    height = min(left[3], right[3]) - max(left[1], right[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    both = (left[2] - left[0]) * (left[3] - left[1]) + (right[2] - right[0]) * (right[3] - right[1])
    return shared / (both - shared)


def segments_cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the way from a to b goes over the segment c–d. Who stands on the line counts as left of it, so that a way
    in two steps that ends and goes on there crosses once."""
    if (side_of(c, d, a) > 0) == (side_of(c, d, b) > 0):
        return False
    return (side_of(a, b, c) > 0) != (side_of(a, b, d) > 0)


def side_of(a: Point, b: Point, point: Point) -> float:
    """Positive to the right of the way from a to b as a picture shows it (y grows downwards), negative to the left."""
    return _turn(a, b, point)


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _between(a: Point, b: Point, c: Point) -> bool:
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    first, second = _turn(a, b, c), _turn(a, b, d)
    third, fourth = _turn(c, d, a), _turn(c, d, b)
    if (first > 0) != (second > 0) and (third > 0) != (fourth > 0) and 0 not in (first, second, third, fourth):
        return True
    touching = ((first, a, b, c), (second, a, b, d), (third, c, d, a), (fourth, c, d, b))
    return any(turn == 0 and _between(p, q, r) for turn, p, q, r in touching)
