"""A place departs from its own recent past: an outfall that runs in another colour, still water that begins to flow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np

from video.rules.background import Background
from video.rules.patches import Cells, Levels, Mask, box_of, cells_of
from video.rules.temporal import Claim, Lasting, PatchSource, Progress, Thing

_BRIGHTNESS_COUNTS = 0.5
"""Against colour: a shadow changes brightness, a dye changes both."""


@dataclass(slots=True)
class ReferenceChangeRule:
    """At least `share` of the zone has differed from its reference by `amount` levels for `seconds`, each second
    looked at; gaps up to `gap_seconds` are forgiven.

    `feature` colour compares the colours of the cells, flow how much they stir from one second to the next. What
    changes alike around the zone is light and is taken off.
    """

    needs_picture: ClassVar[bool] = True

    seconds: float
    feature: Literal["colour", "flow"] = "colour"
    amount: float = 12.0
    share: float = 0.2
    gap_seconds: float = 5.0
    every_seconds: float = 1.0
    _background: Background = field(default_factory=Background, init=False)
    _looked: float = field(default=float("-inf"), init=False)
    _before: Levels | None = field(default=None, init=False)
    _lasting: Lasting = field(init=False)

    def __post_init__(self) -> None:
        self._lasting = Lasting(self.gap_seconds)

    def see(self, at: float, things: list[Thing], patch: PatchSource | None = None) -> Claim | None:
        if at < self._looked:
            self._background.forget()
            self._before = None
            self._lasting = Lasting(self.gap_seconds)
            self._looked = float("-inf")
        if patch is None or at - self._looked < self.every_seconds:
            return None
        # Two pictures far apart in time say nothing about flow.
        before = self._before if at - self._looked <= self.gap_seconds else None
        self._looked = at
        shown = patch()
        cells = cells_of(shown, before)
        self._before = cells.brightness
        changed, compared = self._changed(at, cells)
        part = np.count_nonzero(changed) / max(1, compared)
        if not part or part < self.share:
            self._lasting.fails(at)
            return None
        lasted = self._lasting.holds(at)
        if lasted < self.seconds:
            return None
        score = float(min(1.0, 0.5 + 0.5 * part))
        return Claim(at - lasted, at, score, (Thing(0, f"changed_{self.feature}", score, box_of(shown, changed)),))

    def progress(self) -> Progress:
        return Progress(self._lasting.lasted, self.seconds)

    def _changed(self, at: float, cells: Cells) -> tuple[Mask, int]:
        """Which cells of the zone differ, and how many were compared; of less than half of it nothing is said."""
        values = cells.levels if self.feature == "colour" else cells.stir
        if values is None:
            return np.zeros_like(cells.inside), 0
        difference, known = self._background.difference(at, values, cells, by_surroundings=True)
        known &= cells.inside
        compared = int(np.count_nonzero(known))
        if self._background.is_elsewhere or compared * 2 < np.count_nonzero(cells.inside):
            return np.zeros_like(cells.inside), 0
        if self.feature == "colour":
            weighed = difference * np.array([_BRIGHTNESS_COUNTS, 1.0, 1.0], np.float32)
            size = np.sqrt((weighed**2).sum(axis=2))
        else:
            size = difference
        return known & (size >= self.amount), compared
