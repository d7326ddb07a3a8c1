"""What one camera sees with: one detector or several, each asked for the words it answers for, all at the same time."""

from __future__ import annotations

import logging

import av
import numpy as np

from video.detectors.batching import BatchingDetector
from video.detectors.boxes import suppress_overlaps
from video.detectors.letterbox import Letterbox
from video.detectors.loading import letterbox_of
from video.detectors.protocol import Detections, kind_of
from video.detectors.store import DETECTOR, MissingModel
from video.pipeline.eyes import Eyes
from video.pipeline.meter import Meter
from video.rules.model_choice import ModelPlan

log = logging.getLogger(__name__)

_SAME_THING = 0.5


class Sight:
    """The detectors are those of the whole process; only the letterboxes are the camera's own. Not thread-safe."""

    def __init__(self, eyes: Eyes, models: tuple[ModelPlan, ...], meter: Meter | None = None) -> None:
        self._eyes = eyes
        self._models = models or (ModelPlan(DETECTOR, ()),)
        self._boxes: dict[str, Letterbox] = {}
        self._meter = meter or Meter()
        self.missing = ""
        """What cannot be looked for just now, and the remedy; empty when everything can."""

    def open(self) -> list[tuple[ModelPlan, BatchingDetector]]:
        """What is ready. Raises MissingModel when nothing is; one of several that is missing blinds only its words."""
        ready, missing = [], []
        for model in self._models:
            try:
                ready.append((model, self._eyes.detector(model.name)))
            except MissingModel as error:
                missing.append(str(error))
        self.missing = "; ".join(missing)
        if not ready:
            raise MissingModel(self.missing)
        return ready

    def look(self, frame: av.VideoFrame, ready: list[tuple[ModelPlan, BatchingDetector]]) -> Detections:
        """What all of them see in the picture; boxes as fractions of it."""
        asked = [detector.submit(*self._box_of(model.name, detector).fit(frame)) for model, detector in ready]
        found = [_only(model, answer.result()) for (model, _), answer in zip(ready, asked, strict=True)]
        meter = self._meter
        for answer, seen in zip(asked, found, strict=True):
            meter.queue_seconds += answer.queue_seconds
            meter.run_seconds += answer.run_seconds
            meter.batched += answer.batch
            meter.detections += len(seen)
        meter.inferred += len(asked)
        return found[0] if len(found) == 1 else _together(found)

    def _box_of(self, name: str, detector: BatchingDetector) -> Letterbox:
        if name not in self._boxes:
            self._boxes[name] = letterbox_of(detector.detector)
        return self._boxes[name]


def _only(model: ModelPlan, found: Detections) -> Detections:
    """Without the words that another model answers for."""
    kept = [row for row, word in enumerate(found.labels) if not model.words or word in model.words]
    if len(kept) == len(found):
        return found
    return Detections(found.boxes[kept], found.scores[kept], tuple(found.labels[row] for row in kept))


def _together(parts: list[Detections]) -> Detections:
    """One thing that two models tell of by kindred words, one as a car and one as a truck, is told once."""
    boxes = np.concatenate([part.boxes for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    words = tuple(word for part in parts for word in part.labels)
    numbers: dict[str, int] = {}
    kinds = np.array([numbers.setdefault(kind_of(word), len(numbers)) for word in words], np.intp)
    kept = suppress_overlaps(boxes, scores, kinds, _SAME_THING)
    return Detections(boxes[kept], scores[kept], tuple(words[row] for row in kept))
