"""How detectors write down what they saw. Each layout turns bare outputs into boxes in input pixels and class scores.

| layout | outputs |
|---|---|
| `yolox` | (N, cells, 5 + classes): centre and log-size per cell, objectness, scores |
| `yolox_decoded` | the same, with boxes already in input pixels |
| `yolov8` | (N, 4 + classes, cells): centre, width and height in input pixels, scores |
| `nanodet` | (N, cells, classes + 4 × bins): scores, then the weights of each side's distance |
| `ssd` | two outputs: boxes (N, anchors, 4) as x0, y0, x1, y1 and scores (N, anchors, classes or 1 + classes) |
| `ssd_pixels` | the same, with boxes in input pixels instead of fractions of the input |
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Read = tuple[Array, Array]
Shape = tuple[int, ...]

_FEWEST_BINS, _MOST_BINS = 5, 33
_YOLO_STRIDES = (8, 16, 32)


class Layout(StrEnum):
    YOLOX = "yolox"
    YOLOX_DECODED = "yolox_decoded"
    YOLOV8 = "yolov8"
    NANODET = "nanodet"
    SSD = "ssd"
    SSD_PIXELS = "ssd_pixels"


class UnknownLayout(ValueError):
    """The outputs are in no layout that is known, or not in the one that was chosen; the text says what was found."""


def recognise(shapes: Sequence[Shape], size: tuple[int, int], classes: int) -> Layout:
    """The layout of outputs of these shapes (each with N in front) for an input of `size` (height, width).

    `yolox` and `yolox_decoded` look alike, and so do `ssd` and `ssd_pixels`: the first, which the usual exporters make,
    is taken, and the pictures of the trial show whether that was right.
    """
    fitting = [layout for layout in Layout if problem_with(layout, shapes, size, classes) is None]
    if not fitting:
        reasons = "; ".join(f"{layout}: {problem_with(layout, shapes, size, classes)}" for layout in Layout)
        raise UnknownLayout(f"outputs {told(shapes)} with {classes} classes fit no known layout ({reasons})")
    return fitting[0]


def problem_with(layout: Layout, shapes: Sequence[Shape], size: tuple[int, int], classes: int) -> str | None:
    """Why outputs of these shapes are not of this layout, or None."""
    if layout in (Layout.SSD, Layout.SSD_PIXELS):
        return _problem_with_ssd(shapes, classes)
    if len(shapes) != 1 or len(shapes[0]) != 3:
        return f"one output of three dimensions is needed, found {told(shapes)}"
    _, rows, columns = shapes[0]
    if layout is Layout.YOLOV8:
        rows, columns = columns, rows
        wanted, cells = classes + 4, [_cells_of(size, _YOLO_STRIDES)]
        if columns != wanted:
            return f"{wanted} values a cell are needed for {classes} classes, found {columns}"
    elif layout is Layout.NANODET:
        bins, odd = divmod(columns - classes, 4)
        if odd or not _FEWEST_BINS <= bins <= _MOST_BINS:
            return f"{classes} scores and 4 sides of equal weights are needed, found {columns} values a cell"
        cells = [_cells_of(size, strides) for strides in ((8, 16, 32), (8, 16, 32, 64))]
    else:
        wanted, cells = classes + 5, [_cells_of(size, _YOLO_STRIDES), _cells_of(size, (8, 16, 32, 64))]
        if columns != wanted:
            return f"{wanted} values a cell are needed for {classes} classes, found {columns}"
    if rows not in cells:
        return f"an input of {size[1]} × {size[0]} has {' or '.join(map(str, cells))} cells, found {rows}"
    return None


def _problem_with_ssd(shapes: Sequence[Shape], classes: int) -> str | None:
    if len(shapes) != 2 or any(len(shape) != 3 for shape in shapes):
        return f"two outputs of three dimensions are needed, found {told(shapes)}"
    ordered = _boxes_first(shapes, classes)
    if ordered is None:
        return f"boxes of 4 and scores of {classes} or {classes + 1} values are needed, found {told(shapes)}"
    boxes, scores = (shapes[index] for index in ordered)
    if boxes[1] != scores[1]:
        return f"{boxes[1]} boxes but {scores[1]} rows of scores"
    return None


def _boxes_first(shapes: Sequence[Shape], classes: int) -> tuple[int, int] | None:
    """Which output holds the boxes and which the scores."""
    for boxes, scores in ((0, 1), (1, 0)):
        if shapes[boxes][2] == 4 and shapes[scores][2] in (classes, classes + 1):
            return boxes, scores
    return None


def read(layout: Layout, outputs: Sequence[Array], size: tuple[int, int], classes: int) -> Read:
    """Outputs of one picture (without N) → boxes (cells, 4) as x0, y0, x1, y1 in input pixels, scores (cells, classes).

    `outputs` are of a shape that `problem_with` found nothing wrong with.
    """
    return _READERS[layout](outputs, size, classes)


def _yolox(outputs: Sequence[Array], size: tuple[int, int], classes: int) -> Read:
    rows = outputs[0]
    centres, strides = _grid(size, _strides_for(len(rows), size))
    steps = strides[:, np.newaxis]
    middle = np.asarray((rows[:, :2] + centres / steps - 0.5) * steps, np.float32)
    sides = np.asarray(np.exp(np.minimum(rows[:, 2:4], 12.0)) * steps, np.float32)
    return _corners(middle, sides), rows[:, 5:] * rows[:, 4:5]


def _yolox_decoded(outputs: Sequence[Array], size: tuple[int, int], classes: int) -> Read:
    rows = outputs[0]
    return _corners(rows[:, :2], rows[:, 2:4]), rows[:, 5:] * rows[:, 4:5]


def _yolov8(outputs: Sequence[Array], size: tuple[int, int], classes: int) -> Read:
    rows = outputs[0].T
    return _corners(rows[:, :2], rows[:, 2:4]), rows[:, 4:]


def _nanodet(outputs: Sequence[Array], size: tuple[int, int], classes: int) -> Read:
    rows = outputs[0]
    strides_used = _strides_for(len(rows), size)
    centres, strides = _grid(size, strides_used)
    if len(strides_used) == 4:  # the later generation counts from the corner of a cell, the first from its middle
        centres = np.asarray(centres - strides[:, np.newaxis] / 2, np.float32)
    weights = rows[:, classes:].reshape(len(rows), 4, -1)
    weights = np.exp(weights - weights.max(axis=2, keepdims=True))
    bins = np.arange(weights.shape[2], dtype=np.float32)
    reach = (weights @ bins) / weights.sum(axis=2) * strides[:, np.newaxis]
    return np.concatenate([centres - reach[:, :2], centres + reach[:, 2:]], axis=1), rows[:, :classes]


def _ssd(outputs: Sequence[Array], size: tuple[int, int], classes: int) -> Read:
    ordered = _boxes_first([(1, *output.shape) for output in outputs], classes) or (0, 1)
    boxes, scores = outputs[ordered[0]], outputs[ordered[1]]
    if scores.shape[1] == classes + 1:
        scores = scores[:, 1:]  # the first is "nothing there"
    return boxes, scores


def _ssd_in_fractions(outputs: Sequence[Array], size: tuple[int, int], classes: int) -> Read:
    boxes, scores = _ssd(outputs, size, classes)
    return np.asarray(boxes * np.array([size[1], size[0]] * 2, np.float32), np.float32), scores


_READERS: dict[Layout, Callable[[Sequence[Array], tuple[int, int], int], Read]] = {
    Layout.YOLOX: _yolox,
    Layout.YOLOX_DECODED: _yolox_decoded,
    Layout.YOLOV8: _yolov8,
    Layout.NANODET: _nanodet,
    Layout.SSD: _ssd_in_fractions,
    Layout.SSD_PIXELS: _ssd,
}


def _corners(middle: Array, sides: Array) -> Array:
    half = sides / 2
    return np.asarray(np.concatenate([middle - half, middle + half], axis=1), np.float32)


def _cells_of(size: tuple[int, int], strides: Sequence[int]) -> int:
    return sum(-(-size[0] // stride) * -(-size[1] // stride) for stride in strides)


def _strides_for(cells: int, size: tuple[int, int]) -> tuple[int, ...]:
    return next(strides for strides in ((8, 16, 32), (8, 16, 32, 64)) if _cells_of(size, strides) == cells)


@lru_cache(maxsize=32)
def _grid(size: tuple[int, int], strides: tuple[int, ...]) -> tuple[Array, Array]:
    """Centre (x, y) and stride in input pixels of every cell: the finest level first, each row by row."""
    centres, steps = [], []
    for stride in strides:
        rows, columns = np.mgrid[0 : -(-size[0] // stride), 0 : -(-size[1] // stride)]
        centres.append((np.stack([columns.ravel(), rows.ravel()], axis=1) + 0.5) * stride)
        steps.append(np.full(rows.size, stride))
    return np.concatenate(centres).astype(np.float32), np.concatenate(steps).astype(np.float32)


def told(shapes: Sequence[Any]) -> str:
    return " and ".join("(" + ", ".join(map(str, shape)) + ")" for shape in shapes) or "none"
