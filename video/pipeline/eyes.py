"""What all cameras of one process share: the detector, the face finder, the thread that writes evidence."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from video.detectors.batching import BatchingDetector
from video.detectors.loading import load_detector, load_faces
from video.detectors.store import MissingModel
from video.pipeline.evidence import Draft, EvidenceMaker
from video.pipeline.plans import Evidence

log = logging.getLogger(__name__)

Done = Callable[[Evidence], None]


@dataclass(frozen=True, slots=True)
class EyesSettings:
    """Where models and media lie, and how many inferences run side by side."""

    model_dir: Path
    media_root: Path
    runners: int = 1


class Eyes:
    """Loads models when first needed and again after a failure, so a model fetched later is picked up by itself."""

    def __init__(self, settings: EyesSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._detector: BatchingDetector | None = None
        self._drafts: queue.Queue[tuple[Draft, Done] | None] = queue.Queue(16)
        self._writer: threading.Thread | None = None

    def detector(self) -> BatchingDetector:
        """The shared detector. Raises MissingModel."""
        with self._lock:
            if self._detector is None:
                found = load_detector(self._settings.model_dir)
                self._detector = BatchingDetector(found, runners=self._settings.runners)
                self._writer = threading.Thread(target=self._write, args=(self._maker(),), name="evidence", daemon=True)
                self._writer.start()
            return self._detector

    def ask_evidence(self, draft: Draft, done: Done) -> bool:
        """Has evidence written in the background; False when too much is waiting (the claim is told again later)."""
        try:
            self._drafts.put_nowait((draft, done))
        except queue.Full:
            return False
        return True

    def close(self) -> None:
        """Writes what waits, then stops."""
        with self._lock:
            if self._writer:
                self._drafts.put(None)
                self._writer.join()
            if self._detector:
                self._detector.close()
            self._detector = self._writer = None

    def _maker(self) -> EvidenceMaker:
        try:
            finder = load_faces(self._settings.model_dir)
        except MissingModel as missing:
            log.warning("%s; heads are hidden by person boxes only", missing)
            finder = None
        if self._detector is None:
            raise MissingModel("the detector must be loaded before evidence is made")
        return EvidenceMaker(self._settings.media_root, self._detector, finder)

    def _write(self, maker: EvidenceMaker) -> None:
        while (item := self._drafts.get()) is not None:
            draft, done = item
            try:
                done(maker.make(draft))
            except Exception:  # one bad picture must not end evidence for every camera
                log.exception("evidence could not be written")
