"""Cut-outs: pixels with how much of each belongs to the thing."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Alpha = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sprite:
    """Pixels uint8 (h, w, 3) BGR and their share float32 (h, w), 0 to 1. It stands on the middle of its lower edge."""

    pixels: Picture
    alpha: Alpha

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    def scaled(self, by: float) -> Sprite:
        size = (max(2, round(self.pixels.shape[1] * by)), max(2, round(self.height * by)))
        how = cv2.INTER_AREA if by < 1 else cv2.INTER_CUBIC
        return Sprite(
            np.asarray(cv2.resize(self.pixels, size, interpolation=how), np.uint8),
            np.asarray(cv2.resize(self.alpha, size, interpolation=cv2.INTER_LINEAR), np.float32),
        )

    def mirrored(self) -> Sprite:
        return Sprite(self.pixels[:, ::-1].copy(), self.alpha[:, ::-1].copy())

    def tinted(self, blue: float, green: float, red: float) -> Sprite:
        """In another colour: what is bright takes it on, windows and tyres stay dark."""
        pixels = self.pixels.astype(np.float32) * np.array([blue, green, red], np.float32)
        return Sprite(np.clip(pixels, 0, 255).astype(np.uint8), self.alpha)

    def put_on(self, canvas: Picture, x: float, y: float, *, share: float = 1.0) -> None:
        """Draws it with its feet at (x, y); what is outside the canvas is left out."""
        height, width = self.pixels.shape[:2]
        left, top = round(x - width / 2), round(y - height)
        x0, y0 = max(left, 0), max(top, 0)
        x1, y1 = min(left + width, canvas.shape[1]), min(top + height, canvas.shape[0])
        if x0 >= x1 or y0 >= y1:
            return
        own = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
        alpha = self.alpha[own][..., None] * share
        place = canvas[y0:y1, x0:x1]
        place[:] = (place * (1 - alpha) + self.pixels[own] * alpha).astype(np.uint8)
