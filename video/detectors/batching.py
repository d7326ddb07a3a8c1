"""One detector shared by all cameras of a process: frames come from many threads, inferences run in a few."""

from __future__ import annotations

import queue
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from video.detectors.letterbox import Extent
from video.detectors.protocol import Detections, Detector


class Answer(Future[Detections]):
    """What a picture shows, once it is known; then also how long it waited, how long its batch took and of how many."""

    queue_seconds = 0.0
    run_seconds = 0.0
    batch = 0


@dataclass(slots=True)
class _Job:
    frame: NDArray[np.uint8]
    extent: Extent
    asked: float = field(default_factory=time.perf_counter)
    answer: Answer = field(default_factory=Answer)


@dataclass(frozen=True, slots=True)
class Served:
    """What a detector has done so far: pictures and the batches they came in, seconds that pictures waited and that
    batches ran, and the longest that any picture has waited."""

    pictures: int = 0
    batches: int = 0
    queue_seconds: float = 0.0
    run_seconds: float = 0.0
    longest_queue_seconds: float = 0.0


class BatchingDetector:
    """Takes one frame per call from any thread and answers with a future.

    A batch is whatever is waiting when a runner becomes free, up to `largest_batch`: nobody waits for a batch to fill,
    so a picture waits at most for the batches before it. On a CPU a batch costs as much as its frames one by one; on an
    accelerator raise `largest_batch`. `runners` inferences run side by side, each on one thread.
    """

    def __init__(
        self, detector: Detector, *, runners: int = 1, largest_batch: int = 2, waiting_room: int = 256
    ) -> None:
        self.detector = detector
        self._largest_batch = largest_batch
        self._jobs: queue.Queue[_Job | None] = queue.Queue(waiting_room)
        self._served = Served()
        self._counting = threading.Lock()
        self._threads = [
            threading.Thread(target=self._serve, name=f"detector-{number}", daemon=True) for number in range(runners)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def served(self) -> Served:
        return self._served

    @property
    def waiting(self) -> int:
        """Pictures that no runner has taken yet."""
        return self._jobs.qsize()

    def submit(self, frame: NDArray[np.uint8], extent: Extent) -> Answer:
        """`frame` uint8 (height, width, 3) as the detector asks. Blocks only when the waiting room is full."""
        job = _Job(frame, extent)
        self._jobs.put(job)
        return job.answer

    def close(self) -> None:
        """Finishes what waits, then stops the runners."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        while True:
            batch, last = self._next_batch()
            if batch:
                self._answer(batch)
            if last:
                return

    def _next_batch(self) -> tuple[list[_Job], bool]:
        """The jobs to run together, and whether this runner was told to stop."""
        first = self._jobs.get()
        if first is None:
            return [], True
        batch = [first]
        while len(batch) < self._largest_batch:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return batch, True
            batch.append(job)
        return batch, False

    def _answer(self, batch: list[_Job]) -> None:
        began = time.perf_counter()
        try:
            frames = batch[0].frame[np.newaxis] if len(batch) == 1 else np.stack([job.frame for job in batch])
            found = self.detector.detect(frames, [job.extent for job in batch])
            took = time.perf_counter() - began
            for job, shown in zip(batch, found, strict=True):
                answer = job.answer
                answer.queue_seconds, answer.run_seconds, answer.batch = began - job.asked, took, len(batch)
                answer.set_result(shown)
        except Exception as error:  # whatever went wrong belongs to the cameras that asked
            for job in batch:
                if not job.answer.done():
                    job.answer.set_exception(error)
        self._count([began - job.asked for job in batch], time.perf_counter() - began)

    def _count(self, waited: list[float], took: float) -> None:
        with self._counting:
            so_far = self._served
            self._served = replace(
                so_far,
                pictures=so_far.pictures + len(waited),
                batches=so_far.batches + 1,
                queue_seconds=so_far.queue_seconds + sum(waited),
                run_seconds=so_far.run_seconds + took,
                longest_queue_seconds=max(so_far.longest_queue_seconds, *waited),
            )
