"""Occupancy and speed: a road that is full and slow."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from math import hypot
from statistics import median
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from video.rules.geometry import Point, Polygon, contains, foot_of
from video.rules.temporal import Claim, Lasting, PatchSource, Progress, Thing

_GRID = 32
_SPEED_OVER_SECONDS = 2.0
_SPEED_KNOWN_SECONDS = 0.8


@dataclass(slots=True)
class CongestionRule:
    """At least `at_least` vehicles cover `occupancy` of the zone while the middle one is slower than `slower_than`, for
    `seconds`; gaps up to `gap_seconds` are forgiven.

    Speed is in heights of the vehicle a second, which holds near and far. One that was just found has no speed yet; of
    fewer than half with a speed nothing is said.
    """

    needs_picture: ClassVar[bool] = False

    polygon: Polygon
    seconds: float
    occupancy: float = 0.35
    slower_than: float = 0.25
    at_least: int = 4
    gap_seconds: float = 8.0
    _places: NDArray[np.float64] = field(init=False)
    _paths: dict[int, deque[tuple[float, Point]]] = field(default_factory=dict, init=False)
    _lasting: Lasting = field(init=False)
    _seen: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._places = _places_in(self.polygon)
        self._lasting = Lasting(self.gap_seconds)

    def see(self, at: float, things: list[Thing], patch: PatchSource | None = None) -> Claim | None:
        self._seen = len(things)
        speeds = self._speeds(at, things)
        full = len(things) >= self.at_least and self.covered(things) >= self.occupancy
        if not (full and len(speeds) * 2 >= len(things) and median(speeds) < self.slower_than):
            self._lasting.fails(at)
            return None
        lasted = self._lasting.holds(at)
        if lasted < self.seconds:
            return None
        return Claim(at - lasted, at, median(thing.score for thing in things), tuple(things))

    def progress(self) -> Progress:
        return Progress(self._lasting.lasted, self.seconds, self._seen, self.at_least)

    def covered(self, things: list[Thing]) -> float:
        """Part of the zone under the boxes of the vehicles, 0 to 1."""
        if not len(self._places) or not things:
            return 0.0
        under = np.zeros(len(self._places), np.bool_)
        for thing in things:
            x0, y0, x1, y1 = thing.box
            x, y = self._places[:, 0], self._places[:, 1]
            under |= (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)
        return float(np.count_nonzero(under) / len(under))

    def _speeds(self, at: float, things: list[Thing]) -> list[float]:
        self._paths = {track: path for track, path in self._paths.items() if 0 <= at - path[-1][0] <= self.gap_seconds}
        speeds = []
        for thing in things:
            path = self._paths.setdefault(thing.track, deque())
            path.append((at, foot_of(thing.box)))
            while len(path) > 2 and at - path[1][0] >= _SPEED_OVER_SECONDS:
                path.popleft()
            (began, start), (_, end) = path[0], path[-1]
            if at - began >= _SPEED_KNOWN_SECONDS:
                height = max(thing.box[3] - thing.box[1], 1e-3)
                speeds.append(hypot(end[0] - start[0], end[1] - start[1]) / height / (at - began))
        return speeds


def _places_in(polygon: Polygon) -> NDArray[np.float64]:
    """Evenly spread points of the zone, (n, 2)."""
    xs, ys = [x for x, _ in polygon], [y for _, y in polygon]
    places = [
        (x, y)
        for x in np.linspace(min(xs), max(xs), _GRID + 2)[1:-1]
        for y in np.linspace(min(ys), max(ys), _GRID + 2)[1:-1]
        if contains(polygon, (float(x), float(y)))
    ]
    return np.array(places, np.float64).reshape(-1, 2)
