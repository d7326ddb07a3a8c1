"""Arithmetic of boxes. A box is x0, y0, x1, y1; any unit, as long as both sides use it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.floating[Any]]
_PART = 0.8


def overlap_matrix(left: Boxes, right: Boxes) -> NDArray[np.float32]:
    """Intersection over union of every pair: (n, 4) and (m, 4) → float32 (n, m)."""
    # Side by side instead of stacked pairs: several times faster for the few dozen boxes of a picture.
    width = np.minimum.outer(left[:, 2], right[:, 2]) - np.maximum.outer(left[:, 0], right[:, 0])
    height = np.minimum.outer(left[:, 3], right[:, 3]) - np.maximum.outer(left[:, 1], right[:, 1])
    shared = np.maximum(width, 0.0) * np.maximum(height, 0.0)
    union = np.add.outer(areas(left), areas(right)) - shared
    return np.asarray(shared / np.maximum(union, 1e-12), np.float32)


def areas(boxes: Boxes) -> Boxes:
    """(n, 4) → (n,)."""
    return np.asarray(np.maximum(boxes[:, 2] - boxes[:, 0], 0.0) * np.maximum(boxes[:, 3] - boxes[:, 1], 0.0))


def suppress_overlaps(
    boxes: Boxes,
    scores: NDArray[np.float32],
    groups: NDArray[np.integer[Any]],
    limit: float,
    in_parts: NDArray[np.bool_] | None = None,
) -> NDArray[np.intp]:
    """Indices to keep, best first: within a group no two kept boxes overlap by more than `limit`.

    Things that are `in_parts` (bool per box) are also seen as their halves, a bicycle as its wheel: of those, what lies
    inside a better box of its group is left out.
    """
    order = np.argsort(-scores, kind="stable")
    ordered, group = boxes[order], groups[order]
    overlaps = overlap_matrix(ordered, ordered)
    clear = overlaps <= limit
    if in_parts is not None and in_parts.any():
        size = areas(ordered)
        shared = overlaps / (1 + overlaps) * np.add.outer(size, size)
        clear &= ~(in_parts[order][np.newaxis, :] & (shared > _PART * size[np.newaxis, :]))
    clear |= group[:, np.newaxis] != group[np.newaxis, :]
    kept: list[int] = []
    left = np.arange(len(order))
    while len(left):
        kept.append(int(left[0]))
        left = left[1:][clear[left[0], left[1:]]]
    return np.asarray(order[kept], np.intp)
