"""One camera's life: connect, look, tell; fall back and try again when it fails. Runs in its own thread."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from video.detectors.batching import BatchingDetector
from video.detectors.pictures import bgr_of, luma_of
from video.detectors.store import MissingModel
from video.pipeline.blur import heads_of, hide
from video.pipeline.evidence import encode_jpeg
from video.pipeline.eyes import Eyes
from video.pipeline.faults import StreamFault
from video.pipeline.findings import ZoneObserver
from video.pipeline.gate import MotionGate
from video.pipeline.health import HealthWatch
from video.pipeline.looks import Look, Observer
from video.pipeline.picture_health import PictureObserver
from video.pipeline.plans import CameraPlan, CameraState, Sampling, Sink, StateChanged, StillTaken
from video.pipeline.preview import PreviewObserver, Wanted
from video.pipeline.reader import Sample, StreamReader
from video.pipeline.recording import Recorder
from video.pipeline.ring import PacketRing
from video.pipeline.sight import Sight
from video.pipeline.sources import address_of
from video.pipeline.tracker import Track, Tracker
from video.rules.algorithms import Algorithm
from video.rules.model_choice import ModelPlan

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things happen, in seconds."""

    state_every: float = 5.0
    still_every: float = 5.0
    still_every_while_wanted: float = 1.5
    look_at_least_every: float = 4.0
    clip_seconds: float = 6.0
    first_retry: float = 1.0
    longest_retry: float = 30.0


