"""Does anything move? The cheapest question first, so that the detector sees only pictures worth looking at."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 320, 180


class MotionGate:
    """Compares each picture with an average that follows within about a second, at 320 × 180 in grey.

    It asks whether something is moving *now*: what has come to rest was seen while it came and needs no further look.

    `step` is the grey difference (0–255) that counts as changed, above camera noise; `share` the part of the picture
    that must change: 0.1 % is about a person 25 pixels tall in a 640 × 360 stream. A camera's masks do not quiet it:
    whoever moves in them must be found too, so that the head can be hidden in what is kept.
    """

    def __init__(self, *, step: int = 18, share: float = 0.001, follow_seconds: float = 0.55) -> None:
        self._step = step
        self._pixels = max(1, int(share * WIDTH * HEIGHT))
        self._follow_seconds = follow_seconds
        self._last = 0.0
        self._average: NDArray[np.float32] | None = None
        self._small = np.zeros((HEIGHT, WIDTH), np.uint8)
        self._background = np.zeros((HEIGHT, WIDTH), np.uint8)
        self._difference = np.zeros((HEIGHT, WIDTH), np.uint8)

    def moved(self, luma: NDArray[np.uint8], at: float) -> bool:
        """Whether the picture (uint8 (h, w), brightness only) of stream second `at` differs from what has been there.

        True for the first.
        """
        follow = 1.0 - math.exp(-max(at - self._last, 0.0) / self._follow_seconds)
        self._last = at
        cv2.resize(luma, (WIDTH, HEIGHT), dst=self._small, interpolation=cv2.INTER_LINEAR)
        if self._average is None:
            self._average = self._small.astype(np.float32)
            return True
        cv2.convertScaleAbs(self._average, dst=self._background)
        cv2.absdiff(self._small, self._background, dst=self._difference)
        cv2.accumulateWeighted(self._small, self._average, follow)
        cv2.threshold(self._difference, self._step, 1, cv2.THRESH_BINARY, dst=self._difference)
        return cv2.countNonZero(self._difference) >= self._pixels
