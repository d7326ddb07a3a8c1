"""A detector of any known layout: SSDLite, YOLO-style networks, and what a site brings itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from video.detectors.boxes import suppress_overlaps
from video.detectors.layouts import Array, Layout, UnknownLayout, problem_with, read
from video.detectors.letterbox import Extent
from video.detectors.protocol import Detections, kind_of
from video.detectors.sessions import CPU, open_session, provider_of

_OVERLAP = 0.5
_MOST_CANDIDATES = 300
"""A model that sees something everywhere must not hold up its neighbours: only the surest are compared."""


@dataclass(frozen=True, slots=True)
class Head:
    """How to read a network: its layout and the words of its classes in order. An empty word is left out."""

    layout: Layout
    labels: tuple[str, ...]
    threshold: float = 0.25
    stretched: bool = False


class HeadDetector:
    """Takes uint8 frames (N, height, width, 3) BGR. A network made for one picture at a time is asked one by one.

    Raises UnknownLayout when its outputs are not of the head's layout.
    """

    def __init__(self, model: Path, head: Head, providers: Sequence[str] = CPU) -> None:
        self._session = open_session(model, providers)
        batch, height, width, _ = self._session.get_inputs()[0].shape
        self.height, self.width = int(height), int(width)
        self.provider = provider_of(self._session)
        self.stretched = head.stretched
        self.labels = tuple(word for word in head.labels if word)
        self._one_by_one = batch == 1
        self._head = head
        self._input = self._session.get_inputs()[0].name
        self._kept = np.array([index for index, word in enumerate(head.labels) if word], np.intp)
        groups: dict[str, int] = {}
        self._groups = np.array([groups.setdefault(kind_of(word), len(groups)) for word in self.labels])
        self._in_parts = np.array([kind_of(word) == "two-wheeler" for word in self.labels], np.bool_)
        self._check(self.run(np.zeros((1, self.height, self.width, 3), np.uint8)))

    def detect(self, frames: NDArray[np.uint8], extents: list[Extent]) -> list[Detections]:
        """One result per frame, best first; boxes as fractions of the picture."""
        outputs = self.run(frames)
        return [self._read([output[row] for output in outputs], extent) for row, extent in enumerate(extents)]

    def run(self, frames: NDArray[np.uint8]) -> list[Array]:
        """The bare network."""
        if not self._one_by_one or len(frames) == 1:
            return list(self._session.run(None, {self._input: frames}))
        single = [self._session.run(None, {self._input: frame[np.newaxis]}) for frame in frames]
        return [np.concatenate(parts) for parts in zip(*single, strict=True)]

    def _check(self, outputs: list[Array]) -> None:
        shapes = [output.shape for output in outputs]
        problem = problem_with(self._head.layout, shapes, (self.height, self.width), len(self._head.labels))
        if problem:
            raise UnknownLayout(f"{self._head.layout}: {problem}")

    def _read(self, outputs: list[Array], extent: Extent) -> Detections:
        boxes, scores = read(self._head.layout, outputs, (self.height, self.width), len(self._head.labels))
        scores = scores[:, self._kept]
        classes = scores.argmax(axis=1)
        best = scores[np.arange(len(scores)), classes]
        rows = np.flatnonzero(best > self._head.threshold)
        if len(rows) > _MOST_CANDIDATES:
            rows = rows[np.argpartition(-best[rows], _MOST_CANDIDATES)[:_MOST_CANDIDATES]]
        if not len(rows):
            return Detections.nothing()
        found = np.asarray(boxes[rows] / np.array([extent.width, extent.height] * 2, np.float32), np.float32)
        found = np.asarray(np.clip(np.where(np.isfinite(found), found, 0.0), 0.0, 1.0), np.float32)
        kept = suppress_overlaps(
            found, best[rows], self._groups[classes[rows]], _OVERLAP, self._in_parts[classes[rows]]
        )
        words = tuple(self.labels[index] for index in classes[rows][kept])
        return Detections(found[kept], np.asarray(best[rows][kept], np.float32), words)
