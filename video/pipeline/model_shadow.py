"""A model on trial beside the one in use: it looks at a share of the very same pictures, and nothing waits for it.

Both are followed by trackers and rules of their own over those same pictures, so that what they would have raised can
be compared: what the model in use raises live comes from all pictures, and would not be a fair measure.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import partial

import av
import numpy as np
from numpy.typing import NDArray

from video.detectors.batching import Answer
from video.detectors.boxes import overlap_matrix
from video.detectors.letterbox import Letterbox
from video.detectors.loading import letterbox_of
from video.detectors.pictures import luma_of
from video.detectors.protocol import Detections, kind_of
from video.detectors.store import MissingModel
from video.pipeline.eyes import Eyes
from video.pipeline.light import Light
from video.pipeline.plans import CameraPlan, ModelClaim, ModelsCompared, ShadowPlan, Sink
from video.pipeline.shadow_rules import Scene, Side
from video.rules.algorithms import Algorithm

log = logging.getLogger(__name__)

_SAME = 0.5
"""Boxes of one kind that overlap by so much show the same thing."""
_TOLD_EVERY = 10.0


def agreement(now: Detections, candidate: Detections) -> dict[str, tuple[int, int, int]]:
    """Kind of thing → boxes of the one, boxes of the other, and pairs of them that show the same. Each is paired once,
    the best overlap first."""
    kinds = [np.array([kind_of(word) for word in found.labels], np.str_) for found in (now, candidate)]
    told = {}
    for kind in sorted({*kinds[0], *kinds[1]}):
        left, right = now.boxes[kinds[0] == kind], candidate.boxes[kinds[1] == kind]
        told[str(kind)] = (len(left), len(right), _pairs(left, right))
    return told


def _pairs(left: NDArray[np.float32], right: NDArray[np.float32]) -> int:
    if not len(left) or not len(right):
        return 0
    overlaps, pairs = overlap_matrix(left, right), 0
    while overlaps.max() >= _SAME:
        row, column = np.unravel_index(int(overlaps.argmax()), overlaps.shape)
        overlaps[row, :], overlaps[:, column] = 0.0, 0.0
        pairs += 1
    return pairs


class ModelShadow:
    """Of one camera. `offer` belongs to whoever looks; the answer is worked on in the thread of the candidate's
    detector, of which only one at a time is asked for."""

    def __init__(
        self, plan: CameraPlan, shadow: ShadowPlan, eyes: Eyes, algorithms: Mapping[str, Algorithm], sink: Sink
    ) -> None:
        self._plan, self._shadow, self._eyes, self._sink = plan, shadow, eyes, sink
        self._algorithms = algorithms
        self._lock = threading.Lock()
        self._box: Letterbox | None = None
        self._turn = 0
        self._pending = False
        self._connection = 0
        self._light = Light(plan)
        self._sides: tuple[Side, Side] | None = None
        self._told_at: float | None = None
        self._clear()

    def begin(self) -> None:
        """A new connection: what was followed carries over to neither."""
        with self._lock:
            self._connection += 1
            self._light, self._sides = Light(self._plan), None

    def offer(self, at: float, frame: av.VideoFrame, found: Detections) -> None:
        """A picture at which the model in use has just looked. One in so many is taken; it is dropped, and counted,
        where others wait for a turn or the candidate is not done with the last. Never waits for an answer."""
        self._turn += 1
        if self._turn % self._shadow.every:
            return
        try:
            detector = self._eyes.detector(self._shadow.model)
        except MissingModel as missing:
            self._drop(at, str(missing))
            return
        with self._lock:
            if self._pending or detector.waiting or self._eyes.attention.is_crowded:
                self._dropped += 1
                return
            self._pending, connection = True, self._connection
        if self._box is None:
            self._box = letterbox_of(detector.detector)
        dark_as = luma_of(frame).copy()
        answer = detector.submit(*self._box.fit(frame))
        words = frozenset(detector.detector.labels)
        answer.add_done_callback(
            partial(self._answered, answer, connection, at, datetime.now(UTC), dark_as, found, words)
        )

    def _answered(
        self,
        answer: Answer,
        connection: int,
        at: float,
        wall_time: datetime,
        luma: NDArray[np.uint8],
        found: Detections,
        words: frozenset[str],
        _: Future[Detections],
    ) -> None:
        try:
            candidate = answer.result()
            with self._lock:
                if connection == self._connection:
                    self._compare(
                        Scene(at, wall_time, luma), found, candidate, words, answer.run_seconds / answer.batch
                    )
        except Exception:  # a candidate that fails takes nobody along
            log.exception("camera %s: the model on trial failed", self._plan.name)
        finally:
            self._pending = False

    def _compare(
        self, scene: Scene, found: Detections, candidate: Detections, words: frozenset[str], seconds: float
    ) -> None:
        known = _only(found, words)
        self._looks += 1
        self._seconds += seconds
        for kind, counted in agreement(known, candidate).items():
            total = self._counted.get(kind, (0, 0, 0))
            self._counted[kind] = (total[0] + counted[0], total[1] + counted[1], total[2] + counted[2])
        if self._sides is None:
            apart = self._shadow.every / self._plan.pictures_per_second
            zones = tuple(zone for zone in self._plan.zones if not zone.is_shadow)
            self._sides = (
                Side(self._plan, zones, self._algorithms, words, apart=apart),
                Side(self._plan, zones, self._algorithms, words, apart=apart),
            )
        self._light.see(scene)
        for side, seen, by_candidate in zip(self._sides, (known, candidate), (False, True), strict=True):
            for zone_id, confidence, told in side.see(scene, seen, self._light):
                self._claims.append(ModelClaim(zone_id, by_candidate, scene.wall_time, confidence, told))
        self._tell(scene.at)

    def _drop(self, at: float, missing: str) -> None:
        with self._lock:
            self._dropped += 1
            self._missing = missing
            self._tell(at)

    def _tell(self, at: float) -> None:
        if self._told_at is None:
            self._told_at = at
        if not self._claims and abs(at - self._told_at) < _TOLD_EVERY:
            return
        self._told_at = at
        self._sink(
            ModelsCompared(
                self._plan.id,
                self._plan.generation,
                self._shadow.id,
                looks=self._looks,
                dropped=self._dropped,
                seconds=round(self._seconds, 4),
                counted=dict(self._counted),
                claims=tuple(self._claims),
                missing=self._missing[:300],
            )
        )
        self._clear()

    def _clear(self) -> None:
        self._looks = self._dropped = 0
        self._seconds = 0.0
        self._counted: dict[str, tuple[int, int, int]] = {}
        self._claims: list[ModelClaim] = []
        self._missing = ""


def _only(found: Detections, words: frozenset[str]) -> Detections:
    """What the candidate could have seen as well: it is not measured by words that it does not know."""
    kinds = {kind_of(word) for word in words}
    kept = [row for row, word in enumerate(found.labels) if kind_of(word) in kinds]
    return Detections(found.boxes[kept], found.scores[kept], tuple(found.labels[row] for row in kept))
