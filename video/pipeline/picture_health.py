"""Is the picture any good: black, covered, frozen, turned away, blurred? An observer that looks every few seconds.

It works on the brightness alone, made small, and costs some hundred microseconds each time. What the camera should
show is kept as a `Reference`: the outlines of its resting scene and how sharp they are. Light changes outlines little,
people and cars pass; a turned camera changes all of them. A worker that takes the camera over goes on with the same
reference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from video.pipeline.looks import Look

WIDTH, HEIGHT = 160, 90
EVERY_SECONDS = 2.0
_SHOWN = (80, 45)
_BLACK_MEAN, _BLACK_SPREAD, _FLAT_SPREAD = 20.0, 8.0, 3.5
_DIM_MEAN = 40.0
_SAME_SCENE, _OTHER_SCENE = 0.5, 0.25
_BLURRED, _LEARN_LOOKS = 0.3, 10
_FOLLOW_SECONDS, _DRIFT_SECONDS = 12.0, 1800.0

FloatPicture = NDArray[np.float32]
Findings = Mapping[str, bool]
"""What was looked for → whether it holds; what could not be told just now is left out."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the camera should show: outlines (float32, 45 × 80, 0–255) of its resting scene, and their sharpness."""

    outlines: FloatPicture
    sharpness: float

    def packed(self) -> bytes:
        """Some four kilobytes: no picture in which anybody could be seen."""
        return np.float32(self.sharpness).tobytes() + self.outlines.round().clip(0, 255).astype(np.uint8).tobytes()

    @classmethod
    def unpacked(cls, data: bytes) -> Reference | None:
        """None for what is no reference of this size."""
        if len(data) != 4 + _SHOWN[0] * _SHOWN[1]:
            return None
        outlines = np.frombuffer(data, np.uint8, offset=4).reshape(_SHOWN[1], _SHOWN[0]).astype(np.float32)
        return cls(outlines, float(np.frombuffer(data, np.float32, count=1)[0]))


class PictureJudge:
    """Says of each picture what is wrong with it. Knows one camera."""

    def __init__(self, reference: Reference | None = None, *, turns: bool = False) -> None:
        """A camera that `turns` looks elsewhere by right: another scene is learned, never told as moved."""
        self.reference = reference
        self._turns = turns
        self._background: FloatPicture | None = None
        self._coarse: NDArray[np.uint8] | None = None
        self._looks = 0
        self._at = 0.0

    def begin(self) -> None:
        """A new connection: nothing is known of what went before, except how the scene should look."""
        self._background, self._coarse, self._looks = None, None, 0

    def judge(self, luma: NDArray[np.uint8], at: float) -> Findings:
        """`luma` is uint8 (h, w) of any size, `at` in seconds."""
        # Every 8th pixel as it came: averaging would hide the noise by which a living picture differs from a dead one.
        coarse = luma[::8, ::8]
        same = self._coarse is not None and np.array_equal(coarse, self._coarse)
        self._coarse = coarse.copy()
        small = np.asarray(cv2.resize(luma, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
        mean, spread = (float(one[0, 0]) for one in cv2.meanStdDev(small))
        black = mean < _BLACK_MEAN and spread < _BLACK_SPREAD
        covered = not black and spread < _FLAT_SPREAD
        found = {"black": black, "covered": covered}
        if black or covered:
            return found
        found["frozen"] = same
        if not same:
            sharpness = float(cv2.Laplacian(cv2.resize(luma, (320, 180)), cv2.CV_32F).var()) / (spread * spread + 25.0)
            found |= self._compare(small, mean, sharpness, at)
        return found

    def _compare(self, small: NDArray[np.uint8], mean: float, sharpness: float, at: float) -> dict[str, bool]:
        step, self._at = at - self._at, at
        if self._background is None:
            self._background = small.astype(np.float32)
        else:
            follow = 1.0 - float(np.exp(-max(step, 0.0) / _FOLLOW_SECONDS))
            cv2.accumulateWeighted(small, self._background, max(follow, 1.0 / (self._looks + 1)))
        self._looks += 1
        if self._looks < _LEARN_LOOKS or mean < _DIM_MEAN:
            return {}  # too early, or too dark to tell
        outlines = _outlines(self._background)
        if self.reference is None:
            self.reference = Reference(outlines, sharpness)
            return {"moved": False, "blurred": False}
        likeness = _likeness(outlines, self.reference.outlines)
        if self._turns and likeness < _SAME_SCENE:
            self.reference = Reference(outlines, sharpness)
            return {"moved": False, "blurred": False}
        if likeness <= _OTHER_SCENE:
            return {"moved": True}
        if likeness < _SAME_SCENE:
            return {}  # half of the scene is hidden, by a bus as likely as by a hand: not told as either
        blurred = sharpness < _BLURRED * self.reference.sharpness
        if not blurred:
            self._drift(outlines, sharpness, step)
        return {"moved": False, "blurred": blurred}

    def _drift(self, outlines: FloatPicture, sharpness: float, step: float) -> None:
        """Trees grow and shadows wander: the reference follows within half an hour, while it is the same scene."""
        assert self.reference is not None
        part = min(max(step, 0.0) / _DRIFT_SECONDS, 0.05)
        known = self.reference
        self.reference = Reference(
            known.outlines * np.float32(1 - part) + outlines * np.float32(part),
            known.sharpness * (1 - part) + sharpness * part,
        )


class PictureObserver:
    """Shows a camera's pictures to its judge every `every` seconds and hands on what it says."""

    def __init__(
        self, judge: PictureJudge, told: Callable[[Findings, Look], None], every: float = EVERY_SECONDS
    ) -> None:
        self._judge = judge
        self._told = told
        self._every = every
        self._next = float("-inf")

    def begin(self) -> None:
        self._judge.begin()
        self._next = float("-inf")

    def see(self, look: Look) -> None:
        if look.at < self._next:
            return
        self._next = look.at + self._every
        self._told(self._judge.judge(look.luma, look.at), look)


def _outlines(background: FloatPicture) -> FloatPicture:
    soft = cv2.GaussianBlur(background, (5, 5), 0)
    strength = cv2.magnitude(cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1))
    # Roots, so that one bright edge does not outweigh the whole scene.
    return np.asarray(cv2.resize(cv2.sqrt(strength) * 8, _SHOWN, interpolation=cv2.INTER_AREA), np.float32)


def _likeness(one: FloatPicture, other: FloatPicture) -> float:
    """Correlation of two outlines, −1 to 1; 1 where either is empty, since nothing can be told then."""
    a, b = one - one.mean(), other - other.mean()
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float((a * b).sum()) / size if size > 1e-6 else 1.0