class CameraLoop:
    """Run `run()` in a thread; `stop()` ends it. Everything it has to say goes to `sink`, in the camera's thread
    or, for findings, in the evidence thread. While somebody looks (`wanted`) it also tells what it sees just now."""

    def __init__(
        self,
        plan: CameraPlan,
        eyes: Eyes,
        algorithms: Mapping[str, Algorithm],
        sink: Sink,
        pace: Pace | None = None,
        wanted: Wanted = lambda: False,
    ) -> None:
        self.plan = plan
        self._eyes = eyes
        self._sink = sink
        self._pace = pace or Pace()
        self._stop = threading.Event()
        self._ring = PacketRing(self._pace.clip_seconds)
        self._recorder = Recorder(plan, sink)
        self._health = HealthWatch(plan, sink)
        self._wanted = wanted
        zones = ZoneObserver(plan, eyes, algorithms, self._ring, sink)
        self._observers: list[Observer] = [
            zones,
            self._recorder,
            PictureObserver(self._health.judge, self._health.pictured),
            PreviewObserver(plan, zones, wanted, sink),
        ]
        self._state = CameraState.CONNECTING
        self._detail = self._reason = ""
        self._since = datetime.now(UTC)
        self._told_state = self._told_still = float("-inf")
        self.looked_total = 0
        self._looked_told = 0
        self._gate, self._tracker = MotionGate(), tracker_of(plan)
        self._tracks: list[Track] = []
        self._last_look = float("-inf")
        self._sight = Sight(eyes, plan.models)

    def stop(self) -> None:
        self._stop.set()

    def run(self) -> None:
        """Until stopped. A failure is told, waited out (longer each time, with jitter) and tried again."""
        failures = 0
        while not self._stop.is_set():
            started = time.monotonic()
            try:
                if not failures:
                    self._tell(CameraState.CONNECTING, "")
                self._watch()
            except StreamFault as fault:
                self._health.failed(fault.reason, fault.detail)
                self._tell(fault.state, fault.detail, fault.reason)
            except Exception as error:  # a fault of ours in one camera must not take its neighbours along
                log.exception("camera %s failed", self.plan.name)
                self._health.failed("fault", type(error).__name__)
                self._tell(CameraState.DEAD_STREAM, f"internal fault: {type(error).__name__}", "fault")
            failures = 1 if time.monotonic() - started > self._pace.longest_retry else failures + 1
            self._recorder.close()
            self._stop.wait(backoff(failures, self._pace, random.random()))

    def _watch(self) -> None:
        self._health.begin()
        source, login = address_of(self.plan)
        reader = StreamReader(
            source,
            login=login,
            noted=self._health.odd,
            sampling=self.plan.sampling,
            pictures_per_second=self.plan.pictures_per_second,
            ring=self._ring,
        )
        # A new connection may show another scene: nothing that was followed carries over.
        self._gate, self._tracker, self._tracks = MotionGate(), tracker_of(self.plan), []
        for observer in self._observers:
            observer.begin()
        for sample in reader.samples(self._stop.is_set):
            self._health.well()
            ready = self._open_eyes()
            if ready:
                self._tell(CameraState.ONLINE, self._sight.missing)
                self._look(sample, ready)
            self._take_still(sample)

    def _open_eyes(self) -> list[tuple[ModelPlan, BatchingDetector]]:
        try:
            return self._sight.open()
        except MissingModel as missing:
            self._tell(CameraState.MISSING_MODEL, str(missing))
            # Looked for again with each state message, not with each picture.
            self._stop.wait(1.0)
            return []

    def _look(self, sample: Sample, ready: list[tuple[ModelPlan, BatchingDetector]]) -> None:
        """When nothing moved, what was seen before still stands and no inference is spent."""
        luma = luma_of(sample.frame)
        moved = self._gate.moved(luma, sample.at)
        fresh = moved or sample.at - self._last_look >= self._pace.look_at_least_every
        if fresh:
            self._tracks = self._tracker.update(sample.at, self._sight.look(sample.frame, ready))
            self._last_look = sample.at
        self.looked_total += 1
        words = frozenset(word for model, detector in ready for word in model.words or detector.detector.labels)
        self._show(Look(sample.at, datetime.now(UTC), sample.frame, luma, moved, fresh, self._tracks, words))

    def _show(self, look: Look) -> None:
        for observer in self._observers:
            try:
                observer.see(look)
            except Exception:  # what one observer cannot take must not blind the others
                log.exception("camera %s: %s failed", self.plan.name, type(observer).__name__)

    def _take_still(self, sample: Sample) -> None:
        now = time.monotonic()
        pause = self._pace.still_every_while_wanted if self._wanted() else self._pace.still_every
        if now - self._told_still < pause:
            return
        self._told_still = now
        picture = bgr_of(sample.frame)
        people = [track.box for track in self._tracks if track.label == "person"]
        if people:
            hide(picture, heads_of(np.stack(people)))
        self._sink(StillTaken(self.plan.id, self.plan.generation, datetime.now(UTC), encode_jpeg(picture, 80)))

    def _tell(self, state: CameraState, detail: str, reason: str = "") -> None:
        now = time.monotonic()
        told = (state, detail, reason)
        if told == (self._state, self._detail, self._reason) and now - self._told_state < self._pace.state_every:
            return
        if state != self._state:
            self._since = datetime.now(UTC)
        elapsed = now - self._told_state
        looked = self.looked_total - self._looked_told
        fps = round(looked / elapsed, 1) if state is CameraState.ONLINE and elapsed < 60 else 0.0
        self._state, self._detail, self._reason, self._told_state = state, detail, reason, now
        self._looked_told = self.looked_total
        self._sink(StateChanged(self.plan.id, self.plan.generation, state, detail, self._since, fps, reason))


def tracker_of(plan: CameraPlan) -> Tracker:
    """What is looked at seldom has moved on by the next look: there one sighting must do."""
    seldom = plan.sampling is Sampling.KEY_FRAMES or plan.pictures_per_second < 1
    return Tracker(hits_to_count=1) if seldom else Tracker()


def backoff(failures: int, pace: Pace, chance: float) -> float:
    """Seconds to wait after so many failures in a row: doubling up to the longest, spread by half (`chance` 0–1)."""
    longest = min(pace.longest_retry, pace.first_retry * 2.0 ** min(failures - 1, 16))
    return longest * (0.5 + 0.5 * chance)
