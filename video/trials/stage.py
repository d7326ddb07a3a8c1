"""A composed scene: an empty place, what stands and goes on it, light, and the camera's own noise. All seeded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import hypot

import cv2
import numpy as np

from video.trials.sprites import Picture, Sprite

RATE = 10
_NOISE = 1.6
_NOISE_FIELDS = 12
_STEP_PIXELS = 2.2
Path = Sequence[tuple[float, float, float]]
"""Where something is: (second, x, y); it waits where two in a row are alike, and is absent before the first second."""
Layer = Callable[[Picture, float], None]
"""Draws into the empty place at a second."""


@dataclass(frozen=True, slots=True)
class View:
    """The part of the courtyard that is seen: from (x, y) on, enlarged."""

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0

    def of(self, picture: Picture) -> Picture:
        height, width = picture.shape[:2]
        x, y = int(self.x), int(self.y)
        part = picture[y : y + round(height / self.zoom), x : x + round(width / self.zoom)]
        return np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


@dataclass(slots=True)
class Actor:
    """Something that is somewhere for a while. `tall` gives its height in pixels for the y of its feet; several
    `shapes` are the steps of somebody walking, gone through as the way goes on."""

    shapes: Sequence[Sprite]
    path: Path
    tall: Callable[[float], float]
    until: float = float("inf")
    fidgets: bool = False
    shift: float = 0.0

    def place(self, second: float) -> tuple[float, float] | None:
        if second < self.path[0][0] or second >= self.until:
            return None
        for (began, x0, y0), (ends, x1, y1) in pairwise(self.path):
            if began <= second < ends:
                share = (second - began) / (ends - began)
                return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
        return self.path[-1][1], self.path[-1][2]

    def shape(self, second: float) -> Sprite:
        if len(self.shapes) == 1:
            return self.shapes[0]
        way = self._way(second)
        if self.fidgets:
            # Who stands shifts his weight now and then: two neighbouring steps in turn.
            way += _STEP_PIXELS * (int((second + self.shift) / 2.3) % 2)
        turn = int(way / _STEP_PIXELS) % (2 * len(self.shapes) - 2)
        return self.shapes[min(turn, 2 * len(self.shapes) - 2 - turn)]

    def _way(self, second: float) -> float:
        """Pixels gone so far."""
        way = 0.0
        for (began, x0, y0), (ends, x1, y1) in pairwise(self.path):
            if second <= began:
                break
            way += hypot(x1 - x0, y1 - y0) * min(1.0, (second - began) / max(ends - began, 1e-6))
        return way


@dataclass(slots=True)
class Scene:
    """`light` gives the brightness of everything (1 = as it is) at a second."""

    empty: Picture
    seconds: float
    actors: Sequence[Actor] = ()
    layers: Sequence[Layer] = ()
    view: View = View()
    light: Callable[[float], float] = lambda _second: 1.0
    seed: int = 1
    _sizes: dict[tuple[int, int], Sprite] = field(default_factory=dict, init=False)

    def pictures(self) -> Iterator[Picture]:
        """Ten a second."""
        brighter, darker = _noise(self.seed, self.empty.shape[0], self.empty.shape[1])
        empty = self.view.of(self.empty) if self.view.zoom != 1.0 else self.empty
        for number in range(round(self.seconds * RATE)):
            second = number / RATE
            canvas = empty.copy()
            for layer in self.layers:
                layer(canvas, second)
            self._draw(canvas, second)
            light = self.light(second)
            if light != 1.0:
                cv2.convertScaleAbs(canvas, dst=canvas, alpha=light)
            # 7 and 12 share no factor: the fields come in ever new pairs.
            cv2.add(canvas, brighter[number % _NOISE_FIELDS], dst=canvas)
            cv2.subtract(canvas, darker[(number * 7 + 5) % _NOISE_FIELDS], dst=canvas)
            yield canvas

    def _draw(self, canvas: Picture, second: float) -> None:
        there = [(actor, place) for actor in self.actors if (place := actor.place(second))]
        for actor, (x, y) in sorted(there, key=lambda item: item[1][1]):
            shape = actor.shape(second)
            tall = max(4, round(actor.tall(y) * self.view.zoom))
            key = (id(shape), tall)
            if key not in self._sizes:
                self._sizes[key] = shape.scaled(tall / shape.height)
            zoom = self.view.zoom
            self._sizes[key].put_on(canvas, (x - self.view.x) * zoom, (y - self.view.y) * zoom)


@lru_cache(maxsize=2)
def _noise(seed: int, height: int, width: int) -> tuple[list[Picture], list[Picture]]:
    chance = np.random.default_rng(seed)

    def fields() -> list[Picture]:
        drawn = (np.abs(chance.normal(0, _NOISE, (height, width, 1))) for _ in range(_NOISE_FIELDS))
        return [np.repeat(one, 3, axis=2).astype(np.uint8) for one in drawn]

    return fields(), fields()
