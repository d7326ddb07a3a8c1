"""CenterFace finds faces so that stored evidence can hide them. It knows nobody: it gives boxes, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from video.detectors.boxes import suppress_overlaps
from video.detectors.sessions import CPU, open_session, provider_of

_CELL = 4  # input pixels per cell of the heat map
_OVERLAP = 0.3


class CenterFace:
    """Face boxes in a picture of any size. Low threshold: hiding a lamp costs nothing, showing a face does."""

    def __init__(self, model: Path, *, threshold: float = 0.2, providers: Sequence[str] = CPU) -> None:
        self._session = open_session(model, providers)
        self.provider = provider_of(self._session)
        self._input = self._session.get_inputs()[0].name
        self._outputs = [output.name for output in self._session.get_outputs()][:3]
        self._threshold = threshold
        self.faces(np.zeros((64, 64, 3), np.uint8))

    def faces(self, picture: NDArray[np.uint8]) -> NDArray[np.float32]:
        """uint8 (h, w, 3) BGR → float32 (n, 4) boxes as fractions of the picture."""
        height, width = (-(-side // 32) * 32 for side in picture.shape[:2])
        blob = cv2.dnn.blobFromImage(picture, size=(width, height), swapRB=True)
        heat, scale, offset = self._session.run(self._outputs, {self._input: blob})
        rows, columns = np.nonzero(heat[0, 0] > self._threshold)
        if not len(rows):
            return np.zeros((0, 4), np.float32)
        tall, wide = (np.exp(scale[0, axis, rows, columns]) * _CELL for axis in (0, 1))
        middle_y = (rows + offset[0, 0, rows, columns] + 0.5) * _CELL
        middle_x = (columns + offset[0, 1, rows, columns] + 0.5) * _CELL
        boxes = np.stack([middle_x - wide / 2, middle_y - tall / 2, middle_x + wide / 2, middle_y + tall / 2], axis=1)
        kept = suppress_overlaps(boxes, heat[0, 0, rows, columns], np.zeros(len(rows), np.int64), _OVERLAP)
        return np.asarray((boxes[kept] / [width, height, width, height]).clip(0.0, 1.0), np.float32)
