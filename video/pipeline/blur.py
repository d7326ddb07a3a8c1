"""Hides faces before a picture is kept: found faces, and the heads of found people, who may be too far for a face.

What is masked for privacy is painted over altogether.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from video.detectors.pictures import Picture
from video.rules.geometry import Point

Boxes = NDArray[np.float32]

# A standing person's head is about an eighth of the height; a quarter leaves room for a stooping one.
_HEAD_SHARE = 0.25
_MARGIN = 0.25
_COVER = (96, 96, 96)
_EDGE = 3


class FaceFinder(Protocol):
    """Finds faces in uint8 (h, w, 3) BGR as float32 (n, 4) fractions."""

    def faces(self, picture: Picture) -> Boxes: ...


def heads_of(people: Boxes) -> Boxes:
    """The upper part of each person's box: (n, 4) → (n, 4)."""
    heads = people.copy()
    heads[:, 3] = people[:, 1] + (people[:, 3] - people[:, 1]) * _HEAD_SHARE
    return heads


def hide(picture: Picture, boxes: Boxes) -> None:
    """Makes the boxes unrecognisable in place: a coarse mosaic of at most 4 × 4 tiles each."""
    height, width = picture.shape[:2]
    for x0, y0, x1, y1 in boxes:
        grow_x, grow_y = (x1 - x0) * _MARGIN / 2, (y1 - y0) * _MARGIN / 2
        left, right = max(0, int((x0 - grow_x) * width)), min(width, int(np.ceil((x1 + grow_x) * width)))
        top, bottom = max(0, int((y0 - grow_y) * height)), min(height, int(np.ceil((y1 + grow_y) * height)))
        if right - left < 1 or bottom - top < 1:
            continue
        patch = picture[top:bottom, left:right]
        tiles = cv2.resize(patch, (min(4, right - left), min(4, bottom - top)), interpolation=cv2.INTER_AREA)
        picture[top:bottom, left:right] = cv2.resize(
            tiles, (right - left, bottom - top), interpolation=cv2.INTER_NEAREST
        )


def cover(picture: Picture, hidden: Sequence[Sequence[Point]]) -> None:
    """Paints these parts (corners in fractions) over in place, with an edge of some pixels beyond: nothing of what was
    there is left, unlike after a mosaic."""
    height, width = picture.shape[:2]
    for polygon in hidden:
        ring = np.array([(round(x * width), round(y * height)) for x, y in polygon], np.int32)
        cv2.fillPoly(picture, [ring], _COVER)
        cv2.polylines(picture, [ring], True, _COVER, _EDGE * 2)
