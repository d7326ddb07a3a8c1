"""Where the ground of old outlines went: which new outlines hold which part of it. Pure."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

LEAST = 0.001
"""A thousandth of an area is rounding, not ground that went anywhere."""


def shares(old: Sequence[BaseGeometry], new: Sequence[BaseGeometry]) -> list[list[tuple[int, float]]]:
    """For each old outline the new ones that hold a part of its ground: (place, part 0–1), the greatest part first."""
    found: list[list[tuple[int, float]]] = [[] for _ in old]
    if not old or not new:
        return found
    pairs = shapely.STRtree(new).query(old, predicate="intersects")
    ours, theirs = np.asarray(old)[pairs[0]], np.asarray(new)[pairs[1]]
    parts = shapely.area(shapely.intersection(ours, theirs)) / shapely.area(ours)
    for place, other, part in zip(*pairs.tolist(), parts.tolist(), strict=True):
        if part >= LEAST:
            found[place].append((other, min(part, 1.0)))
    return [sorted(one, key=lambda pair: (-pair[1], pair[0])) for one in found]
