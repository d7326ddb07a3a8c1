"""One camera's pictures after they are read: does anything move, what is it, who is told. Reading never waits for it.

A picture in which nothing moves is shown to the observers at once. One for the detector waits in the camera's inbox for
a turn (pipeline/attention.py); when turns are scarce the oldest is dropped and counted, so what is looked at is recent.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import av

from video.detectors.batching import BatchingDetector
from video.detectors.pictures import luma_of
from video.detectors.store import MissingModel
from video.pipeline.eyes import Eyes
from video.pipeline.gate import MotionGate
from video.pipeline.inbox import Inbox, Waiting
from video.pipeline.looks import Look, Observer
from video.pipeline.meter import Dropped, Meter
from video.pipeline.model_shadow import ModelShadow
from video.pipeline.plans import CameraPlan, CameraState, Sampling
from video.pipeline.reader import Sample, is_large
from video.pipeline.sight import Sight
from video.pipeline.tracker import Track, Tracker
from video.rules.model_choice import ModelPlan

log = logging.getLogger(__name__)

Ready = list[tuple[ModelPlan, BatchingDetector]]
Told = Callable[[CameraState, str], None]
Looked = Callable[[av.VideoFrame, list[Track]], None]

_MODEL_AGAIN_SECONDS = 1.0


class Looking:
    """`begin`, `end` and `offer` belong to the thread that reads, `take_turn` to whoever has a turn; `mutex` keeps the
    observers to one of them at a time. `told` hears whether the camera can be looked at, `looked` of every picture that
    was, with what is known to be in it. A model on trial (`shadow`) is offered what was looked at, last of all."""

    def __init__(
        self,
        plan: CameraPlan,
        eyes: Eyes,
        observers: list[Observer],
        meter: Meter,
        *,
        at_least_every: float,
        told: Told,
        looked: Looked,
        shadow: ModelShadow | None = None,
    ) -> None:
        self.priority = plan.priority
        self.mutex = threading.RLock()
        self.meter = meter
        self._plan = plan
        self._attention = eyes.attention
        self._observers = observers
        self._at_least_every = at_least_every
        self._told = told
        self._looked = looked
        self._shadow = shadow
        self._inbox = Inbox()
        self._sight = Sight(eyes, plan.models, meter)
        self._gate = MotionGate()
        self._tracker: Tracker | None = None
        self._tracks: list[Track] = []
        self._words: frozenset[str] | None = None
        self._last_look = self._no_model_at = float("-inf")
        self._connection = 0

    @property
    def inbox_bytes(self) -> int:
        return self._inbox.held_bytes

    def begin(self) -> None:
        """A new connection may show another scene: nothing that was followed carries over."""
        with self.mutex:
            self.end()
            self._gate, self._tracker, self._tracks = MotionGate(), None, []
            self._last_look = float("-inf")
            for observer in self._observers:
                observer.begin()
            if self._shadow is not None:
                self._shadow.begin()

    def end(self) -> None:
        """No pictures any more: of those on their way nothing is told."""
        with self.mutex:
            self._connection += 1
            self._inbox.clear()

    def close(self) -> None:
        self.end()
        self._attention.forget(self)

    def offer(self, sample: Sample) -> None:
        """The next picture. Returns soon, however busy the detectors are."""
        self.meter.sampled += 1
        moved = self._gate.moved(luma_of(sample.frame), sample.at)
        picture = Waiting(sample.at, sample.frame, self._connection, time.monotonic(), moved)
        if self._needs_no_detector(picture) and self._attention.is_idle(self):
            self._show(picture, fresh=False)
            return
        dropped = self._inbox.put(picture)
        if dropped:
            self.meter.drop(Dropped.CROWDED, dropped)
        self._attention.ask(self)

    def take_turn(self) -> bool:
        picture = self._inbox.take()
        if picture is not None and picture.connection == self._connection:
            self._look(picture)
        return len(self._inbox) > 0

    def _needs_no_detector(self, picture: Waiting) -> bool:
        """When nothing moved, what was seen before still stands and no inference is spent, for a while."""
        known = self._words is not None and not picture.moved
        return known and picture.at - self._last_look < self._at_least_every * self._attention.patience

    def _look(self, picture: Waiting) -> None:
        ready = self._ready()
        if not ready:
            self.meter.drop(Dropped.NO_MODEL)
            self._looked(picture.frame, [])
            return
        began = time.monotonic()
        self.meter.turn_seconds += began - picture.came
        if self._needs_no_detector(picture):
            self._show(picture, fresh=False)
            return
        found = self._sight.look(picture.frame, ready)
        self.meter.look_seconds += time.monotonic() - began
        with self.mutex:
            if picture.connection != self._connection:
                return
            if self._tracker is None:
                self._tracker = tracker_of(self._plan, is_large=is_large(picture.frame.width, picture.frame.height))
            self._tracks = self._tracker.update(picture.at, found)
            self._last_look = picture.at
            self._words = frozenset(word for model, one in ready for word in model.words or one.detector.labels)
            self._show(picture, fresh=True)
        if self._shadow is not None:
            self._shadow.offer(picture.at, picture.frame, found)

    def _ready(self) -> Ready:
        """The detectors. A missing model is looked for again every second."""
        if time.monotonic() - self._no_model_at < _MODEL_AGAIN_SECONDS:
            return []
        try:
            return self._sight.open()
        except MissingModel as missing:
            self._no_model_at, self._words = time.monotonic(), None
            self._told(CameraState.MISSING_MODEL, str(missing))
            return []

    def _show(self, picture: Waiting, *, fresh: bool) -> None:
        with self.mutex:
            if picture.connection != self._connection:
                return
            self._told(CameraState.ONLINE, self._sight.missing)
            luma = luma_of(picture.frame)
            now = datetime.now(UTC)
            look = Look(picture.at, now, picture.frame, luma, picture.moved, fresh, self._tracks, self._words)
            for observer in self._observers:
                try:
                    observer.see(look)
                except Exception:  # what one observer cannot take must not blind the others
                    log.exception("camera %s: %s failed", self._plan.name, type(observer).__name__)
            self.meter.looked += 1
            self.meter.lag = time.monotonic() - picture.came + self.meter.behind
            self._looked(picture.frame, self._tracks)


def tracker_of(plan: CameraPlan, *, is_large: bool = False) -> Tracker:
    """What is looked at seldom has moved on by the next look: there one sighting must do."""
    seldom = plan.sampling is Sampling.KEY_FRAMES or plan.pictures_per_second < 1 or is_large
    return Tracker(hits_to_count=1) if seldom else Tracker()
