"""Puts any picture into a detector's fixed input without changing its shape."""

from __future__ import annotations

from dataclasses import dataclass

import av
import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from video.detectors.pictures import ONE_THREAD, rows_of


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of the input the picture fills, from the top left corner: width and height in pixels."""

    width: int
    height: int


class Letterbox:
    """Scales decoded frames to a detector's input. Not thread-safe: one per camera."""

    def __init__(self, *, width: int, height: int, stretched: bool = False) -> None:
        """A `stretched` box is filled whole, whatever becomes of the picture's shape."""
        self.width = width
        self.height = height
        self._stretched = stretched
        self._scaler = VideoReformatter()

    def extent_of(self, frame: av.VideoFrame) -> Extent:
        if self._stretched:
            return Extent(self.width, self.height)
        scale = min(self.width / frame.width, self.height / frame.height)
        return Extent(max(1, round(frame.width * scale)), max(1, round(frame.height * scale)))

    def fit(self, frame: av.VideoFrame) -> tuple[NDArray[np.uint8], Extent]:
        """uint8 (height, width, 3) BGR with the picture at the top left and black elsewhere.

        Colour conversion and scaling are one pass of the decoder's own scaler.
        """
        extent = self.extent_of(frame)
        scaled = self._scaler.reformat(
            frame,
            width=extent.width,
            height=extent.height,
            format="bgr24",
            interpolation=Interpolation.FAST_BILINEAR,
            threads=ONE_THREAD,
        )
        rows = rows_of(scaled.planes[0], extent.height)
        canvas = np.zeros((self.height, self.width, 3), np.uint8)
        canvas[: extent.height, : extent.width] = rows[:, : extent.width * 3].reshape(extent.height, extent.width, 3)
        return canvas, extent
