"""Somebody or something goes over a line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from video.rules.geometry import Point, foot_of, segments_cross, side_of
from video.rules.temporal import Claim, PatchSource, Progress, Thing

Direction = Literal["both", "to_left", "to_right"]


@dataclass(slots=True)
class CrossingRule:
    """At least `at_least` crossings of the line within `within_seconds`, in the asked `direction` (seen along the line
    from its first point to its last). A thing crosses when the path of its foot between two looks does; of one unseen
    for more than `gap_seconds` nobody knows the path, and it counts as new.
    """

    needs_picture: ClassVar[bool] = False

    line: tuple[Point, ...]
    at_least: int = 1
    direction: Direction = "both"
    within_seconds: float = 10.0
    gap_seconds: float = 2.0
    _feet: dict[int, tuple[float, Point]] = field(default_factory=dict, init=False)
    _crossed: list[tuple[float, Thing]] = field(default_factory=list, init=False)

    def see(self, at: float, things: list[Thing], patch: PatchSource | None = None) -> Claim | None:
        self._feet = {key: foot for key, foot in self._feet.items() if 0 <= at - foot[0] <= self.gap_seconds}
        self._crossed = [item for item in self._crossed if 0 <= at - item[0] <= self.within_seconds]
        crossing = []
        for thing in things:
            foot = foot_of(thing.box)
            before = self._feet.get(thing.track)
            if before and self._crosses(before[1], foot):
                crossing.append(thing)
            self._feet[thing.track] = (at, foot)
        self._crossed += [(at, thing) for thing in crossing]
        if not crossing or len(self._crossed) < self.at_least:
            return None
        about = tuple(thing for _, thing in self._crossed)
        return Claim(self._crossed[0][0], at, max(thing.score for thing in about), about)

    def progress(self) -> Progress:
        """Crossings counted within the time."""
        return Progress(0.0, 0.0, len(self._crossed), self.at_least)

    def _crosses(self, start: Point, end: Point) -> bool:
        return any(
            segments_cross(start, end, a, b) and self._asked(side_of(a, b, end))
            for a, b in zip(self.line, self.line[1:], strict=False)
        )

    def _asked(self, side: float) -> bool:
        # Pictures count y downwards, so a positive turn is to the right.
        return self.direction == "both" or (side > 0) == (self.direction == "to_right")
