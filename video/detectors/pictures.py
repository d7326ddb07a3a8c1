"""Decoded frames as arrays, without copies where the memory allows."""

from __future__ import annotations

from typing import cast

import av
import numpy as np
from av.video.plane import VideoPlane
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

ONE_THREAD = 1
"""For every conversion: the scaler's own threads gain nothing at these sizes, cost a pool per frame, and were seen to
wait for each other for ever on a busy machine."""


def rows_of(plane: VideoPlane, height: int) -> Picture:
    """uint8 (height, bytes per line) over the plane's own memory, padding included."""
    return np.frombuffer(cast("memoryview", plane), np.uint8).reshape(-1, plane.line_size)[:height]


def bgr_of(frame: av.VideoFrame) -> Picture:
    """uint8 (h, w, 3) BGR, a copy that may be drawn on."""
    return cast("Picture", frame.to_ndarray(format="bgr24", threads=ONE_THREAD))


def luma_of(frame: av.VideoFrame) -> Picture:
    """Brightness, uint8 (h, w); for the usual planar formats a view of the frame's memory."""
    if frame.format.name.startswith(("yuv", "nv12", "gray")):
        return rows_of(frame.planes[0], frame.height)[:, : frame.width]
    return cast("Picture", frame.to_ndarray(format="gray", threads=ONE_THREAD))
