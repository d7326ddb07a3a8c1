"""Pictures of one camera that wait to be looked at: few, bounded in bytes too, and the oldest gives way."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

import av


@dataclass(slots=True)
class Waiting:
    """A picture on its way to the detector. `connection` tells which connection it came from, `came` when, in seconds
    of the monotonic clock; `moved` what the gate says of it, or of one that it took the place of."""

    at: float
    frame: av.VideoFrame
    connection: int
    came: float
    moved: bool


class Inbox:
    """One writer, one reader at a time. A picture is never refused: what waited longest is dropped for it."""

    def __init__(self, pictures: int = 2, largest_bytes: int = 7_000_000) -> None:
        self._pictures = pictures
        self._largest = largest_bytes
        self._waiting: deque[Waiting] = deque()
        self._bytes = 0
        self._lock = threading.Lock()

    def put(self, picture: Waiting) -> int:
        """How many gave way. The movement they showed has to be looked at all the same, in the picture after them."""
        size = bytes_of(picture.frame)
        dropped = 0
        with self._lock:
            while self._waiting and (len(self._waiting) >= self._pictures or self._bytes + size > self._largest):
                gone = self._take()
                heir = self._waiting[0] if self._waiting else picture
                heir.moved |= gone.moved and heir.connection == gone.connection
                dropped += 1
            self._waiting.append(picture)
            self._bytes += size
        return dropped

    def take(self) -> Waiting | None:
        """The oldest."""
        with self._lock:
            return self._take() if self._waiting else None

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()
            self._bytes = 0

    @property
    def held_bytes(self) -> int:
        return self._bytes

    def __len__(self) -> int:
        return len(self._waiting)

    def _take(self) -> Waiting:
        picture = self._waiting.popleft()
        self._bytes -= bytes_of(picture.frame)
        return picture


def bytes_of(frame: av.VideoFrame) -> int:
    """What a decoded picture takes in memory."""
    return sum(plane.buffer_size for plane in frame.planes)
