"""When what is seen in a zone becomes worth telling: presence, count, dwell, static object.

Rules are fed one look at a time and answer with at most one `Claim`: the thing has lasted long enough. They hold no
clock; `at` is the stream's own time in seconds. It should only grow: where it jumps ahead by more than a rule forgives,
or backwards, the rule begins anew, so that no jump of a camera's clock is ever taken for patience.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from video.rules.geometry import Box, overlap
from video.rules.patches import Patch


@dataclass(frozen=True, slots=True)
class Thing:
    """One tracked thing standing in the zone now. What a rule made out in the picture itself has track 0."""

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


@dataclass(frozen=True, slots=True)
class Progress:
    """How near a rule is to its claim: for how long its condition has held of the seconds it must, and how many things
    meet it of those it needs. What a rule does not count has `needed` 0."""

    lasted_seconds: float
    needed_seconds: float
    seen: int = 0
    needed: int = 0

    @property
    def share(self) -> float:
        """0 to 1; 1 where there is nothing left to wait for."""
        return min(_share(self.lasted_seconds, self.needed_seconds), _share(self.seen, self.needed))


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole > 0 else 1.0


PatchSource = Callable[[], Patch]
"""Makes the zone's part of the picture when a rule asks for it, so that who does not ask pays nothing."""


class TemporalRule(Protocol):
    """A condition over time in one zone. Only a rule that `needs_picture` is given `patch`."""

    @property
    def needs_picture(self) -> bool: ...

    def see(self, at: float, things: list[Thing], patch: PatchSource | None = None) -> Claim | None:
        """What stands in the zone at stream second `at`; a Claim for as long as the condition holds."""
        ...

    def progress(self) -> Progress:
        """How near it was to its claim at the last look, for whoever sets the zone up."""
        ...


@dataclass(slots=True)
class Lasting:
    """For how long something has held; absences up to `gap_seconds` are forgiven, jumps of the clock are not."""

    gap_seconds: float
    since: float | None = None
    last: float = 0.0
    looked: float = -math.inf
    """The last look, also where it did not hold: a clock may go back between two looks at which it does."""

    def holds(self, at: float) -> float:
        """It holds now; returns for how many seconds it has."""
        if self.since is None or at < self.looked or at - self.last > self.gap_seconds:
            self.since = at
        self.last = self.looked = at
        return at - self.since

    def fails(self, at: float) -> None:
        """It does not hold now."""
        if at < self.looked or at - self.last > self.gap_seconds:
            self.since = None
        self.looked = at

    @property
    def lasted(self) -> float:
        """Seconds, up to when it was last seen to hold."""
        return 0.0 if self.since is None else self.last - self.since


@dataclass(slots=True)
class CountRule:
    """At least `at_least` things together for `seconds`; gaps up to `gap_seconds` are forgiven.

    With `at_least=1` this is presence.
    """

    needs_picture: ClassVar[bool] = False

    seconds: float
    at_least: int = 1
    gap_seconds: float = 1.5
    _lasting: Lasting = field(init=False)
    _scores: list[float] = field(default_factory=list, init=False)
    _seen: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._lasting = Lasting(self.gap_seconds)

    def see(self, at: float, things: list[Thing], patch: PatchSource | None = None) -> Claim | None:
        self._seen = len(things)
        if len(things) < self.at_least:
            self._lasting.fails(at)
            return None
        lasted = self._lasting.holds(at)
        if lasted == 0:
            self._scores = []
        self._scores = [*self._scores[-49:], max(thing.score for thing in things)]
        if lasted < self.seconds:
            return None
        return Claim(at - lasted, at, sum(self._scores) / len(self._scores), tuple(things))

    def progress(self) -> Progress:
        return Progress(self._lasting.lasted, self.seconds, self._seen, self.at_least)


