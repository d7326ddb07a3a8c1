"""The last seconds of one camera as a browser takes them: HLS parts and segments in memory, and the list of them.

Parts are fractions of a second, so that a page need not wait for a whole segment (from one key frame to the next).
"""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

PART_SECONDS = 0.4
"""A part is closed before it would grow longer, unless the camera sends fewer pictures than that."""
SEGMENT_SECONDS = 1.0
"""A segment ends at the first key frame after so long."""
SEGMENTS_KEPT = 6
_LARGEST_BYTES = 24_000_000
_LARGEST_SEGMENT_SECONDS = 12.0


@dataclass(frozen=True, slots=True)
class Part:
    """Some pictures as one piece of fragmented MP4. `independent` when decoding can start at its first picture."""

    data: bytes
    seconds: float
    independent: bool


@dataclass(slots=True)
class Segment:
    """From one key frame to a later one; `at` is when its first picture reached the platform."""

    number: int
    head: int
    at: datetime
    parts: list[Part] = field(default_factory=list)
    whole: bool = False

    @property
    def seconds(self) -> float:
        return sum(part.seconds for part in self.parts)

    @property
    def size(self) -> int:
        return sum(len(part.data) for part in self.parts)


class LiveWindow:
    """What can be had of one camera now. One thread adds; any thread reads; `changed` is called when it grew."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self._changed = changed
        self._lock = threading.Lock()
        self._segments: deque[Segment] = deque()
        self._heads: dict[int, bytes] = {}
        self._head = 0
        self._next = 0
        self._breaks_before = 0
        self._longest_part = 0.0

    def begin(self, head: bytes) -> None:
        """A new connection: what follows is decoded by another head, and a player is told that it begins anew."""
        with self._lock:
            self._finish()
            self._head += 1
            used = {segment.head for segment in self._segments}
            self._heads = {number: known for number, known in self._heads.items() if number in used}
            self._heads[self._head] = head
        self._changed()

    def add(self, part: Part, at: datetime) -> None:
        """The next part; `at` is when its first picture came. A new segment begins where decoding can."""
        with self._lock:
            last = self._segments[-1] if self._segments else None
            if last is None or last.whole or (part.independent and last.seconds >= SEGMENT_SECONDS):
                self._finish()
                last = Segment(self._next, self._head, at)
                self._next += 1
                self._segments.append(last)
            last.parts.append(part)
            self._longest_part = max(self._longest_part, part.seconds)
            if last.seconds >= _LARGEST_SEGMENT_SECONDS:
                self._finish()
            self._drop_old()
        self._changed()

    def head(self, number: int) -> bytes | None:
        with self._lock:
            return self._heads.get(number)

    def segment(self, number: int) -> bytes | None:
        with self._lock:
            found = self._find(number)
            return b"".join(part.data for part in found.parts) if found and found.whole else None

    def part(self, number: int, index: int) -> bytes | None:
        with self._lock:
            found = self._find(number)
            return found.parts[index].data if found and index < len(found.parts) else None

    def has(self, number: int, index: int | None) -> bool:
        """Whether this part (without `index`: the whole segment) has come, or something later has."""
        with self._lock:
            if not self._segments:
                return False
            last = self._segments[-1]
            if last.number != number:
                return last.number > number
            return last.whole if index is None else last.whole or index < len(last.parts)

    @property
    def is_playable(self) -> bool:
        """Whether a player that starts now has something to show."""
        with self._lock:
            return any(part.independent for segment in self._segments for part in segment.parts)

    def playlist(self) -> str:
        """The media playlist (RFC 8216, with the parts of its second edition)."""
        with self._lock:
            segments = list(self._segments)
            target = max((math.ceil(segment.seconds) for segment in segments), default=1)
            part_target = max(PART_SECONDS, self._longest_part)
            lines = [
                "#EXTM3U",
                "#EXT-X-VERSION:9",
                f"#EXT-X-TARGETDURATION:{max(1, target)}",
                f"#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK={3 * part_target:.3f}",
                f"#EXT-X-PART-INF:PART-TARGET={part_target:.3f}",
                f"#EXT-X-MEDIA-SEQUENCE:{segments[0].number if segments else self._next}",
                f"#EXT-X-DISCONTINUITY-SEQUENCE:{self._breaks_before}",
            ]
            head = None
            for segment in segments:
                if segment.head != head:
                    lines += ["#EXT-X-DISCONTINUITY"] if head is not None else []
                    lines.append(f'#EXT-X-MAP:URI="head-{segment.head}.mp4"')
                    head = segment.head
                lines += _lines_of(segment, with_parts=segment.number >= segments[-1].number - 2)
            return "\n".join(lines) + "\n"

    def _find(self, number: int) -> Segment | None:
        return next((segment for segment in self._segments if segment.number == number), None)

    def _finish(self) -> None:
        if self._segments:
            self._segments[-1].whole = True

    def _drop_old(self) -> None:
        while len(self._segments) > SEGMENTS_KEPT or (
            len(self._segments) > 2 and sum(segment.size for segment in self._segments) > _LARGEST_BYTES
        ):
            gone = self._segments.popleft()
            if self._segments[0].head != gone.head:
                self._breaks_before += 1
                self._heads.pop(gone.head, None)


def _lines_of(segment: Segment, *, with_parts: bool) -> list[str]:
    lines = [f"#EXT-X-PROGRAM-DATE-TIME:{segment.at.astimezone(UTC).isoformat(timespec='milliseconds')}"]
    if with_parts:
        for index, part in enumerate(segment.parts):
            start = ",INDEPENDENT=YES" if part.independent else ""
            lines.append(f'#EXT-X-PART:DURATION={part.seconds:.3f},URI="part-{segment.number}-{index}.m4s"{start}')
    if segment.whole:
        lines += [f"#EXTINF:{segment.seconds:.3f},", f"segment-{segment.number}.m4s"]
    return lines
