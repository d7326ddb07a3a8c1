"""Real workers on cameras of one run: what it takes to kill one, and how long after its rule is met an alert stands."""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from benchmarks._place import ROOT, manage, own_database

WHOLE = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]
_PATIENCE = 480.0


@contextmanager
def city(models: Path, media: Path) -> Iterator[None]:
    """A migrated database with the sample district; its own cameras are switched off."""
    with own_database("cameras"):
        print("preparing a district", flush=True)
        manage("load_catalogue")
        manage("generate_district")
        os.environ |= {"MODEL_DIR": str(models), "MEDIA_ROOT": str(media)}
        django.setup()
        _camera().objects.update(enabled=False)
        yield
        import_module("django.db").connections.close_all()
    shutil.rmtree(media, ignore_errors=True)


@contextmanager
def workers(count: int, capacity: int, log: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many real workers of the video queue, as the platform starts them."""
    words = ["celery", "-A", "config", "worker", "-Q", "video", "--pool", "threads", "--concurrency", "2"]
    words += ["--without-gossip", "--without-mingle", "--loglevel", "warning"]
    environment = {**os.environ, "VIDEO_CAPACITY": str(capacity)}
    with log.open("wb") as said:
        started = [
            subprocess.Popen(
                [sys.executable, "-m", *words, "-n", f"bench-{number}@%h"],
                cwd=ROOT,
                env=environment | {"PROCESS_NAME": f"video-{number}"},
                stdout=said,
                stderr=said,
            )
            for number in range(count)
        ]
        try:
            yield started
        finally:
            for process in started:
                process.send_signal(signal.SIGTERM)
            for process in started:
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(25)
    except subprocess.TimeoutExpired:
        process.kill()


@dataclass(frozen=True, slots=True)
class Failover:
    """Cameras and how they were spread; those that the killed worker held, and after how many seconds each was analysed
    again; those that nobody watched at the end."""

    cameras: int
    spread: list[int]
    seconds_to_spread: float
    taken: list[float]
    lost: int

    @property
    def median(self) -> float:
        return statistics.median(self.taken) if self.taken else float("inf")

    @property
    def longest(self) -> float:
        return max(self.taken, default=float("inf")) if not self.lost else float("inf")


def failover(address: str, cameras: int, log: Path) -> Failover:
    """Three workers, all cameras analysed; one is killed, and the others take over what it watched."""
    _cameras(address, cameras, sampling="key_frames")
    with workers(3, cameras // 2, log) as started:
        began = time.monotonic()
        _until(lambda: _is_even(cameras), f"{cameras} cameras analysed by three workers")
        spread_after = time.monotonic() - began
        spread = sorted(_spread().values())
        victim = started[0]
        held = {
            row["camera_id"]: row["generation"]
            for row in _leases().filter(holder__contains=f":{victim.pid}:").values("camera_id", "generation")
        }
        victim.kill()
        killed = time.monotonic()
        taken: dict[int, float] = {}
        while len(taken) < len(held) and time.monotonic() - killed < 120:
            rows = _leases().filter(camera_id__in=held.keys() - taken.keys(), state="online")
            for camera_id, generation in rows.values_list("camera_id", "generation"):
                if generation > held[camera_id]:
                    taken[camera_id] = time.monotonic() - killed
            time.sleep(0.5)
    return Failover(cameras, spread, spread_after, sorted(taken.values()), len(held) - len(taken))


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from the moment a rule is met in front of the camera to its alert in the database, with evidence."""

    seconds: list[float]
    memory_per_camera: int
    cameras: int

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def longest(self) -> float:
        return max(self.seconds)


def latency(address: str, cameras: int, log: Path) -> Latency:
    """One worker that watches `cameras` at 5 fps with every frame moving; one after the other is given a zone whose
    rule is met three seconds later.

    Counted from the picture that met the rule: its age when it was looked at, and from then to the alert.
    """
    made = _cameras(address, cameras, sampling="timed")
    alerts = import_module("events.models").Alert.objects
    figures = import_module("video.queries.figures")
    system = import_module("core.actor").SYSTEM
    seconds = []
    with workers(1, cameras, log):
        _until(lambda: _leases().filter(state="online").count() == cameras, f"{cameras} cameras analysed")
        time.sleep(12)
        load = figures.told_figures()[0]
        lags = {row.camera_id: row.lag_seconds for row in load.of_cameras}
        for camera_id in made:
            import_module("video.actions.zones").create_zone(
                camera_id=camera_id,
                name="区域",
                polygon=WHOLE,
                algorithm="restricted_area_presence",
                parameters={"seconds": 3, "confidence": 0.45},
                actor=system,
            )
            mine = alerts.filter(camera_id=camera_id, subject_kind="zone")
            _until(mine.exists, "an alert", every=0.02)
            stands = import_module("core.clock").now()
            seconds.append((stands - mine.get().found_at).total_seconds() + lags.get(camera_id, 0.0))
    return Latency(sorted(seconds), load.memory_per_camera_bytes, cameras)


def _cameras(address: str, count: int, *, sampling: str) -> list[int]:
    """So many cameras that all show one stream, in the middle of the district; those of before are switched off."""
    _camera().objects.update(enabled=False)
    place = _camera().objects.order_by("pk").first()
    create = import_module("video.actions.cameras").create_camera
    system = import_module("core.actor").SYSTEM
    now = int(time.time())
    return [
        create(
            code=f"B{now}-{number:03d}",
            name=f"测试 {number}",
            source=address,
            lng=place.lng,
            lat=place.lat,
            sampling=sampling,
            priority=1 + number % 3,
            actor=system,
        ).pk
        for number in range(count)
    ]


def _is_even(cameras: int) -> bool:
    spread = _spread()
    if len(spread) < 3 or sum(spread.values()) < cameras:
        return False
    return max(spread.values()) - min(spread.values()) <= 1 and _leases().exclude(state="online").count() == 0


def _spread() -> dict[str, int]:
    counts: dict[str, int] = {}
    for holder in _leases().exclude(holder="").values_list("holder", flat=True):
        counts[holder] = counts.get(holder, 0) + 1
    return counts


def _until(holds: Callable[[], Any], what: str, every: float = 0.5) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            states = {row: _leases().filter(state=row).count() for row in ("online", "connecting", "dead_stream")}
            raise SystemExit(f"cameras: {what}: not within {_PATIENCE:.0f} s ({_spread()}, {states})")
        time.sleep(every)


def _leases() -> Any:
    return import_module("video.models").CameraLease.objects.filter(camera__enabled=True)


def _camera() -> Any:
    return import_module("video.models").Camera
