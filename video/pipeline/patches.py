"""Cuts a zone's part out of a look, small, for the rules that compare pictures; nothing is done until one asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from video.detectors.pictures import ONE_THREAD, rows_of
from video.pipeline.looks import Look
from video.rules.geometry import Box, Polygon
from video.rules.patches import CELL, Mask, Patch

WIDTH = 384
"""Of the scaled picture, in pixels: a zone of a tenth of it is 38 wide, enough to see water turn another colour."""
_MARGIN = 0.4
"""Around the zone, in its own size: what changes there too is light."""
_FEWEST_PIXELS = 4 * CELL


class SmallPicture:
    """The looks of one camera, scaled down in colour once for all zones that ask. Not thread-safe: one per camera."""

    def __init__(self) -> None:
        self._scaler = VideoReformatter()
        self._at = float("-inf")
        self._pixels: NDArray[np.uint8] = np.zeros((0, 0, 3), np.uint8)

    def of(self, look: Look) -> NDArray[np.uint8]:
        """uint8 (h, WIDTH, 3) BGR."""
        if look.at != self._at:
            height = max(_FEWEST_PIXELS, round(WIDTH * look.frame.height / look.frame.width))
            scaled = self._scaler.reformat(
                look.frame,
                width=WIDTH,
                height=height,
                format="bgr24",
                interpolation=Interpolation.AREA,
                threads=ONE_THREAD,
            )
            self._pixels = rows_of(scaled.planes[0], height)[:, : WIDTH * 3].reshape(height, WIDTH, 3).copy()
            self._at = look.at
        return self._pixels


class Cutter:
    """One zone's part of the picture. The masks are drawn once, for the picture's size."""

    def __init__(self, polygon: Polygon, masks: Sequence[Polygon], picture: SmallPicture) -> None:
        self._polygon = polygon
        self._masks = masks
        self._picture = picture
        self._height = 0
        self._rows = self._columns = slice(0)
        self._box: Box = (0.0, 0.0, 0.0, 0.0)
        self._inside: Mask = np.zeros((0, 0), np.bool_)
        self._around: Mask = np.zeros((0, 0), np.bool_)

    def source(self, look: Look) -> Callable[[], Patch]:
        """For a rule to call if it wants to look."""
        return lambda: self._cut(look)

    def _cut(self, look: Look) -> Patch:
        pixels = self._picture.of(look)
        if pixels.shape[0] != self._height:
            self._draw(pixels.shape[0])
        taken = tuple((float(x0), float(y0), float(x1), float(y1)) for x0, y0, x1, y1 in (t.box for t in look.tracks))
        return Patch(pixels[self._rows, self._columns], self._inside, self._around, self._box, taken)

    def _draw(self, height: int) -> None:
        self._height = height
        xs, ys = [x for x, _ in self._polygon], [y for _, y in self._polygon]
        left, right = _span(min(xs), max(xs), WIDTH)
        top, bottom = _span(min(ys), max(ys), height)
        self._rows, self._columns = slice(top, bottom), slice(left, right)
        self._box = (left / WIDTH, top / height, right / WIDTH, bottom / height)
        seen = ~_filled(self._masks, height)
        zone = _filled([self._polygon], height)
        self._inside = (zone & seen)[self._rows, self._columns]
        self._around = (~zone & seen)[self._rows, self._columns]


def _span(first: float, last: float, size: int) -> tuple[int, int]:
    """Pixels from one side to the other with the margin, never fewer than a few cells."""
    margin = (last - first) * _MARGIN
    begins, ends = int((first - margin) * size), int(np.ceil((last + margin) * size))
    missing = _FEWEST_PIXELS - (ends - begins)
    if missing > 0:
        begins, ends = begins - (missing + 1) // 2, ends + (missing + 1) // 2
    return max(0, min(begins, size - _FEWEST_PIXELS)), min(size, max(ends, _FEWEST_PIXELS))


def _filled(polygons: Sequence[Polygon], height: int) -> Mask:
    """bool (height, WIDTH): what lies in any of the polygons."""
    drawn = np.zeros((height, WIDTH), np.uint8)
    for polygon in polygons:
        corners = np.array([[round(x * WIDTH), round(y * height)] for x, y in polygon], np.int32)
        cv2.fillPoly(drawn, [corners], 1)
    return drawn > 0
