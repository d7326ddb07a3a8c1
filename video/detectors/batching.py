"""One detector shared by all cameras of a process: frames come from many threads, inferences run in a few."""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from video.detectors.letterbox import Extent
from video.detectors.protocol import Detections, Detector


@dataclass(slots=True)
class _Job:
    frame: NDArray[np.uint8]
    extent: Extent
    result: Future[Detections] = field(default_factory=Future)


class BatchingDetector:
    """Takes one frame per call from any thread and answers with a future.

    A batch is whatever is waiting when a runner becomes free, up to `largest_batch`: nobody waits for a batch to fill,
    because on a CPU a batch costs as much as its frames one by one. On an accelerator raise `largest_batch`.
    `runners` inferences run side by side, each on one thread.
    """

    def __init__(
        self, detector: Detector, *, runners: int = 1, largest_batch: int = 2, waiting_room: int = 256
    ) -> None:
        self.detector = detector
        self._largest_batch = largest_batch
        self._jobs: queue.Queue[_Job | None] = queue.Queue(waiting_room)
        self._threads = [
            threading.Thread(target=self._serve, name=f"detector-{number}", daemon=True) for number in range(runners)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, frame: NDArray[np.uint8], extent: Extent) -> Future[Detections]:
        """`frame` uint8 (height, width, 3) as the detector asks. Blocks only when the waiting room is full."""
        job = _Job(frame, extent)
        self._jobs.put(job)
        return job.result

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
        try:
            frames = batch[0].frame[np.newaxis] if len(batch) == 1 else np.stack([job.frame for job in batch])
            for job, found in zip(batch, self.detector.detect(frames, [job.extent for job in batch]), strict=True):
                job.result.set_result(found)
        except Exception as error:  # whatever went wrong belongs to the cameras that asked
            for job in batch:
                if not job.result.done():
                    job.result.set_exception(error)
