"""What evidence is to be made next: a picture before every clip, for an alert is judged by its picture.

Clips may wait: they are of a moment that is over, and what they are made from is held already.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

Job = Callable[[], None]

STILLS, CLIPS = 16, 16
CLIP_BYTES = 64_000_000
"""What waiting clips may hold, coded. A picture holds 3.5 MB at most (pipeline/reader.py looks at nothing larger)."""


class EvidenceQueue:
    """Bounded on both sides. Many threads ask, one makes."""

    def __init__(self, *, stills: int = STILLS, clips: int = CLIPS, clip_bytes: int = CLIP_BYTES) -> None:
        self._room = threading.Condition()
        self._most_stills, self._most_clips, self._most_bytes = stills, clips, clip_bytes
        self._stills: deque[tuple[int, Job]] = deque()
        self._clips: deque[tuple[int, int, Job]] = deque()
        self._bytes = 0
        self._markers: deque[tuple[int, Job]] = deque()
        self._begun: set[int] = set()
        self._asked = 0
        self._closed = False

    def __len__(self) -> int:
        """What waits, what is being made not counted."""
        with self._room:
            return len(self._stills) + len(self._clips)

    def ask_still(self, job: Job) -> bool:
        """False where too many wait."""
        with self._room:
            if self._closed or len(self._stills) >= self._most_stills:
                return False
            self._stills.append((self._number(), job))
            return True

    def ask_clip(self, job: Job, *, size: int) -> bool:
        """`size`: coded bytes that the job holds until it is made. False where too many wait, or too much. One clip is
        always taken when none waits."""
        with self._room:
            is_full = len(self._clips) >= self._most_clips or self._bytes + size > self._most_bytes
            if self._closed or (self._clips and is_full):
                return False
            self._clips.append((self._number(), size, job))
            self._bytes += size
            return True

    def after(self, job: Job) -> None:
        """Called once everything that was asked for before this is made, whatever was asked for since."""
        with self._room:
            self._markers.append((self._number(), job))

    def close(self) -> None:
        """Nothing more is taken; `make_next` ends when all that waits is made."""
        with self._room:
            self._closed = True
            self._room.notify_all()

    def make_next(self) -> bool:
        """Waits for something to make, and makes it. False at the end."""
        with self._room:
            while not (self._stills or self._clips or self._is_due() or self._closed):
                self._room.wait()
            taken = self._take_still() or self._take_clip()
            at_end = self._closed and taken is None
        if taken is not None:
            self._make(*taken)
        self._call_markers()
        return not at_end

    def make_stills(self) -> None:
        """The pictures that wait, in the midst of a clip."""
        while (taken := self._next_still()) is not None:
            self._make(*taken)

    def _next_still(self) -> tuple[int, Job] | None:
        with self._room:
            return self._take_still()

    def _make(self, number: int, job: Job) -> None:
        try:
            job()
        finally:
            with self._room:
                self._begun.discard(number)

    def _take_still(self) -> tuple[int, Job] | None:
        if not self._stills:
            return None
        number, job = self._stills.popleft()
        self._begun.add(number)
        return number, job

    def _take_clip(self) -> tuple[int, Job] | None:
        if not self._clips:
            return None
        number, size, job = self._clips.popleft()
        self._bytes -= size
        self._begun.add(number)
        return number, job

    def _call_markers(self) -> None:
        while (job := self._next_marker()) is not None:
            job()

    def _next_marker(self) -> Job | None:
        with self._room:
            return self._markers.popleft()[1] if self._is_due() else None

    def _is_due(self) -> bool:
        """Is nothing left of what was asked for before the oldest marker?"""
        if not self._markers:
            return False
        left = [*self._begun]
        if self._stills:
            left.append(self._stills[0][0])
        if self._clips:
            left.append(self._clips[0][0])
        return self._markers[0][0] < min(left, default=self._asked + 1)

    def _number(self) -> int:
        self._asked += 1
        self._room.notify()
        return self._asked
