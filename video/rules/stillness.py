"""Leaves out what has stood on one spot for long: a statue, a figure on a sign, a parked car beside a road."""

from __future__ import annotations

from dataclasses import dataclass, field

from video.rules.geometry import Box, overlap
from video.rules.temporal import Lasting, Thing

_SAME_PLACE = 0.7
_FORGOTTEN_SECONDS = 30.0


@dataclass(slots=True)
class StillnessFilter:
    """Things pass unless something has been seen on their very spot for `after_seconds`; a spot is forgotten when
    nothing was seen on it for half a minute. It goes by places, not by tracks: whoever stands there, the place is the
    same."""

    after_seconds: float
    _spots: list[tuple[Box, Lasting]] = field(default_factory=list, init=False)

    def moving(self, at: float, things: list[Thing]) -> list[Thing]:
        """Those of `things` that have not stood still for too long."""
        self._spots = [spot for spot in self._spots if 0 <= at - spot[1].last <= _FORGOTTEN_SECONDS]
        return [thing for thing in things if self._stood(at, thing.box) < self.after_seconds]

    def _stood(self, at: float, box: Box) -> float:
        near = [(overlap(spot, box), lasting) for spot, lasting in self._spots]
        best = max(near, key=lambda item: item[0], default=None)
        if best is None or best[0] < _SAME_PLACE:
            lasting = Lasting(_FORGOTTEN_SECONDS)
            self._spots.append((box, lasting))
            return lasting.holds(at)
        return best[1].holds(at)
