"""One camera's life: connect, read, have it looked at, tell; fall back and try again when it fails.

Reading runs in a thread of its own and waits for nothing but the camera. What is read is looked at when its turn comes
(pipeline/looking.py).
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import av
import numpy as np

from video.detectors.pictures import bgr_of
from video.pipeline.blur import cover, heads_of, hide
from video.pipeline.evidence import encode_jpeg
from video.pipeline.eyes import Eyes
from video.pipeline.faults import StreamFault
from video.pipeline.findings import AFTER_SECONDS, ZoneObserver
from video.pipeline.health import HealthWatch
from video.pipeline.looking import Looking
from video.pipeline.looks import Observer
from video.pipeline.meter import Meter
from video.pipeline.model_shadow import ModelShadow
from video.pipeline.picture_health import PictureObserver
from video.pipeline.plans import CameraPlan, CameraState, Sink, StateChanged, StillTaken
from video.pipeline.preview import PreviewObserver, Wanted
from video.pipeline.reader import StreamReader
from video.pipeline.recording import Recorder
from video.pipeline.ring import PacketRing
from video.pipeline.sources import address_of
from video.pipeline.tracker import Track
from video.rules.algorithms import Algorithm

log = logging.getLogger(__name__)

_LONGEST_MEASURED = 60.0
"""Seconds; over a longer silence no rate is told."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things happen, in seconds."""

    state_every: float = 5.0
    still_every: float = 5.0
    still_every_while_wanted: float = 1.5
    look_at_least_every: float = 4.0
    clip_seconds: float = 5.0 + AFTER_SECONDS
    first_retry: float = 1.0
    longest_retry: float = 30.0


class CameraLoop:
    """Run `run()` in a thread; `stop()` ends it. Everything it has to say goes to `sink`, in the camera's thread,
    in whichever looks or, for findings, in the evidence thread. While somebody looks (`wanted`) it also tells what it
    sees just now."""

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
        observers: list[Observer] = [
            zones,
            self._recorder,
            PictureObserver(self._health.judge, self._health.pictured),
            PreviewObserver(plan, zones, wanted, sink),
        ]
        self._state = CameraState.CONNECTING
        self._detail = self._reason = ""
        self._since = datetime.now(UTC)
        self._told_state = self._told_still = float("-inf")
        self._looked_told = 0
        self._telling = threading.Lock()
        self.meter = Meter()
        self._looking = Looking(
            plan,
            eyes,
            observers,
            self.meter,
            at_least_every=self._pace.look_at_least_every,
            told=self._tell,
            looked=self._take_still,
            shadow=ModelShadow(plan, plan.model_shadow, eyes, algorithms, sink) if plan.model_shadow else None,
        )

    @property
    def looked_total(self) -> int:
        return self.meter.looked

    def measured(self) -> Meter:
        """What watching it has taken so far."""
        meter = self.meter.copy()
        meter.held_bytes = self._ring.held_bytes + self._looking.inbox_bytes
        return meter

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
                self._fail(fault.state, fault.detail, fault.reason)
            except Exception as error:  # a fault of ours in one camera must not take its neighbours along
                log.exception("camera %s failed", self.plan.name)
                self._fail(CameraState.DEAD_STREAM, f"internal fault: {type(error).__name__}", "fault")
            failures = 1 if time.monotonic() - started > self._pace.longest_retry else failures + 1
            with self._looking.mutex:
                self._looking.end()
                self._recorder.close()
            self._stop.wait(backoff(failures, self._pace, random.random()))
        self._looking.close()

    def _fail(self, state: CameraState, detail: str, reason: str) -> None:
        with self._looking.mutex:
            self._looking.end()
            self._health.failed(reason, detail)
            self._tell(state, detail, reason)

    def _watch(self) -> None:
        with self._looking.mutex:
            self._health.begin()
        source, login = address_of(self.plan)
        reader = StreamReader(
            source,
            login=login,
            noted=self._note,
            meter=self.meter,
            priority=self.plan.priority,
            decoder=self._eyes.decoding.used,
            sampling=self.plan.sampling,
            pictures_per_second=self.plan.pictures_per_second,
            ring=self._ring,
        )
        self._looking.begin()
        for sample in reader.samples(self._stop.is_set):
            with self._looking.mutex:
                self._health.well()
            self._looking.offer(sample)

    def _note(self, code: str) -> None:
        with self._looking.mutex:
            self._health.odd(code)

    def _take_still(self, frame: av.VideoFrame, tracks: list[Track]) -> None:
        now = time.monotonic()
        pause = self._pace.still_every_while_wanted if self._wanted() else self._pace.still_every
        if now - self._told_still < pause:
            return
        self._told_still = now
        picture = bgr_of(frame)
        people = [track.box for track in tracks if track.label == "person"]
        if people:
            hide(picture, heads_of(np.stack(people)))
        plan = self.plan
        cover(picture, plan.hidden)
        self._sink(StillTaken(plan.id, plan.generation, datetime.now(UTC), encode_jpeg(picture, 80), plan.hidden))

    def _tell(self, state: CameraState, detail: str, reason: str = "") -> None:
        with self._telling:
            now = time.monotonic()
            told = (state, detail, reason)
            if told == (self._state, self._detail, self._reason) and now - self._told_state < self._pace.state_every:
                return
            if state != self._state:
                self._since = datetime.now(UTC)
            elapsed, looked = now - self._told_state, self.meter.looked
            is_measured = state is CameraState.ONLINE and elapsed < _LONGEST_MEASURED
            fps = round((looked - self._looked_told) / elapsed, 1) if is_measured else 0.0
            self._state, self._detail, self._reason = state, detail, reason
            self._told_state, self._looked_told = now, looked
            self._sink(StateChanged(self.plan.id, self.plan.generation, state, detail, self._since, fps, reason))


def backoff(failures: int, pace: Pace, chance: float) -> float:
    """Seconds to wait after so many failures in a row: doubling up to the longest, spread by half (`chance` 0–1)."""
    longest = min(pace.longest_retry, pace.first_retry * 2.0 ** min(failures - 1, 16))
    return longest * (0.5 + 0.5 * chance)
