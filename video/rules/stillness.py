"""Leaves out what has stood on one spot for long: a statue, a figure on a sign, a parked car beside a road."""

from __future__ import annotations

from dataclasses import dataclass, field

from video.rules.geometry import Box, overlap
from video.rules.temporal import Lasting, Thing

_SAME_PLACE = 0.7
_FORGOTTEN_SECONDS = 30.0
_SEEN_SHARE = 0.5


@dataclass(slots=True)
class _Spot:
    """A place where something was seen, and in how many of the looks since."""

    box: Box
    lasting: Lasting
    hits: int = 0
    looks: int = 0


@dataclass(slots=True)
class StillnessFilter:
    """Things pass unless something has been seen on their very spot for `after_seconds`, in half of the looks or more:
    where people keep passing nobody stands. A spot is forgotten when nothing was seen on it for half a minute. It goes
    by places, not by tracks: whoever stands there, the place is the same.
    """

    after_seconds: float
    _spots: list[_Spot] = field(default_factory=list, init=False)

    def moving(self, at: float, things: list[Thing]) -> list[Thing]:
        """Those of `things` that have not stood still for too long."""
        self._spots = [spot for spot in self._spots if 0 <= at - spot.lasting.last <= _FORGOTTEN_SECONDS]
        for spot in self._spots:
            spot.looks += 1
        return [thing for thing in things if self._stood(at, thing.box) < self.after_seconds]

    def _stood(self, at: float, box: Box) -> float:
        spot = max(self._spots, key=lambda each: overlap(each.box, box), default=None)
        if spot is None or overlap(spot.box, box) < _SAME_PLACE:
            spot = _Spot(box, Lasting(_FORGOTTEN_SECONDS), looks=1)
            self._spots.append(spot)
        if spot.hits == 0 or spot.lasting.last < at:
            spot.hits += 1
        stood = spot.lasting.holds(at)
        return stood if spot.hits >= _SEEN_SHARE * spot.looks else 0.0
