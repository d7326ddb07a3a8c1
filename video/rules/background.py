"""What a place usually looks like, and where it looks different now."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from video.rules.patches import Cells, Levels, Mask
from video.rules.temporal import Lasting

QUIET_LEVELS = 6.0
"""Below this a difference is weather and coding noise. It decides how fast the reference follows, whatever a rule takes
for a change: so a higher threshold never finds more than a lower one."""
_FEWEST_AROUND = 6
_DARKEST = 8.0
_GAIN = (0.25, 4.0)
_LONGEST_STEP = 30.0
_OTHER_LEVELS = 15.0
_OTHER_SHARE = 0.5
_OTHER_SECONDS = 30.0


@dataclass(slots=True)
class Background:
    """A reference per cell: the mean of what was seen of it in its first `learn_seconds`, then following.

    What is quiet follows within `follow_seconds` (the sun); what differs is taken up only within `forget_seconds`, so
    that a change stays one for a while and becomes normal in the end. Cells where something known stands are left
    alone. Begins anew when the picture's size changes.

    Where most of what surrounds the zone differs too, the camera was turned or shakes: it `is_elsewhere`, and what is
    compared then says nothing about the zone. A view that stays another is learnt anew.
    """

    learn_seconds: float = 8.0
    follow_seconds: float = 90.0
    forget_seconds: float = 3600.0
    _reference: Levels | None = field(default=None, init=False)
    _age: Levels | None = field(default=None, init=False)
    _last: float = field(default=0.0, init=False)
    is_elsewhere: bool = field(default=False, init=False)
    _elsewhere: Lasting = field(default_factory=lambda: Lasting(_OTHER_SECONDS), init=False)

    def forget(self) -> None:
        """The scene is another one."""
        self._reference = self._age = None
        self._elsewhere.since = None

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
        lit = self._in_present_light(values, known, cells, by_surroundings=by_surroundings)
        difference: Levels = values - lit
        self._learn(step, values, lit, cells.free)
        self._look_around(at, _size(difference) >= _OTHER_LEVELS, known & cells.around)
        return difference, known

    def _look_around(self, at: float, differs: Mask, around: Mask) -> None:
        surroundings = int(np.count_nonzero(around))
        share = np.count_nonzero(differs & around) / max(1, surroundings)
        self.is_elsewhere = bool(surroundings >= _FEWEST_AROUND and share > _OTHER_SHARE)
        if not self.is_elsewhere:
            self._elsewhere.since = None
        elif self._elsewhere.holds(at) >= _OTHER_SECONDS:
            self.forget()

    def _in_present_light(self, values: Levels, known: Mask, cells: Cells, *, by_surroundings: bool) -> Levels:
        """The reference as it would look now. Light scales brightness and colour alike, and may tint them."""
        assert self._reference is not None
        shown = known & (cells.around if by_surroundings else cells.around | cells.inside)
        if np.count_nonzero(shown) < _FEWEST_AROUND:
            return self._reference
        lit: Levels = self._reference
        if values.ndim == 3:
            ratio = values[shown][:, 0] / np.maximum(self._reference[shown][:, 0], _DARKEST)
            lit = lit * np.float32(np.clip(np.median(ratio), *_GAIN))
        tint: Levels = np.median(values[shown] - lit[shown], axis=0).astype(np.float32)
        return lit + tint

    def _learn(self, step: float, values: Levels, lit: Levels, free: Mask) -> None:
        """Every cell follows the light; what is quiet follows what it shows, what differs is taken up slowly."""
        assert self._reference is not None and self._age is not None
        size = _size(values - lit)
        learning = free & (self._age < self.learn_seconds)
        # A clock that jumps teaches no more than one ordinary look.
        first = min(step, self.learn_seconds / 4)
        step = min(step, _LONGEST_STEP)
        with_light = min(step / self.follow_seconds, 1.0)
        toward_values = np.where(size < QUIET_LEVELS, with_light, min(step / self.forget_seconds, 1.0))
        toward_values = np.where(learning, first / (self._age + first + 1e-9), np.where(free, toward_values, 0.0))
        toward_light = np.where(learning, 0.0, with_light)
        if values.ndim == 3:
            toward_values, toward_light = toward_values[:, :, None], toward_light[:, :, None]
        followed = self._reference + toward_light * (lit - self._reference)
        self._reference = (followed + toward_values * (values - followed)).astype(np.float32)
        self._age += np.where(free, np.float32(first), np.float32(0.0))


def _size(difference: Levels) -> Levels:
    """Of each cell's difference, in levels."""
    size: Levels = np.abs(difference) if difference.ndim == 2 else np.sqrt((difference**2).sum(axis=2))
    return size
