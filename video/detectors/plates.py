"""Reads the plate of a vehicle from a crop of a picture. What is no plate by its form is not told at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from video.detectors.pictures import Picture
from video.detectors.sessions import open_session
from video.detectors.store import PLATE_TEXT, TEXT_BOXES, model_path

Why = Literal["", "no_text", "not_a_plate"]

_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]"
    r"(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[A-HJ-NP-Z0-9]{6})"
)
"""Five characters after the place for fuel, six for new energy; I and O are not used."""
_NOISE = re.compile(r"[\s·•・∙.．。:：\-—_]")
_SIDE = 736
"""A crop is brought to this width: plates of a few dozen pixels are found better enlarged."""
_HEIGHT = 48
_WIDEST = 480
_SURE, _BOX_SURE = 0.3, 0.4
_GROWN = 1.5
"""The network marks the middle of a line of text; the box is the mark, so much larger."""
_LEAST_SCORE = 0.6


@dataclass(frozen=True, slots=True)
class Plate:
    """`text` is empty where `why` says why."""

    text: str
    score: float
    why: Why


class PlateReader:
    """Both networks of PP-OCR. Raises MissingModel."""

    def __init__(self, model_dir: Path) -> None:
        self._boxes = open_session(model_path(TEXT_BOXES, model_dir))
        self._text = open_session(model_path(PLATE_TEXT, model_dir))
        letters = self._text.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._letters = ["", *letters, " "]  # the first means "nothing here", as such networks count

    def read(self, crop: Picture) -> Plate:
        """The surest plate in a crop of one vehicle, uint8 (h, w, 3) BGR."""
        lines = [self._line(part) for part in self._found(crop)]
        if not lines:
            return Plate("", 0.0, "no_text")
        plates = [(match.group(), score) for text, score in lines if (match := _PLATE.search(_plain(text)))]
        if not plates:
            return Plate("", 0.0, "not_a_plate")
        text, score = max(plates, key=lambda plate: plate[1])
        return Plate(text, score, "") if score >= _LEAST_SCORE else Plate("", score, "not_a_plate")

    def _found(self, crop: Picture) -> list[Picture]:
        """The parts of the crop that hold a line of text."""
        scale = _SIDE / max(crop.shape[:2])
        height, width = (max(32, round(side * scale / 32) * 32) for side in crop.shape[:2])
        whole = np.asarray(cv2.resize(crop, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
        blob = ((whole.astype(np.float32) / 255 - 0.5) / 0.5).transpose(2, 0, 1)[np.newaxis]
        (heat,) = self._boxes.run(None, {self._boxes.get_inputs()[0].name: blob})
        marks, _ = cv2.findContours((heat[0, 0] > _SURE).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        parts = []
        for mark in marks:
            (x, y), (w, h), angle = cv2.minAreaRect(mark)
            if min(w, h) < 3 or _mean_inside(heat[0, 0], mark) < _BOX_SURE:
                continue
            grow = w * h * _GROWN / (2 * (w + h))
            parts.append(_straightened(whole, (x, y), (w + 2 * grow, h + 2 * grow), angle))
        return parts

    def _line(self, part: Picture) -> tuple[str, float]:
        width = min(_WIDEST, max(_HEIGHT, round(part.shape[1] * _HEIGHT / part.shape[0])))
        small = cv2.resize(part, (width, _HEIGHT)).astype(np.float32)
        blob = ((small / 255 - 0.5) / 0.5).transpose(2, 0, 1)[np.newaxis]
        (chances,) = self._text.run(None, {self._text.get_inputs()[0].name: blob})
        best = chances[0].argmax(axis=1)
        told = [step for step in range(len(best)) if best[step] and (not step or best[step] != best[step - 1])]
        if not told:
            return "", 0.0
        return "".join(self._letters[best[step]] for step in told), float(np.mean([chances[0][s].max() for s in told]))


def _plain(text: str) -> str:
    return _NOISE.sub("", text).upper()


def _mean_inside(heat: NDArray[np.float32], mark: NDArray[np.int32]) -> float:
    x, y, w, h = cv2.boundingRect(mark)
    mask = np.zeros((h, w), np.uint8)
    cv2.fillPoly(mask, [mark.reshape(-1, 2) - (x, y)], 1)
    return float(cv2.mean(heat[y : y + h, x : x + w], mask)[0])


def _straightened(picture: Picture, middle: tuple[float, float], size: tuple[float, float], angle: float) -> Picture:
    """The turned rectangle, lying level with its longer side."""
    width, height = size
    if width < height:
        width, height, angle = height, width, angle - 90
    angle = (angle + 90) % 180 - 90  # never upside down: vehicles stand on their wheels
    turn = cv2.getRotationMatrix2D(middle, angle, 1.0)
    turn[:, 2] += np.array([width / 2 - middle[0], height / 2 - middle[1]])
    out = (max(1, round(width)), max(1, round(height)))
    return np.asarray(cv2.warpAffine(picture, turn, out, borderMode=cv2.BORDER_REPLICATE), np.uint8)
