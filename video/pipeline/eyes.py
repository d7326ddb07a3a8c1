"""What all cameras of one process share: the detectors, the face finder, the thread that writes evidence."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from video.detectors.batching import BatchingDetector, Served
from video.detectors.loading import load_detector, load_faces
from video.detectors.own import stamp_of
from video.detectors.providers import RUNTIME_NAMES, remedy_of
from video.detectors.sessions import CPU, available
from video.detectors.store import DETECTOR, MissingModel
from video.pipeline.acceleration import PROCESSOR, Decoding, decoding
from video.pipeline.attention import Attention
from video.pipeline.evidence import Draft, EvidenceMaker, Hidden
from video.pipeline.evidence_queue import EvidenceQueue
from video.pipeline.plans import Evidence
from video.pipeline.ring import CodedClip
from video.rules.geometry import Point

log = logging.getLogger(__name__)

# A card does a batch in the time of a picture; a processor does not.
_BATCH, _LARGE_BATCH = 2, 32

Done = Callable[[Evidence], None]

_LAST_LOOK_SECONDS = 30.0
_SHARE_FOR_THE_LAST_CLIP = 0.7
"""Of the time that the end may take."""


@dataclass(frozen=True, slots=True)
class EyesSettings:
    """Where models and media lie, how many inferences of a model run side by side, on what (`providers`, in order of
    preference), and which copyleft licences the site accepts."""

    model_dir: Path
    media_root: Path
    runners: int = 1
    providers: tuple[str, ...] = CPU
    accepted: tuple[str, ...] = ()
    decoder: str = PROCESSOR
    """What shall decode streams (pipeline/acceleration.py)."""

    @property
    def turns(self) -> int:
        """Pictures on their way to the detectors at once: what is being inferred, and as many being prepared."""
        return 2 * self.runners * (_BATCH if self.providers[:1] == CPU else _LARGE_BATCH)


class _GivenUp(Exception):
    """A clip that is begun is not finished."""


class Eyes:
    """Loads models when first needed and again after a failure, so a model fetched later is picked up by itself."""

    def __init__(self, settings: EyesSettings) -> None:
        self._settings = settings
        self.attention = Attention(settings.turns)
        self._lock = threading.Lock()
        self._detectors: dict[str, BatchingDetector] = {}
        self._stamps: dict[str, int] = {}
        self._asked = EvidenceQueue()
        self._maker: EvidenceMaker | None = None
        self._hurried = threading.Event()
        self._give_up_at = float("inf")
        self._writer: threading.Thread | None = None

    def detector(self, name: str = DETECTOR) -> BatchingDetector:
        """The detector of that name, shared by all cameras that use it. Raises MissingModel."""
        with self._lock:
            if self._writer is None:
                self._maker = self._made_maker()
                self._writer = threading.Thread(target=self._write, args=(self._asked,), name="evidence", daemon=True)
                self._writer.start()
            return self._loaded(name)

    @property
    def decoding(self) -> Decoding:
        """What decodes streams here."""
        return decoding(self._settings.decoder)

    @property
    def waiting_for_evidence(self) -> int:
        return len(self._asked)

    def served(self) -> dict[str, tuple[Served, int]]:
        """Model → what it has done so far, and how many pictures wait for it."""
        return {name: (loaded.served, loaded.waiting) for name, loaded in dict(self._detectors).items()}

    def running(self) -> dict[str, str]:
        """Model → what it runs on, for the heartbeat."""
        return {name: loaded.detector.provider for name, loaded in dict(self._detectors).items()}

    def providers_missing(self) -> dict[str, str]:
        """Provider → the remedy, for each that the configuration asks for and this machine does not have."""
        return {name: remedy_of(name) for name in self._settings.providers if RUNTIME_NAMES[name] not in available()}

    def _loaded(self, name: str) -> BatchingDetector:
        settings = self._settings
        stamp = stamp_of(name, settings.model_dir)
        if self._stamps.get(name, stamp) != stamp and (former := self._detectors.pop(name, None)):
            # Another file goes by the name now; whoever holds the former one is done with it after this look.
            threading.Timer(_LAST_LOOK_SECONDS, former.close).start()
        if name not in self._detectors:
            found = load_detector(settings.model_dir, name, providers=settings.providers, accepted=settings.accepted)
            largest = _BATCH if found.provider == "cpu" else _LARGE_BATCH
            self._detectors[name] = BatchingDetector(found, runners=settings.runners, largest_batch=largest)
            self._stamps[name] = stamp
            log.info("model %s runs on %s", name, found.provider)
        return self._detectors[name]

    def ask_evidence(self, draft: Draft, done: Done) -> bool:
        """Has the picture made in the background, before any clip; False when too many wait (the claim is told again
        later)."""
        return self._asked.ask_still(lambda: self._make_still(draft, done))

    def ask_clip(
        self, clip: CodedClip, zone: tuple[Point, ...], done: Callable[[str], None], hidden: Hidden = ()
    ) -> bool:
        """Has the moving pictures made in the background; nothing is told where they cannot be decoded, nor once the
        end may not take long. False when too much is waiting.
        """
        asked = self._asked
        return asked.ask_clip(lambda: self._make_clip(asked, clip, zone, done, hidden), size=clip.held_bytes)

    def after_evidence(self, done: Callable[[], None]) -> None:
        """Calls `done` when all evidence that was asked for before is written."""
        if self._writer is None:
            done()
        else:
            self._asked.after(done)

    def close(self, seconds: float | None = None) -> None:
        """Finishes what is being looked at, writes what waits, then stops. Where that may not take longer than
        `seconds`, evidence is the picture alone, but for a clip that is begun and can be finished in time."""
        if seconds is not None:
            self._hurried.set()
            self._give_up_at = time.monotonic() + _SHARE_FOR_THE_LAST_CLIP * seconds
        self.attention.close()
        with self._lock:
            if self._writer:
                self._asked.close()
                self._writer.join(seconds)
            for detector in self._detectors.values():
                detector.close()
            self._detectors.clear()
            self._writer, self._asked = None, EvidenceQueue()

    def _made_maker(self) -> EvidenceMaker:
        try:
            finder = load_faces(self._settings.model_dir)
        except MissingModel as missing:
            log.warning("%s; heads are hidden by person boxes only", missing)
            finder = None
        return EvidenceMaker(self._settings.media_root, self._loaded(DETECTOR), finder)

    def _make_still(self, draft: Draft, done: Done) -> None:
        if self._maker is not None:
            done(self._maker.make(draft))

    def _make_clip(
        self,
        asked: EvidenceQueue,
        clip: CodedClip,
        zone: tuple[Point, ...],
        done: Callable[[str], None],
        hidden: Hidden,
    ) -> None:
        if self._maker is None or self._hurried.is_set():
            return
        try:
            path = self._maker.make_clip(clip, zone, between=lambda: self._between(asked), hidden=hidden)
        except _GivenUp:
            return
        if path is not None:
            done(path)

    def _between(self, asked: EvidenceQueue) -> None:
        """Between two pictures of a clip. It is given up where the end would take too long: whoever makes it would be
        cut off in the middle of the face finder, which takes the whole process down."""
        _make_stills(asked)
        if time.monotonic() > self._give_up_at:
            raise _GivenUp

    def _write(self, asked: EvidenceQueue) -> None:
        while True:
            try:
                if not asked.make_next():
                    return
            except Exception:  # one bad picture must not end evidence for every camera
                log.exception("evidence could not be written")


def _make_stills(asked: EvidenceQueue) -> None:
    """While a clip is being made, which takes seconds."""
    try:
        asked.make_stills()
    except Exception:  # nor may it end the clip
        log.exception("evidence could not be written")
