"""Something stays that was not there, or is gone that was: a pile that a truck leaves, goods set down, a lid taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import ClassVar

import numpy as np

from video.rules.background import Background
from video.rules.patches import Levels, Mask, box_of, cells_of, largest_group
from video.rules.temporal import Claim, PatchSource, Progress, Thing

LABEL = "left_object"


@dataclass(slots=True)
class LeftObjectRule:
    """A patch of the zone, at least `least_share` of it and in one piece, has differed from its reference by `amount`
    levels for `seconds`, seen each second and never unlike for more than `gap_seconds`.

    Where known things stand nothing is compared. With `cause` words, only what began to differ at most `cause_seconds`
    after such a thing was in the zone counts.
    """

    needs_picture: ClassVar[bool] = True

    seconds: float
    least_share: float = 0.02
    amount: float = 22.0
    cause: frozenset[str] = frozenset()
    cause_seconds: float = 180.0
    gap_seconds: float = 6.0
    every_seconds: float = 1.0
    _background: Background = field(default_factory=Background, init=False)
    _looked: float = field(default=float("-inf"), init=False)
    _cause_seen: float = field(default=float("-inf"), init=False)
    _since: Levels | None = field(default=None, init=False)
    _last: Levels | None = field(default=None, init=False)
    _caused: Mask | None = field(default=None, init=False)
    _cells: int = field(default=0, init=False)

    def see(self, at: float, things: list[Thing], patch: PatchSource | None = None) -> Claim | None:
        if at < self._looked:
            self._begin_anew()
        if any(thing.label in self.cause for thing in things):
            self._cause_seen = at
        if patch is None or at - self._looked < self.every_seconds:
            return None
        self._looked = at
        shown = patch()
        cells = cells_of(shown)
        difference, known = self._background.difference(at, cells.levels, cells, by_surroundings=False)
        self._cells = int(np.count_nonzero(cells.inside))
        if self._background.is_elsewhere:
            return None
        changed = known & cells.inside & (np.sqrt((difference**2).sum(axis=2)) >= self.amount)
        since, caused = self._follow(at, changed, known)
        lasting = changed & (at - since >= self.seconds) & caused
        group = largest_group(lasting)
        share = int(np.count_nonzero(group)) / max(1, int(np.count_nonzero(cells.inside)))
        if not share or share < self.least_share:
            return None
        score = float(min(1.0, 0.5 + 0.5 * (share / self.least_share - 1) / 4))
        return Claim(float(since[group].max()), at, score, (Thing(0, LABEL, score, box_of(shown, group)),))

    def progress(self) -> Progress:
        """For how long as much of the zone as is asked has differed."""
        if self._since is None or self._last is None or self._caused is None:
            return Progress(0.0, self.seconds)
        differed = np.sort(self._looked - self._since[(self._last == self._looked) & self._caused])
        enough = max(1, ceil(self.least_share * self._cells))
        return Progress(float(differed[-enough]) if len(differed) >= enough else 0.0, self.seconds)

    def _follow(self, at: float, changed: Mask, known: Mask) -> tuple[Levels, Mask]:
        """Since when each cell has differed (float64 seconds), and whether a cause was about when that began."""
        if self._since is None or self._last is None or self._caused is None or self._since.shape != changed.shape:
            self._since = np.full(changed.shape, np.inf)
            self._last = np.full(changed.shape, -np.inf)
            self._caused = np.zeros(changed.shape, np.bool_)
        broken = at - self._last > self.gap_seconds
        begins = changed & (np.isinf(self._since) | broken)
        self._since[broken & ~changed] = np.inf
        self._since[begins] = at
        self._caused[begins] = not self.cause or at - self._cause_seen <= self.cause_seconds
        self._last[changed] = at
        return self._since, self._caused

    def _begin_anew(self) -> None:
        self._background.forget()
        self._since = self._last = self._caused = None
        self._looked = self._cause_seen = float("-inf")
