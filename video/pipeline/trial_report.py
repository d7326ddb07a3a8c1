"""What a trial of a model shows: boxes on pictures, and how far two versions of it see the same."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from video.detectors.boxes import overlap_matrix
from video.detectors.pictures import Picture
from video.detectors.protocol import Detections

_SURE = 0.4
_SAME_PLACE = 0.5
_COLOURS = ((60, 60, 235), (64, 200, 255), (90, 200, 90), (235, 150, 60), (200, 90, 200))  # BGR


def drawn(picture: Picture, found: Detections) -> Picture:
    """The boxes on the picture; words are written over it by the page, in the reader's language."""
    height, width = picture.shape[:2]
    words = sorted(set(found.labels))
    for box, label in zip(found.boxes, found.labels, strict=True):
        x0, y0, x1, y1 = (int(side * size) for side, size in zip(box, (width, height) * 2, strict=True))
        cv2.rectangle(picture, (x0, y0), (x1, y1), _COLOURS[words.index(label) % len(_COLOURS)], 2)
    return picture


def agreement(full: Sequence[Detections], small: Sequence[Detections]) -> float:
    """The share of sure boxes of `full` that `small` finds in the same place, by the same word; 1 without any."""
    wanted = found = 0
    for left, right in zip(full, small, strict=True):
        for row in np.flatnonzero(left.scores >= _SURE):
            wanted += 1
            same = np.array([word == left.labels[row] for word in right.labels], bool)
            if same.any():
                overlaps = overlap_matrix(left.boxes[row : row + 1], right.boxes[same])
                found += bool(overlaps.max() >= _SAME_PLACE)
    return found / wanted if wanted else 1.0
