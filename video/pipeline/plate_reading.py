"""Reads one plate in a process of its own: `python -m video.pipeline.plate_reading`. Nothing is written anywhere.

Input is one line of JSON: the folder of models, the picture, and the boxes of vehicles in fractions of it. Only these
crops are looked at, never the rest of the picture.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import cv2
import numpy as np

from video.detectors.plates import Plate, PlateReader
from video.rules.geometry import Box


def read_plate(model_dir: Path, picture: Path, vehicles: Sequence[Box]) -> Plate:
    """The surest plate on any of the vehicles. Raises MissingModel."""
    reader = PlateReader(model_dir)
    whole = np.asarray(cv2.imread(str(picture)), np.uint8)
    height, width = whole.shape[:2]
    found = []
    for x0, y0, x1, y1 in vehicles:
        crop = whole[int(y0 * height) : int(np.ceil(y1 * height)), int(x0 * width) : int(np.ceil(x1 * width))]
        if min(crop.shape[:2]) >= 16:
            found.append(reader.read(crop))
    return max(found, key=lambda plate: (bool(plate.text), plate.score), default=Plate("", 0.0, "no_text"))


def main() -> None:
    job = json.loads(sys.stdin.readline())
    print(json.dumps(asdict(read_plate(Path(job["model_dir"]), Path(job["picture"]), job["vehicles"]))))


if __name__ == "__main__":
    main()
