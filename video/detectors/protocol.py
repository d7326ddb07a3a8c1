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


_VEHICLES = frozenset({"car", "bus", "truck"})
_TWO_WHEELERS = frozenset({"bicycle", "motorcycle"})


def is_vehicle(word: str) -> bool:
    return word in _VEHICLES


def kind_of(word: str) -> str:
    """One name for words that are taken for each other on the road: a van must not be counted as a car and a truck, nor
    an e-bike as a bicycle and a motorcycle."""
    if word in _VEHICLES:
        return "vehicle"
    return "two-wheeler" if word in _TWO_WHEELERS else word


class Detector(Protocol):
    """Sees things in pictures. Warm-up happens in the constructor; `detect` may be called from many threads.

    `provider` is what it runs on (cpu, cuda, openvino). A `stretched` detector learnt from pictures pulled to its own
    shape and is given them so.
    """

    width: int
    height: int
    labels: tuple[str, ...]
    provider: str
    stretched: bool

    def detect(self, frames: NDArray[np.uint8], extents: list[Extent]) -> list[Detections]:
        """`frames` uint8 (n, height, width, 3) BGR, each filled to its extent → one result per frame."""
        ...
