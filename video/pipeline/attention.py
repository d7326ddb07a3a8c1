"""Who is looked at next: all cameras of a process share a few turns, and the more important wait less.

A camera's urgency is how long nobody looked at it, times the weight of its priority. While there is time for all,
everybody is looked at as often as it asks. When there is not, the low ones are looked at less often first; but the
longer one waits the more urgent it grows, so none is forgotten. A camera that was never looked at goes first: until
then nobody knows what it sees. And the more of them wait, the longer a still scene goes without another look
(`patience`), so that turns go where something moves.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Protocol

log = logging.getLogger(__name__)

WEIGHTS: Mapping[int, float] = {1: 64.0, 2: 8.0, 3: 1.0}

_NEVER = float("-inf")
_MOST_PATIENCE = 4.0


class Watched(Protocol):
    """A camera with pictures that wait."""

    priority: int

    def take_turn(self) -> bool:
        """Look at the oldest picture; whether another waits. Called by one thread at a time."""
        ...


class Attention:
    """`turns` cameras are looked at side by side. As many as the detectors can serve at once, and some to prepare the
    next pictures meanwhile; more would only wait there, where nobody asks for their importance."""

    def __init__(self, turns: int, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._turns = turns
        self._changed = threading.Condition()
        self._waiting: dict[Watched, None] = {}
        self._busy: set[Watched] = set()
        self._again: set[Watched] = set()
        self._looked: dict[Watched, float] = {}
        self._closed = False
        self._threads = [
            threading.Thread(target=self._serve, name=f"look-{number}", daemon=True) for number in range(turns)
        ]
        for thread in self._threads:
            thread.start()

    def ask(self, camera: Watched) -> None:
        """The camera has a picture that waits. Returns at once."""
        with self._changed:
            if self._closed:
                return
            if camera in self._busy:
                self._again.add(camera)
            elif camera not in self._waiting:
                self._looked.setdefault(camera, _NEVER)
                self._waiting[camera] = None
                self._changed.notify()

    def is_idle(self, camera: Watched) -> bool:
        """Whether nothing of the camera waits or is being looked at."""
        with self._changed:
            return camera not in self._busy and camera not in self._waiting

    @property
    def is_crowded(self) -> bool:
        """Whether anybody waits for a turn: what can be left out is left out then."""
        return bool(self._waiting)

    @property
    def patience(self) -> float:
        """How many times longer than usual a still scene goes without a look: 1 while nobody waits, 4 at most."""
        return min(_MOST_PATIENCE, 1.0 + len(self._waiting) / (4 * self._turns))

    def forget(self, camera: Watched) -> None:
        """The camera is watched no more."""
        with self._changed:
            self._waiting.pop(camera, None)
            self._again.discard(camera)
            self._looked.pop(camera, None)

    def close(self) -> None:
        """What is being looked at is finished, nothing else begun."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()

    def _serve(self) -> None:
        while (camera := self._next()) is not None:
            more = False
            try:
                more = camera.take_turn()
            except Exception:  # one camera's fault must not take a turn from all others
                log.exception("a picture could not be looked at")
            self._done(camera, more)

    def _next(self) -> Watched | None:
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            if self._closed:
                return None
            now = self._now()
            chosen = max(self._waiting, key=lambda camera: self._urgency(camera, now))
            del self._waiting[chosen]
            self._busy.add(chosen)
            self._looked[chosen] = now
            return chosen

    def _urgency(self, camera: Watched, now: float) -> tuple[float, float]:
        weight = WEIGHTS[camera.priority]
        return (now - self._looked[camera]) * weight, weight

    def _done(self, camera: Watched, more: bool) -> None:
        with self._changed:
            self._busy.discard(camera)
            if (more or camera in self._again) and not self._closed and camera in self._looked:
                self._waiting[camera] = None
                self._changed.notify()
            self._again.discard(camera)