@dataclass(slots=True)
class DwellRule:
    """One and the same thing stays in the zone for `seconds`; it may be hidden for up to `gap_seconds`."""

    needs_picture: ClassVar[bool] = False

    seconds: float
    gap_seconds: float = 2.0
    _stays: dict[int, Lasting] = field(default_factory=dict, init=False)
    _looked: float = field(default=-math.inf, init=False)

    def see(self, at: float, things: list[Thing], patch: PatchSource | None = None) -> Claim | None:
        went_on, self._looked = at >= self._looked, at
        self._stays = {
            track: stay for track, stay in self._stays.items() if went_on and at - stay.last <= self.gap_seconds
        }
        lasted = {
            thing.track: self._stays.setdefault(thing.track, Lasting(self.gap_seconds)).holds(at) for thing in things
        }
        staying = [thing for thing in things if lasted[thing.track] >= self.seconds]
        if not staying:
            return None
        longest = max(lasted[thing.track] for thing in staying)
        return Claim(at - longest, at, max(thing.score for thing in staying), tuple(staying))

    def progress(self) -> Progress:
        """Of the one that has stayed longest."""
        return Progress(max((stay.lasted for stay in self._stays.values()), default=0.0), self.seconds)


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
    """At least `at_least` things stand on the same spots for `seconds` each.

    It remembers places instead of tracks, so a thing that is hidden by a passer-by and found again under a new track
    is still the same obstacle. A place is forgotten when nothing was seen on it for `gap_seconds`.
    """

    needs_picture: ClassVar[bool] = False

    seconds: float
    at_least: int = 1
    same_place: float = 0.55
    gap_seconds: float = 10.0
    seen_share: float = 0.5
    _anchors: list[_Anchor] = field(default_factory=list, init=False)
    _seen: int = field(default=0, init=False)
    _looked: float = field(default=-math.inf, init=False)

    def see(self, at: float, things: list[Thing], patch: PatchSource | None = None) -> Claim | None:
        self._seen = len(things)
        went_on, self._looked = at >= self._looked, at
        self._anchors = [anchor for anchor in self._anchors if went_on and at - anchor.seen <= self.gap_seconds]
        for anchor in self._anchors:
            anchor.looks += 1
        lasting = [
            (anchor, thing)
            for anchor, thing in self._held(at, things)
            if at - anchor.since >= self.seconds and anchor.seen_share >= self.seen_share
        ]
        if len(lasting) < self.at_least:
            return None
        # So many stood together since the last of them came: of more than asked, the longest-standing count.
        since = sorted(anchor.since for anchor, _ in lasting)[self.at_least - 1]
        return Claim(since, at, max(anchor.best for anchor, _ in lasting), tuple(thing for _, thing in lasting))

    def progress(self) -> Progress:
        """Of as many as are needed; where fewer stand, of the one that has stood longest."""
        stood = sorted((anchor.seen - anchor.since for anchor in self._anchors), reverse=True)
        lasted = stood[min(self.at_least, len(stood)) - 1] if stood else 0.0
        return Progress(lasted, self.seconds, self._seen, self.at_least)

    def _held(self, at: float, things: list[Thing]) -> list[tuple[_Anchor, Thing]]:
        """Each thing with its place, the best fits first: two things never share one, in whatever order they come."""
        pairs = sorted(
            (
                (-fit, anchor.since, anchor.box, thing.box, thing.track, place, number)
                for place, anchor in enumerate(self._anchors)
                for number, thing in enumerate(things)
                if (fit := overlap(anchor.box, thing.box)) >= self.same_place
            ),
        )
        places = set(range(len(self._anchors)))
        held: dict[int, _Anchor] = {}
        for *_, place, number in pairs:
            if place in places and number not in held:
                places.discard(place)
                held[number] = self._anchors[place]
        for number, thing in enumerate(things):
            if number in held:
                self._meet(held[number], thing, at)
            else:
                held[number] = _Anchor(thing.box, at, at, best=thing.score)
                self._anchors.append(held[number])
        return [(held[number], thing) for number, thing in enumerate(things)]

    def _meet(self, anchor: _Anchor, thing: Thing, at: float) -> None:
        anchor.hits += 1
        anchor.seen = at
        anchor.best = max(anchor.best, thing.score)
