"""A zone's part of the picture, small, for the few rules that compare pictures instead of counting things.

Purely numbers: no decoding here. Colours are taken apart into brightness and two colour differences (ITU-R BT.601), in
levels of 0 to 255, and averaged over square cells, because one pixel of a coded stream says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from video.rules.geometry import Box

Levels = NDArray[np.float32]
Mask = NDArray[np.bool_]

CELL = 4
"""Pixels along a cell's side."""
_MOSTLY = 0.5
_ROOM = 0.1
_BGR_TO_YCC = np.array(
    [[0.114, 0.4996, -0.0813], [0.587, -0.3311, -0.4186], [0.299, -0.1687, 0.4998]],
    np.float32,
)


@dataclass(frozen=True, slots=True)
class Patch:
    """The zone's surrounding box with a margin. `pixels` uint8 (h, w, 3) BGR; `inside` the zone, `around` the margin,
    both bool (h, w) without what is masked; `box` where it lies in the picture; `taken` where known things stand now.
    """

    pixels: NDArray[np.uint8]
    inside: Mask
    around: Mask
    box: Box
    taken: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Cells:
    """The patch in cells: `levels` float32 (rows, columns, 3) as brightness and the two colour differences; `stir`
    float32 (rows, columns), how much single pixels differ from the patch before, or None for the first; `free` are the
    cells where nothing known stands."""

    levels: Levels
    stir: Levels | None
    inside: Mask
    around: Mask
    free: Mask
    brightness: Levels


def cells_of(patch: Patch, before: Levels | None = None) -> Cells:
    """`before` is the brightness per pixel of the patch before (float32 (h, w)), to tell what stirs."""
    height, width = patch.pixels.shape[0] // CELL * CELL, patch.pixels.shape[1] // CELL * CELL
    pixels = patch.pixels[:height, :width].astype(np.float32)
    brightness: Levels = pixels @ _BGR_TO_YCC[:, 0]
    stir = None if before is None or before.shape != brightness.shape else _mean(np.abs(brightness - before))
    return Cells(
        levels=_mean(pixels) @ _BGR_TO_YCC,
        stir=stir,
        inside=_mean(patch.inside[:height, :width].astype(np.float32)) >= _MOSTLY,
        around=_mean(patch.around[:height, :width].astype(np.float32)) >= _MOSTLY,
        free=_free(patch, height // CELL, width // CELL),
        brightness=brightness,
    )


def box_of(patch: Patch, cells: Mask) -> Box:
    """The box around the marked cells, in fractions of the picture."""
    rows, columns = np.nonzero(cells)
    height, width = patch.pixels.shape[:2]
    x0, y0, x1, y1 = patch.box
    across, down = (x1 - x0) * CELL / width, (y1 - y0) * CELL / height
    return (
        float(x0 + columns.min() * across),
        float(y0 + rows.min() * down),
        float(x0 + (columns.max() + 1) * across),
        float(y0 + (rows.max() + 1) * down),
    )


def largest_group(marked: Mask) -> Mask:
    """Of the marked cells those of the largest group that hangs together edge to edge; the first of equals."""
    rest = {(int(row), int(column)) for row, column in zip(*np.nonzero(marked), strict=True)}
    best: set[tuple[int, int]] = set()
    for start in sorted(rest):
        if start not in rest:
            continue
        group, border = set[tuple[int, int]](), [start]
        rest.discard(start)
        while border:
            row, column = border.pop()
            group.add((row, column))
            for near in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
                if near in rest:
                    rest.discard(near)
                    border.append(near)
        best = group if len(group) > len(best) else best
    found = np.zeros_like(marked)
    for row, column in best:
        found[row, column] = True
    return found


def _mean(values: Levels) -> Levels:
    """Block means: (h, w, …) → (h / CELL, w / CELL, …)."""
    rows, columns = values.shape[0] // CELL, values.shape[1] // CELL
    blocks = values.reshape(rows, CELL, columns, CELL, *values.shape[2:])
    means: Levels = blocks.mean(axis=(1, 3), dtype=np.float32)
    return means


def _free(patch: Patch, rows: int, columns: int) -> Mask:
    """Cells out of reach of every known thing, which is given some room for its shadow and a loose box."""
    free = np.ones((rows, columns), np.bool_)
    height, width = patch.pixels.shape[:2]
    left, top = patch.box[0], patch.box[1]
    across = width / max(patch.box[2] - left, 1e-6) / CELL
    down = height / max(patch.box[3] - top, 1e-6) / CELL
    for x0, y0, x1, y1 in patch.taken:
        room_x, room_y = (x1 - x0) * _ROOM, (y1 - y0) * _ROOM
        first_column, last_column = int((x0 - room_x - left) * across), int((x1 + room_x - left) * across) + 1
        first_row, last_row = int((y0 - room_y - top) * down), int((y1 + room_y - top) * down) + 1
        free[max(0, first_row) : max(0, last_row), max(0, first_column) : max(0, last_column)] = False
    return free
