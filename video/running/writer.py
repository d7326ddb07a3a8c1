"""The one thread of a worker that writes: camera threads hand over plain messages and never wait for the database."""

import logging
import queue
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from video.actions.detections import write_detections
from video.actions.health import write_health, write_reference
from video.actions.leases import release
from video.actions.model_shadows import write_comparison
from video.actions.previews import write_preview
from video.actions.watching import write_clip, write_finding, write_over, write_state, write_still
from video.pipeline.plans import (
    ClipMade,
    DetectionsSeen,
    Finding,
    FindingOver,
    GivenBack,
    HealthChanged,
    Message,
    ModelsCompared,
    PreviewSeen,
    ReferenceTaken,
    StateChanged,
)

log = logging.getLogger(__name__)

_ROOM, _ROOM_FOR_WHAT_IS_SAID_AGAIN = 512, 256
_FINDING_WAIT_SECONDS = 2.0
_FINDING_TRIES = 30
_KEPT = (Finding, ClipMade, FindingOver, HealthChanged, ModelsCompared, GivenBack)
"""What is not told again."""


class Writer:
    """Drains a bounded queue. While the database is away, findings wait; states and pictures give way to newer ones."""

    def __init__(self, holder: str, filed: Callable[[], None] = lambda: None) -> None:
        """`filed` is called after evidence was written down: it may go to the site's store now."""
        self._holder = holder
        self._filed = filed
        self._queue: queue.Queue[Message | None] = queue.Queue(_ROOM)
        self._over: dict[int, FindingOver] = {}
        self._thread = threading.Thread(target=self._drain, name="video-writer", daemon=True)
        self._last_try = float("inf")
        self._thread.start()

    def take(self, message: Message) -> None:
        """From any thread. A finding may wait a moment for room; anything else is dropped when there is little."""
        if not isinstance(message, _KEPT):
            if self._queue.qsize() < _ROOM_FOR_WHAT_IS_SAID_AGAIN:
                self._queue.put(message)
            return
        try:
            self._queue.put(message, timeout=_FINDING_WAIT_SECONDS)
        except queue.Full:
            log.error("something of camera %s that is told once is lost: the writer is behind", message.camera_id)

    @property
    def waiting(self) -> int:
        return self._queue.qsize()

    def close(self, seconds: float) -> None:
        """Writes what waits, for at most so long."""
        self._last_try = time.monotonic() + seconds
        self._queue.put(None)
        self._thread.join(seconds)

    def _drain(self) -> None:
        while (message := self._queue.get()) is not None:
            close_old_connections()
            self._write_patiently(message)
        connections.close_all()

    def _write_patiently(self, message: Message) -> None:
        tries = _FINDING_TRIES if isinstance(message, _KEPT) else 1
        for attempt in range(1, tries + 1):
            try:
                self._write(message)
                return
            except (DatabaseError, InterfaceError) as error:
                connections.close_all()
                if attempt == tries or time.monotonic() > self._last_try:
                    log.warning("%s is not written: %s", type(message).__name__, error)
                    return
                time.sleep(min(attempt, 5, max(0.5, self._last_try - time.monotonic())))
            except Exception:  # one message must not end the writing of all others
                log.exception("%s cannot be written", type(message).__name__)
                return

    def _write(self, message: Message) -> None:
        if isinstance(message, Finding):
            write_finding(message, holder=self._holder)
            self._filed()
            over = self._over.get(message.zone.id)
            if over is not None and over.at > message.found_at:
                write_over(over, holder=self._holder)  # its evidence took longer than the thing itself
        elif isinstance(message, FindingOver):
            self._over[message.zone.id] = message
            write_over(message, holder=self._holder)
        elif isinstance(message, ClipMade):
            write_clip(message, holder=self._holder)
            self._filed()
        elif isinstance(message, DetectionsSeen):
            write_detections(message, holder=self._holder)
        elif isinstance(message, HealthChanged):
            write_health(message, holder=self._holder)
        elif isinstance(message, ReferenceTaken):
            write_reference(message, holder=self._holder)
        elif isinstance(message, StateChanged):
            write_state(message, holder=self._holder)
        elif isinstance(message, GivenBack):
            release(holder=self._holder, generations={message.camera_id: message.generation})
        elif isinstance(message, ModelsCompared):
            write_comparison(message, holder=self._holder)
        elif isinstance(message, PreviewSeen):
            write_preview(message)
        else:
            write_still(message, holder=self._holder)
