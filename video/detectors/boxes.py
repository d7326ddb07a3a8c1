"""Arithmetic of boxes. A box is x0, y0, x1, y1; any unit, as long as both sides use it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.floating[Any]]


def overlap_matrix(left: Boxes, right: Boxes) -> NDArray[np.float32]:
    """Intersection over union of every pair: (n, 4) and (m, 4) → float32 (n, m)."""
    top_left = np.maximum(left[:, np.newaxis, :2], right[np.newaxis, :, :2])
    bottom_right = np.minimum(left[:, np.newaxis, 2:], right[np.newaxis, :, 2:])
    shared = np.clip(bottom_right - top_left, 0.0, None).prod(axis=2)
    union = areas(left)[:, np.newaxis] + areas(right)[np.newaxis, :] - shared
    return np.asarray(shared / np.maximum(union, 1e-12), np.float32)


def areas(boxes: Boxes) -> Boxes:
    """(n, 4) → (n,)."""
    return np.asarray((boxes[:, 2:] - boxes[:, :2]).clip(0.0).prod(axis=1))


def suppress_overlaps(
    boxes: Boxes, scores: NDArray[np.float32], groups: NDArray[np.integer[Any]], limit: float
) -> NDArray[np.intp]:
    """Indices to keep, best first: within a group no two kept boxes overlap by more than `limit`."""
    order = np.argsort(-scores, kind="stable")
    ordered, group = boxes[order], groups[order]
    clash = (overlap_matrix(ordered, ordered) > limit) & (group[:, np.newaxis] == group[np.newaxis, :])
    alive = np.ones(len(order), bool)
    for index in range(len(order)):
        if alive[index]:
            alive[index + 1 :] &= ~clash[index, index + 1 :]
    return np.asarray(order[alive])
