"""What a place usually looks like, and where it looks different now."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from video.rules.patches import Cells, Levels, Mask

QUIET_LEVELS = 6.0
"""Below this a difference is weather and coding noise. It decides how fast the reference follows, whatever a rule takes
for a change: so a higher threshold never finds more than a lower one."""
_FEWEST_AROUND = 6


@dataclass(slots=True)
class Background:
    """A reference per cell: the mean of what was seen of it in its first `learn_seconds`, then following.

    What is quiet follows within `follow_seconds` (the sun); what differs is taken up only within `forget_seconds`, so
    that a change stays one for a while and becomes normal in the end. Cells where something known stands are left
    alone. Begins anew when the picture's size changes.
    """

    learn_seconds: float = 8.0
    follow_seconds: float = 90.0
    forget_seconds: float = 3600.0
    _reference: Levels | None = field(default=None, init=False)
    _age: Levels | None = field(default=None, init=False)
    _last: float = field(default=0.0, init=False)

    def forget(self) -> None:
        """The scene is another one."""
        self._reference = self._age = None

    def difference(self, at: float, values: Levels, cells: Cells, *, by_surroundings: bool) -> tuple[Levels, Mask]:
        """How far each cell is from its reference, float32 like `values`, and for which cells that is known, bool.

        What changes alike around the zone (`by_surroundings`), or else in most of the patch, is light and is taken off.
        """
        if self._reference is None or self._age is None or self._reference.shape != values.shape:
            self._reference = values.copy()
            self._age = np.where(cells.free, 1e-6, 0.0).astype(np.float32)
            self._last = at
            return np.zeros_like(values), np.zeros(cells.free.shape, np.bool_)
        step = max(at - self._last, 0.0)
        self._last = at
        known = (self._age >= self.learn_seconds) & cells.free
        difference: Levels = values - self._reference
        difference = difference - self._light(difference, known, cells, by_surroundings=by_surroundings)
        self._learn(step, values, difference, cells.free)
        return difference, known

    def _light(self, difference: Levels, known: Mask, cells: Cells, *, by_surroundings: bool) -> Levels:
        shown = known & (cells.around if by_surroundings else cells.around | cells.inside)
        if np.count_nonzero(shown) < _FEWEST_AROUND:
            return np.zeros(difference.shape[2:], np.float32)
        light: Levels = np.median(difference[shown], axis=0).astype(np.float32)
        return light

    def _learn(self, step: float, values: Levels, difference: Levels, free: Mask) -> None:
        assert self._reference is not None and self._age is not None
        size = np.abs(difference) if difference.ndim == 2 else np.sqrt((difference**2).sum(axis=2))
        learning = free & (self._age < self.learn_seconds)
        # A clock that jumps teaches no more than one ordinary look.
        step = min(step, self.learn_seconds / 4)
        share = np.where(size < QUIET_LEVELS, step / self.follow_seconds, step / self.forget_seconds)
        share = np.where(learning, step / (self._age + step + 1e-9), np.minimum(share, 1.0))
        share = np.where(free, share, 0.0).astype(np.float32)
        if values.ndim == 3:
            share = share[:, :, None]
        self._reference += share * (values - self._reference)
        self._age += np.where(free, np.float32(step), np.float32(0.0))
