"""Cut-outs of real people and things, and the empty places behind them, taken from the packaged footage.

Everything is at the size of a 640 × 360 stream of the courtyard; colours are BGR. The same sources, the same pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import av
import cv2
import numpy as np

from video.trials.bicycle import cut_bicycle
from video.trials.sprites import Picture, Sprite

WIDTH, HEIGHT = 640, 360
_CROP_TOP, _CROP_HEIGHT = 40, 432
"""Of the courtyard's 768 × 576: the part that the demonstration camera shows."""
_BICYCLE_FRAME = 224
_DIFFERS = 26
_TALL, _WIDE, _AREA = (38, 78), (12, 36), 330
_STRIDE = 9.0
_LONG_ENOUGH = 14


@dataclass(slots=True)
class Walker:
    """One person of the real footage, followed while nobody else touches: cut-outs in order, ten a second."""

    steps: list[Sprite] = field(default_factory=list)
    feet: list[tuple[float, float]] = field(default_factory=list)

    @property
    def goes_right(self) -> bool:
        return self.feet[-1][0] >= self.feet[0][0]

    @property
    def height(self) -> float:
        return float(np.median([step.height for step in self.steps]))


class Material:
    """All cut-outs, made when first asked for. `folder` holds the packaged sources as set-up left them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def courtyard(self) -> list[Picture]:
        """The real clip, every picture."""
        return [self._courtyard_view(picture) for picture in _decoded(self._folder / "vtest.avi")]

    @cached_property
    def empty_courtyard(self) -> Picture:
        """What is behind everybody: the middle value of each pixel over the clip."""
        return np.asarray(np.median(np.stack(self.courtyard[::12]), axis=0), np.uint8)

    @cached_property
    def walkers(self) -> list[Walker]:
        """People who walk alone for a while, the longest walks first."""
        return _walkers(self.courtyard, self.empty_courtyard)

    @cached_property
    def van(self) -> Sprite:
        """The white van that is parked in the courtyard, seen from behind."""
        original = np.median(np.stack(list(_decoded(self._folder / "vtest.avi"))[::40]), axis=0).astype(np.uint8)
        return _cut_out(original, (650, 40, 76, 64), 0.9)

    @cached_property
    def bicycle(self) -> Sprite:
        """A city bicycle, 280 pixels long."""
        return cut_bicycle(list(_decoded(self._folder / "bikes.mp4"))[_BICYCLE_FRAME])

    @cached_property
    def street(self) -> list[Picture]:
        """The edited street scenes, every picture, with black above and below."""
        frames = list(_decoded(self._folder / "bikes.mp4"))
        return [cv2.copyMakeBorder(frame, 44, 44, 0, 0, cv2.BORDER_CONSTANT).astype(np.uint8) for frame in frames]

    @cached_property
    def lake(self) -> Picture:
        """Still water, 640 × 360."""
        picture = _read(self._folder / "lake.jpg")
        return np.asarray(cv2.resize(picture[128:246], (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC), np.uint8)

    @cached_property
    def fruit(self) -> Picture:
        """A table of fruit, seen from near."""
        return _read(self._folder / "fruits.jpg")

    @cached_property
    def heap(self) -> Sprite:
        """The heap of sand that lies behind the barrier of the courtyard."""
        return _cut_out(self.empty_courtyard, (246, 106, 72, 34), 1.0, blended=True)

    def _courtyard_view(self, picture: Picture) -> Picture:
        part = picture[_CROP_TOP : _CROP_TOP + _CROP_HEIGHT]
        return np.asarray(cv2.resize(part, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)


def _decoded(path: Path) -> Iterator[Picture]:
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            yield np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)


def _read(path: Path) -> Picture:
    picture = cv2.imread(str(path))
    if picture is None:
        raise FileNotFoundError(path)
    return np.asarray(picture, np.uint8)


def _cut_out(picture: Picture, box: tuple[int, int, int, int], scale: float, *, blended: bool = False) -> Sprite:
    """What fills the box (x, y, width, height), freed from its surroundings; or the whole box with soft edges."""
    x, y, width, height = box
    part = picture[y : y + height, x : x + width]
    if blended:
        rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
        distance = ((columns - width / 2) / (width / 2)) ** 2 + ((rows - height * 0.55) / (height * 0.45)) ** 2
        alpha = np.clip((1.0 - distance) * 4, 0, 1).astype(np.float32)
        return Sprite(part.copy(), alpha)
    cv2.setRNGSeed(7)
    mask = np.zeros(picture.shape[:2], np.uint8)
    known = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(picture, mask, box, known[0], known[1], 6, cv2.GC_INIT_WITH_RECT)
    inside = ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(np.uint8)[y : y + height, x : x + width]
    inside = cv2.morphologyEx(inside, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    alpha = np.asarray(cv2.GaussianBlur(inside.astype(np.float32), (3, 3), 0), np.float32)
    return Sprite(part.copy(), alpha).scaled(scale) if scale != 1.0 else Sprite(part.copy(), alpha)


def _walkers(pictures: list[Picture], empty: Picture) -> list[Walker]:
    open_walks: list[Walker] = []
    ended: list[Walker] = []
    for number in range(0, len(pictures)):
        seen = list(_people(pictures[number], empty))
        going = []
        for walk in open_walks:
            x, y = walk.feet[-1]
            near = [item for item in seen if abs(item[1][0] - x) < _STRIDE and abs(item[1][1] - y) < _STRIDE]
            if len(near) == 1 and abs(near[0][0].height - walk.steps[-1].height) <= 6:
                walk.steps.append(near[0][0])
                walk.feet.append(near[0][1])
                seen = [item for item in seen if item is not near[0]]
                going.append(walk)
            else:
                ended.append(walk)
        open_walks = going + [Walker([sprite], [foot]) for sprite, foot in seen]
    found = [walk for walk in ended + open_walks if len(walk.steps) >= _LONG_ENOUGH]
    return sorted(found, key=lambda walk: (-len(walk.steps), walk.feet[0]))


def _people(picture: Picture, empty: Picture) -> Iterator[tuple[Sprite, tuple[float, float]]]:
    """Upright things in front of the empty place that touch nothing else."""
    difference = cv2.absdiff(picture, empty).max(axis=2)
    mask = (difference > _DIFFERS).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 4), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask)
    for number in range(1, count):
        x, y, width, height, area = (int(value) for value in boxes[number])
        at_edge = x <= 1 or y <= 1 or x + width >= WIDTH - 1 or y + height >= HEIGHT - 1
        if at_edge or not (_TALL[0] <= height <= _TALL[1] and _WIDE[0] <= width <= _WIDE[1] and area >= _AREA):
            continue
        if width > height * 0.6:
            continue
        part = np.s_[max(0, y - 2) : y + height + 1, max(0, x - 2) : x + width + 2]
        alpha = cv2.GaussianBlur((labels[part] == number).astype(np.float32), (3, 3), 0)
        yield Sprite(picture[part].copy(), np.asarray(alpha, np.float32)), (x + width / 2, float(y + height))
