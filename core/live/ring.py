"""The newest part of the stream, in memory."""

from bisect import bisect_right
from collections.abc import Iterable
from operator import attrgetter

from core.live.stream import START, Entry, StreamId

DEPTH = 10_000
_position = attrgetter("id")


class Ring:
    """Entries in order, numbered from the first one ever held. `complete_from`: nothing after it is missing here."""

    def __init__(self, depth: int = DEPTH) -> None:
        self._depth = depth
        self._entries: list[Entry] = []
        self._first = 0
        self.end = 0
        """The number that the next entry gets."""
        self.complete_from = START
        self.head = START

    def restart(self, entries: Iterable[Entry], *, complete_from: StreamId, head: StreamId) -> None:
        """Begin anew with what the stream holds. Numbers go on, so that no client mistakes old ones for new."""
        self._first += len(self._entries) + 1
        self._entries = list(entries)
        self.end = self._first + len(self._entries)
        self.complete_from, self.head = complete_from, head

    def append(self, entry: Entry) -> None:
        self._entries.append(entry)
        self.end += 1
        self.head = entry.id
        if len(self._entries) >= 2 * self._depth:
            surplus = len(self._entries) - self._depth
            self.complete_from = self._entries[surplus - 1].id
            del self._entries[:surplus]
            self._first += surplus

    @property
    def first(self) -> int:
        return self._first

    def number_after(self, position: StreamId) -> int | None:
        """The number of the first entry after `position`; None where the ring no longer reaches back that far."""
        if position < self.complete_from:
            return None
        return self._first + bisect_right(self._entries, position, key=_position)

    def entries(self, start: int, end: int) -> list[Entry]:
        return self._entries[max(0, start - self._first) : max(0, end - self._first)]
