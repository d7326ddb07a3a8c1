"""What every detector promises. Coordinates are fractions of the picture: 0,0 top left, 1,1 bottom right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from video.detectors.letterbox import Extent


@dataclass(frozen=True, slots=True)
class Detections:
    """What one picture shows: boxes float32 (n, 4) as x0, y0, x1, y1; scores float32 (n,); labels (n,)."""

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    @classmethod
    def nothing(cls) -> Detections:
        return cls(np.zeros((0, 4), np.float32), np.zeros(0, np.float32), ())


class Detector(Protocol):
    """Sees things in pictures. Warm-up happens in the constructor; `detect` may be called from many threads."""

    width: int
    height: int
    labels: tuple[str, ...]

    def detect(self, frames: NDArray[np.uint8], extents: list[Extent]) -> list[Detections]:
        """`frames` uint8 (n, height, width, 3) BGR, each filled to its extent → one result per frame."""
        ...
