"""What this process's watching takes and yields, told every few seconds; worth nothing half a minute later."""

import logging
import os
import resource
import socket
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from core.clock import now
from core.redis import Unreachable
from video.actions.figures import forget_figures, tell_figures
from video.detectors.batching import Served
from video.pipeline.camera import CameraLoop
from video.pipeline.eyes import Eyes
from video.pipeline.meter import Meter
from video.worker_shapes import CameraFigures, ModelFigures, WorkerFigures

log = logging.getLogger(__name__)

EVERY_SECONDS = 5.0
Loops = Callable[[], Mapping[int, CameraLoop]]
Waiting = Callable[[], int]


class FiguresTeller:
    """A thread of its own, so that neither a camera nor a lease ever waits for Redis."""

    def __init__(self, holder: str, capacity: int, eyes: Eyes, loops: Loops, to_be_written: Waiting) -> None:
        self._holder = holder
        self._capacity = capacity
        self._eyes = eyes
        self._loops = loops
        self._to_be_written = to_be_written
        self._since = datetime.now(UTC)
        self._at = time.monotonic()
        self._processor = _processor_seconds()
        self._meters: dict[int, Meter] = {}
        self._served: dict[str, Served] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="video-figures", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._ended.set()

    def _run(self) -> None:
        heard = True
        while not self._ended.wait(EVERY_SECONDS):
            try:
                tell_figures(self.figures())
                heard = True
            except Unreachable as error:
                if heard:
                    log.warning("figures are not told: %s", error)
                heard = False
            except Exception:  # figures are a convenience: whatever fails must not end the watching of cameras
                log.exception("figures cannot be told")
        try:
            forget_figures(self._holder)
        except Unreachable:
            log.info("figures are left to run out")

    def figures(self) -> WorkerFigures:
        """Since the last time it was asked. One asker."""
        at, processor = time.monotonic(), _processor_seconds()
        seconds = max(at - self._at, 1e-3)
        loops = self._loops()
        meters = {camera_id: loop.measured() for camera_id, loop in loops.items()}
        cameras = [
            camera_figures(loops[camera_id].plan.priority, camera_id, self._meters.get(camera_id), meter, seconds)
            for camera_id, meter in meters.items()
        ]
        served = self._eyes.served()
        models = [self._model(name, now_, waiting, seconds) for name, (now_, waiting) in served.items()]
        decoding = self._eyes.decoding
        memory = _memory_bytes()
        told = WorkerFigures(
            holder=self._holder,
            host=socket.gethostname(),
            pid=os.getpid(),
            since=self._since,
            at=now(),
            cameras=len(loops),
            capacity=self._capacity,
            processor=round((processor - self._processor) / seconds, 2),
            memory_bytes=memory,
            memory_per_camera_bytes=memory // max(1, len(loops)),
            waiting_to_be_written=self._to_be_written(),
            waiting_for_evidence=self._eyes.waiting_for_evidence,
            decoder=decoding.used,
            decoder_missing=decoding.missing,
            models=models,
            of_cameras=cameras,
        )
        self._at, self._processor, self._meters = at, processor, meters
        self._served = {name: now_ for name, (now_, _) in served.items()}
        return told

    def _model(self, name: str, served: Served, waiting: int, seconds: float) -> ModelFigures:
        before = self._served.get(name, Served())
        pictures, batches = served.pictures - before.pictures, served.batches - before.batches
        return ModelFigures(
            name=name,
            provider=self._eyes.running().get(name, ""),
            pictures_per_second=round(pictures / seconds, 2),
            batch=_each(pictures, batches),
            queue_ms=_each((served.queue_seconds - before.queue_seconds) * 1000, pictures),
            longest_queue_ms=round(served.longest_queue_seconds * 1000, 1),
            batch_ms=_each((served.run_seconds - before.run_seconds) * 1000, batches),
            waiting=waiting,
            pictures_total=served.pictures,
            batches_total=served.batches,
            queue_seconds_total=round(served.queue_seconds, 3),
            run_seconds_total=round(served.run_seconds, 3),
        )


def camera_figures(priority: int, camera_id: int, before: Meter | None, meter: Meter, seconds: float) -> CameraFigures:
    """What a camera did in the `seconds` between two readings of its meter."""
    if before is None or before.read > meter.read:
        before = Meter()  # it was taken, or begun anew, meanwhile
    decoded, inferred = meter.decoded - before.decoded, meter.inferred - before.inferred
    looked = meter.looked - before.looked
    return CameraFigures(
        camera_id=camera_id,
        priority=priority,
        width=meter.width,
        height=meter.height,
        decoder=meter.decoder,
        read_per_second=round((meter.read - before.read) / seconds, 2),
        looked_per_second=round(looked / seconds, 2),
        inferred_per_second=round(inferred / seconds, 2),
        detections_per_second=round((meter.detections - before.detections) / seconds, 2),
        dropped_per_second=round((meter.dropped.total() - before.dropped.total()) / seconds, 2),
        decode_ms=_each((meter.decode_seconds - before.decode_seconds) * 1000, decoded),
        turn_ms=_each((meter.turn_seconds - before.turn_seconds) * 1000, inferred),
        queue_ms=_each((meter.queue_seconds - before.queue_seconds) * 1000, inferred),
        inference_ms=_each((meter.run_seconds - before.run_seconds) * 1000, inferred),
        batch=_each(meter.batched - before.batched, inferred),
        lag_seconds=round(meter.lag, 3),
        behind_seconds=round(meter.behind, 3),
        held_bytes=meter.held_bytes,
        read_total=meter.read,
        decoded_total=meter.decoded,
        looked_total=meter.looked,
        inferred_total=meter.inferred,
        detections_total=meter.detections,
        dropped=dict(meter.dropped),
        decode_seconds_total=round(meter.decode_seconds, 3),
        queue_seconds_total=round(meter.queue_seconds, 3),
        inference_seconds_total=round(meter.run_seconds, 3),
    )


def _each(amount: float, among: int) -> float:
    return round(amount / among, 2) if among > 0 else 0.0


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _memory_bytes() -> int:
    """Resident, of this process."""
    statm = Path("/proc/self/statm")
    if not statm.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return int(statm.read_text().split()[1]) * resource.getpagesize()
