"""NanoDet: one small network, seven words it knows, a dozen milliseconds a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from video.detectors.boxes import suppress_overlaps
from video.detectors.letterbox import Extent
from video.detectors.protocol import Detections, kind_of
from video.detectors.sessions import CPU, open_session, provider_of

_STRIDES = (8, 16, 32)
_BINS = np.arange(11, dtype=np.float32)
_OVERLAP = 0.5


class NanoDet:
    """Reads `scores` and `distances` of the converted network (see tfjs_to_onnx) into boxes."""

    stretched = False

    def __init__(
        self, model: Path, labels: tuple[str, ...], *, threshold: float = 0.25, providers: Sequence[str] = CPU
    ) -> None:
        self._session = open_session(model, providers)
        self.provider = provider_of(self._session)
        _, height, width, _ = self._session.get_inputs()[0].shape
        self.height, self.width, self.labels = int(height), int(width), labels
        self._threshold = threshold
        self._centres, self._strides = _cells(self.height, self.width)
        groups: dict[str, int] = {}
        self._groups = np.array([groups.setdefault(kind_of(word), len(groups)) for word in labels])
        self._in_parts = np.array([kind_of(word) == "two-wheeler" for word in labels])
        self.detect(np.zeros((1, self.height, self.width, 3), np.uint8), [Extent(self.width, self.height)])

    def detect(self, frames: NDArray[np.uint8], extents: list[Extent]) -> list[Detections]:
        """One result per frame, best first; boxes as fractions of the picture."""
        scores, distances = self.run(frames)
        return [self._read(scores[row], distances[row], extent) for row, extent in enumerate(extents)]

    def run(self, frames: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The bare network: scores (n, cells, classes), distance logits (n, cells, 44)."""
        scores, distances = self._session.run(None, {"frames": frames})
        return scores, distances

    def _read(self, scores: NDArray[np.float32], distances: NDArray[np.float32], extent: Extent) -> Detections:
        # Few of the thousands of cells hold anything: everything after this line is about those few.
        cells = np.unique(np.flatnonzero(scores.ravel() > self._threshold) // len(self.labels))
        if not len(cells):
            return Detections.nothing()
        classes = scores[cells].argmax(axis=1)
        best = scores[cells, classes]
        logits = distances[cells].reshape(-1, 4, len(_BINS))
        weights = np.exp(logits - logits.max(axis=2, keepdims=True))
        reach = (weights @ _BINS) / weights.sum(axis=2) * self._strides[cells, np.newaxis]
        centres = self._centres[cells]
        boxes = np.concatenate([centres - reach[:, :2], centres + reach[:, 2:]], axis=1)
        boxes /= np.array([extent.width, extent.height] * 2, np.float32)
        np.clip(boxes, 0.0, 1.0, out=boxes)
        kept = suppress_overlaps(boxes, best, self._groups[classes], _OVERLAP, self._in_parts[classes])
        return Detections(boxes[kept].astype(np.float32), best[kept], tuple(self.labels[i] for i in classes[kept]))


def _cells(height: int, width: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Centre (x, y) and stride in input pixels of every cell, in the order of the network's outputs."""
    centres, strides = [], []
    for stride in _STRIDES:
        rows, columns = np.mgrid[0 : height // stride, 0 : width // stride]
        centres.append((np.stack([columns.ravel(), rows.ravel()], axis=1) + 0.5) * stride)
        strides.append(np.full(rows.size, stride))
    return np.concatenate(centres).astype(np.float32), np.concatenate(strides).astype(np.float32)
