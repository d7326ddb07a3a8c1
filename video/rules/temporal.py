"""When what is seen in a zone becomes worth telling: presence, count, dwell, static object.

Rules are fed one `Sight` per analysed moment and answer with at most one `Claim`: the thing has lasted long enough.
They hold no clock; `at` is the stream's own time in seconds and only ever grows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from video.rules.geometry import Box, overlap


@dataclass(frozen=True, slots=True)
class Thing:
    """One tracked thing standing in the zone now."""

    track: int
    label: str
    score: float
    box: Box


@dataclass(frozen=True, slots=True)
class Claim:
    """The rule's condition holds. `since` is when it began (stream seconds), `things` what it is about."""

    since: float
    at: float
    confidence: float
    things: tuple[Thing, ...]


class TemporalRule(Protocol):
    """A condition over time in one zone."""

    def see(self, at: float, things: list[Thing]) -> Claim | None:
        """What stands in the zone at stream second `at`; a Claim for as long as the condition holds."""
        ...


@dataclass(slots=True)
class CountRule:
    """At least `at_least` things together for `seconds`; gaps up to `gap_seconds` are forgiven.

    With `at_least=1` this is presence.
    """

    seconds: float
    at_least: int = 1
    gap_seconds: float = 1.5
    _since: float | None = field(default=None, init=False)
    _last: float = field(default=0.0, init=False)
    _scores: list[float] = field(default_factory=list, init=False)

    def see(self, at: float, things: list[Thing]) -> Claim | None:
        if len(things) < self.at_least:
            if self._since is not None and at - self._last > self.gap_seconds:
                self._since = None
            return None
        if self._since is None or at - self._last > self.gap_seconds:
            self._since, self._scores = at, []
        self._last = at
        self._scores = [*self._scores[-49:], max(thing.score for thing in things)]
        if at - self._since < self.seconds:
            return None
        return Claim(self._since, at, sum(self._scores) / len(self._scores), tuple(things))


@dataclass(slots=True)
class DwellRule:
    """One and the same thing stays in the zone for `seconds`; it may be hidden for up to `gap_seconds`."""

    seconds: float
    gap_seconds: float = 2.0
    _stays: dict[int, tuple[float, float]] = field(default_factory=dict, init=False)

    def see(self, at: float, things: list[Thing]) -> Claim | None:
        self._stays = {track: stay for track, stay in self._stays.items() if at - stay[1] <= self.gap_seconds}
        for thing in things:
            self._stays[thing.track] = (self._stays.get(thing.track, (at, at))[0], at)
        staying = [thing for thing in things if at - self._stays[thing.track][0] >= self.seconds]
        if not staying:
            return None
        since = min(self._stays[thing.track][0] for thing in staying)
        return Claim(since, at, max(thing.score for thing in staying), tuple(staying))


@dataclass(slots=True)
class _Anchor:
    """A place where something has been standing since `since`."""

    box: Box
    since: float
    seen: float
    hits: int = 1
    looks: int = 1
    best: float = 0.0

    @property
    def seen_share(self) -> float:
        return self.hits / self.looks


@dataclass(slots=True)
class StaticObjectRule:
    """Something stands on the same spot for `seconds`.

    It remembers places instead of tracks, so a thing that is hidden by a passer-by and found again under a new track
    is still the same obstacle. A place is forgotten when nothing was seen on it for `gap_seconds`.
    """

    seconds: float
    same_place: float = 0.55
    gap_seconds: float = 10.0
    seen_share: float = 0.5
    _anchors: list[_Anchor] = field(default_factory=list, init=False)

    def see(self, at: float, things: list[Thing]) -> Claim | None:
        self._anchors = [anchor for anchor in self._anchors if at - anchor.seen <= self.gap_seconds]
        for anchor in self._anchors:
            anchor.looks += 1
        held: list[tuple[_Anchor, Thing]] = []
        for thing in things:
            anchor = self._anchor_of(thing, at)
            held.append((anchor, thing))
        lasting = [
            (anchor, thing)
            for anchor, thing in held
            if at - anchor.since >= self.seconds and anchor.seen_share >= self.seen_share
        ]
        if not lasting:
            return None
        since = min(anchor.since for anchor, _ in lasting)
        return Claim(since, at, max(anchor.best for anchor, _ in lasting), tuple(thing for _, thing in lasting))

    def _anchor_of(self, thing: Thing, at: float) -> _Anchor:
        best = max(self._anchors, key=lambda anchor: overlap(anchor.box, thing.box), default=None)
        if best is None or overlap(best.box, thing.box) < self.same_place:
            best = _Anchor(thing.box, at, at, best=thing.score)
            self._anchors.append(best)
            return best
        if best.seen < at:
            best.hits += 1
        best.seen = at
        best.best = max(best.best, thing.score)
        return best
