"""What was seen, packed small enough to be kept for days: times, boxes, words and scores, never a pixel.

A block holds the looks of one camera over about a minute. Boxes are kept in 1/4096 of the picture, scores in 1/1000
(rounded down, so that a threshold of up to three decimals decides as it did live), times in milliseconds. A look at
which nothing changed costs next to nothing: such looks are counted. The first byte is the version of the format; what
is written in one version is read for ever, or refused by its number.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

VERSION = 1
SIDES = 4096
SCORES = 1000
_SAME, _CHANGED = 0, 1


class UnknownFormat(Exception):
    """Bytes of another version, or no block at all."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One followed thing, quantised: `box` in 1/4096 of the picture, `score` in 1/1000."""

    track: int
    label: str
    score: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class SeenLook:
    """One look: `at` in milliseconds of the stream's own time, and what was followed."""

    at: int
    things: tuple[Seen, ...]


def quantised(track: int, label: str, score: float, box: Sequence[float]) -> Seen:
    """`box` in fractions of the picture, `score` 0 to 1; what lies outside is brought to the edge."""
    x0, y0, x1, y1 = (min(SIDES, max(0, round(float(side) * SIDES))) for side in box)
    return Seen(track, label, min(SCORES, max(0, int(score * SCORES + 1e-4))), (x0, y0, x1, y1))


def box_of(seen: Seen) -> tuple[float, float, float, float]:
    """In fractions of the picture again."""
    x0, y0, x1, y1 = seen.box
    return x0 / SIDES, y0 / SIDES, x1 / SIDES, y1 / SIDES


@dataclass(slots=True)
class Packer:
    """Takes the looks of one block in their order; `packed` gives its bytes. Times may jump either way."""

    looks: int = field(default=0, init=False)
    things: int = field(default=0, init=False)
    _words: list[str] = field(default_factory=list, init=False)
    _body: bytearray = field(default_factory=bytearray, init=False)
    _last: SeenLook | None = field(default=None, init=False)
    _begun: int = field(default=0, init=False)
    _run: list[int] = field(default_factory=lambda: [0, 0], init=False)

    @property
    def size(self) -> int:
        """Bytes so far, before they are compressed."""
        return len(self._body)

    def add(self, look: SeenLook) -> None:
        last = self._last
        step = look.at - last.at if last else 0
        if last is None:
            self._begun = look.at
        if last is not None and look.things == last.things:
            if self._run[0] and self._run[1] != step:
                self._end_run()
            self._run = [self._run[0] + 1, step]
        else:
            self._end_run()
            self._write_change(step, look.things, {seen.track: seen for seen in last.things} if last else {})
        self.looks += 1
        self.things += len(look.things)
        self._last = look

    def packed(self) -> bytes:
        self._end_run()
        head = bytearray()
        _write(head, _folded(self._begun))
        _write(head, len(self._words))
        for word in self._words:
            encoded = word.encode()
            _write(head, len(encoded))
            head += encoded
        return bytes([VERSION]) + zlib.compress(bytes(head + self._body), 6)

    def _end_run(self) -> None:
        times, step = self._run
        if times:
            _write(self._body, times << 1 | _SAME)
            _write(self._body, _folded(step))
            self._run = [0, 0]

    def _write_change(self, step: int, things: tuple[Seen, ...], before: dict[int, Seen]) -> None:
        _write(self._body, len(things) << 1 | _CHANGED)
        _write(self._body, _folded(step))
        track = 0
        for seen in things:
            known = before.get(seen.track)
            word = self._word(seen.label)
            _write(self._body, _folded(seen.track - track) << 1 | (known is not None))
            _write(self._body, word)
            base, score = (known.box, known.score) if known else ((0, 0, 0, 0), 0)
            for side, was in zip(seen.box, base, strict=True):
                _write(self._body, _folded(side - was))
            _write(self._body, _folded(seen.score - score))
            track = seen.track

    def _word(self, label: str) -> int:
        if label not in self._words:
            self._words.append(label)
        return self._words.index(label)


def unpacked(data: bytes) -> Iterator[SeenLook]:
    """The looks of a block. Looks with the same things share the same tuple. Raises UnknownFormat."""
    if not data or data[0] != VERSION:
        raise UnknownFormat(f"version {data[0] if data else None} is not known")
    try:
        body = memoryview(zlib.decompress(data[1:]))
    except zlib.error as error:
        raise UnknownFormat("the block is damaged") from error
    try:
        yield from _looks(body)
    except (IndexError, UnicodeDecodeError) as error:
        raise UnknownFormat("the block is damaged") from error


def _looks(body: memoryview) -> Iterator[SeenLook]:
    begun, place = _read(body, 0)
    count, place = _read(body, place)
    words = []
    for _ in range(count):
        length, place = _read(body, place)
        words.append(bytes(body[place : place + length]).decode())
        place += length
    at = _unfolded(begun)
    things: tuple[Seen, ...] = ()
    while place < len(body):
        code, place = _read(body, place)
        step, place = _read(body, place)
        if code & 1 == _CHANGED:
            at += _unfolded(step)
            things, place = _read_things(body, place, code >> 1, words, {seen.track: seen for seen in things})
            yield SeenLook(at, things)
            continue
        for _ in range(code >> 1):
            at += _unfolded(step)
            yield SeenLook(at, things)


def _read_things(
    body: memoryview, place: int, count: int, words: list[str], before: dict[int, Seen]
) -> tuple[tuple[Seen, ...], int]:
    found = []
    track = 0
    for _ in range(count):
        code, place = _read(body, place)
        track += _unfolded(code >> 1)
        word, place = _read(body, place)
        known = before[track] if code & 1 and track in before else None
        base = (*known.box, known.score) if known else (0, 0, 0, 0, 0)
        values = []
        for was in base:
            change, place = _read(body, place)
            values.append(was + _unfolded(change))
        x0, y0, x1, y1, score = values
        found.append(Seen(track, words[word], score, (x0, y0, x1, y1)))
    return tuple(found), place


def _folded(value: int) -> int:
    """Small numbers of either sign become small numbers: 0, -1, 1, -2 → 0, 1, 2, 3."""
    return value << 1 if value >= 0 else (-value << 1) - 1


def _unfolded(value: int) -> int:
    return -((value + 1) >> 1) if value & 1 else value >> 1


def _write(into: bytearray, value: int) -> None:
    while value > 127:
        into.append(value & 127 | 128)
        value >>= 7
    into.append(value)


def _read(body: memoryview, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = body[place]
        place += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, place
        shift += 7
