"""All cameras of one worker process: takes free ones, keeps their leases, lets go of what it lost."""

import atexit
import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from core import health
from video.actions.leases import LEASE, RENEW_EVERY, claim, least_important, release, renew
from video.actions.spreading import forget_worker, report_worker, share_of
from video.pipeline.camera import CameraLoop
from video.pipeline.eyes import Eyes, EyesSettings
from video.pipeline.plans import CameraPlan, GivenBack
from video.queries.plans import plans_of, versions_of
from video.rules.algorithms import read_algorithms
from video.running.figures import FiguresTeller
from video.running.filing import Filing
from video.running.leaving import leave_if_still_at_work
from video.running.previews import PreviewRequests
from video.running.writer import Writer

log = logging.getLogger(__name__)

# A worker that cannot renew stops watching before its leases end, so that no camera is ever watched twice.
_GIVE_UP_SECONDS = LEASE.total_seconds() - 2 * RENEW_EVERY.total_seconds()
# A camera that changes hands is unseen for some seconds: never many of them at once.
_GIVEN_BACK_AT_ONCE = 10


@dataclass(slots=True)
class _Watched:
    """A camera this process holds."""

    generation: int
    version: int
    loop: CameraLoop
    thread: threading.Thread


class VideoRunner:
    """One per process. `claim` is safe to call from any thread, as often as one likes."""

    def __init__(self, *, capacity: int, eyes: Eyes | None = None) -> None:
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
        self._capacity = capacity
        self._eyes = eyes or Eyes(_eyes_settings())
        self._filing = Filing()
        self._writer = Writer(self.holder, self._filing.nudge)
        self._previews = PreviewRequests()
        self._watched: dict[int, _Watched] = {}
        self._leaving: dict[int, int] = {}
        self._lock = threading.Lock()
        self._figures = FiguresTeller(self.holder, capacity, self._eyes, self._loops, lambda: self._writer.waiting)
        self._ended = threading.Event()
        self._renewed_at = time.monotonic()
        self._keeper = threading.Thread(target=self._keep, name="video-leases", daemon=True)
        self._keeper.start()

    def claim(self) -> int:
        """Take free cameras up to this worker's share of all and start watching them; how many were taken."""
        with self._lock:
            if self._ended.is_set():
                return 0
            report_worker(holder=self.holder, capacity=self._capacity)
            taken = claim(holder=self.holder, room=share_of(self.holder) - len(self._watched))
            self._start(taken)
        if taken:
            log.info("watching %d more cameras", len(taken))
        return len(taken)

    def details(self) -> Mapping[str, Any]:
        """For the heartbeat."""
        return {
            "cameras": len(self._watched),
            "capacity": self._capacity,
            "holder": self.holder,
            "models": self._eyes.running(),
            "providers_missing": self._eyes.providers_missing(),
            "decoder": self._eyes.decoding.used,
            "decoder_missing": self._eyes.decoding.missing,
        }

    def stop(self, seconds: float = 12.0) -> None:
        """Stop watching, write what waits, give the cameras back."""
        self._ended.set()
        self._previews.close()
        self._figures.close()
        deadline = time.monotonic() + seconds
        with self._lock:
            watched, self._watched = self._watched, {}
        generations = {key: camera.generation for key, camera in watched.items()} | self._leaving
        for camera in watched.values():
            camera.loop.stop()
        for camera in watched.values():
            camera.thread.join(max(0.0, min(2.0, deadline - seconds / 2 - time.monotonic())))
        self._eyes.close(max(1.0, deadline - seconds / 4 - time.monotonic()))
        self._writer.close(max(1.0, deadline - time.monotonic()))
        self._filing.close()
        try:
            forget_worker(holder=self.holder)
            release(holder=self.holder, generations=generations)
        except (DatabaseError, InterfaceError) as error:
            log.warning("cameras are not given back, their leases run out: %s", error)
        connections.close_all()

    def _loops(self) -> dict[int, CameraLoop]:
        return {camera_id: camera.loop for camera_id, camera in self._watched.copy().items()}

    def _start(self, generations: Mapping[int, int]) -> None:
        for camera_id, (version, plan) in plans_of(generations).items():
            self._watched[camera_id] = self._watch(plan, version)

    def _watch(self, plan: CameraPlan, version: int) -> _Watched:
        wanted = partial(self._previews.wants, plan.id)
        loop = CameraLoop(plan, self._eyes, read_algorithms(), self._writer.take, wanted=wanted)
        thread = threading.Thread(target=self._live, args=(loop,), name=f"camera-{plan.id}", daemon=True)
        thread.start()
        return _Watched(plan.generation, version, loop, thread)

    def _live(self, loop: CameraLoop) -> None:
        """In the camera's thread: to its end, and when it is given back until all it had to say is on its way."""
        loop.run()
        plan = loop.plan
        if self._leaving.get(plan.id) == plan.generation:
            self._eyes.after_evidence(lambda: self._writer.take(GivenBack(plan.id, plan.generation)))

    def _keep(self) -> None:
        """Renews, follows changes, and looks for free cameras itself, should no message come."""
        while not self._ended.wait(RENEW_EVERY.total_seconds()):
            try:
                close_old_connections()
                self._renew()
                if not self.claim():
                    self._give_back()
            except (DatabaseError, InterfaceError) as error:
                connections.close_all()
                self._give_up_in_time(error)
            except Exception:  # the keeper must live as long as its cameras
                log.exception("leases could not be kept")
                self._give_up_in_time(None)
        connections.close_all()

    def _renew(self) -> None:
        with self._lock:
            if self._ended.is_set():
                return
            mine = {key: camera.generation for key, camera in self._watched.items()}
            held = renew(holder=self.holder, generations=mine | self._leaving)
            self._renewed_at = time.monotonic()
            self._leaving = {key: generation for key, generation in self._leaving.items() if key in held}
            for camera_id in set(self._watched) - held:
                log.info("camera %d is no longer ours", camera_id)
                self._watched.pop(camera_id).loop.stop()
            self._follow_changes()

    def _give_back(self) -> None:
        """When others have joined: what is over this worker's share, a few cameras at a time. Their leases are kept
        until what they found is written."""
        with self._lock:
            over = min(len(self._watched) - share_of(self.holder), _GIVEN_BACK_AT_ONCE)
            if over <= 0 or self._leaving or self._ended.is_set():
                return
            for camera_id in least_important(list(self._watched), over):
                camera = self._watched.pop(camera_id)
                self._leaving[camera_id] = camera.generation
                camera.loop.stop()
        log.info("%d cameras go to workers with fewer", over)

    def _follow_changes(self) -> None:
        """A camera whose version rose is started anew with its new plan."""
        versions = versions_of(list(self._watched))
        changed = {
            key: camera.generation for key, camera in self._watched.items() if versions.get(key) != camera.version
        }
        for camera_id in changed:
            self._watched.pop(camera_id).loop.stop()
        self._start(changed)

    def _give_up_in_time(self, error: Exception | None) -> None:
        if error:
            log.warning("leases are not renewed: %s", error)
        if time.monotonic() - self._renewed_at < _GIVE_UP_SECONDS:
            return
        with self._lock:
            for camera in self._watched.values():
                camera.loop.stop()
            self._watched.clear()


def _eyes_settings() -> EyesSettings:
    runners = max(1, (os.cpu_count() or 2) // 2)
    return EyesSettings(
        Path(settings.MODEL_DIR),
        Path(settings.MEDIA_ROOT),
        runners=runners,
        providers=settings.VIDEO_PROVIDERS,
        accepted=settings.MODEL_LICENCES,
        decoder=settings.VIDEO_DECODER,
    )


_process_lock = threading.Lock()
_process_runner: list[VideoRunner] = []


def runner_of_process() -> VideoRunner:
    """The runner of this process, started on first use."""
    with _process_lock:
        if not _process_runner:
            _process_runner.append(VideoRunner(capacity=settings.VIDEO_CAPACITY))
            health.describe(_process_runner[0].details)
        return _process_runner[0]


def stop_runner_of_process() -> None:
    """At the end of the process; does nothing when no camera was ever watched."""
    with _process_lock:
        for runner in _process_runner:
            runner.stop()
            atexit.register(leave_if_still_at_work)
        _process_runner.clear()
