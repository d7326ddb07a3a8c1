"""Opening ready models for use."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import numpy as np

from video.detectors.centerface import CenterFace
from video.detectors.heads import Head, HeadDetector
from video.detectors.layouts import Layout
from video.detectors.letterbox import Extent, Letterbox
from video.detectors.manifest import ModelEntry, find_model
from video.detectors.nanodet import NanoDet
from video.detectors.own import find_own
from video.detectors.protocol import Detector
from video.detectors.sessions import CPU
from video.detectors.store import DETECTOR, FACES, MissingModel, model_path, own_path, require_accepted

_TRIES = 5


def load_detector(
    model_dir: Path, name: str = DETECTOR, *, providers: Sequence[str] = CPU, accepted: Collection[str] = ()
) -> Detector:
    """A detector by name, the site's own included, warmed up. Raises MissingModel."""
    own = find_own(name, model_dir)
    if own is not None:
        head = Head(Layout(own.layout), own.labels, own.threshold, own.stretched)
        return HeadDetector(own_path(own, model_dir), head, providers)
    try:
        entry = find_model(name)
    except KeyError as error:
        raise MissingModel(f"model {name} is not there: it was switched off or removed") from error
    require_accepted(entry, accepted)
    return open_detector(entry, model_path(name, model_dir), providers)


def open_detector(entry: ModelEntry, path: Path, providers: Sequence[str] = CPU) -> Detector:
    """The detector of a manifest entry from this file."""
    return _OPENERS[entry.kind](entry, path, providers)


def _nanodet(entry: ModelEntry, path: Path, providers: Sequence[str]) -> Detector:
    return NanoDet(path, entry.labels, providers=providers)


def _ssd(entry: ModelEntry, path: Path, providers: Sequence[str]) -> Detector:
    # The network learnt from pictures pulled to a square.
    return HeadDetector(path, Head(Layout.SSD, entry.labels, threshold=0.3, stretched=True), providers)


def _yolo12(entry: ModelEntry, path: Path, providers: Sequence[str]) -> Detector:
    return HeadDetector(path, Head(Layout.YOLOV8, entry.labels), providers)


_OPENERS: dict[str, Callable[[ModelEntry, Path, Sequence[str]], Detector]] = {
    "nanodet": _nanodet,
    "ssd": _ssd,
    "yolo12": _yolo12,
}


def load_faces(model_dir: Path, *, providers: Sequence[str] = CPU) -> CenterFace:
    """The face finder, warmed up. Raises MissingModel."""
    return CenterFace(model_path(FACES, model_dir), providers=providers)


def letterbox_of(detector: Detector) -> Letterbox:
    """What brings pictures into the shape that this detector asks for. One per camera."""
    return Letterbox(width=detector.width, height=detector.height, stretched=detector.stretched)


def milliseconds_of(detector: Detector) -> float:
    """What one picture costs on this machine: the median of a few, one at a time."""
    frames = np.full((1, detector.height, detector.width, 3), 114, np.uint8)
    extent = [Extent(detector.width, detector.height)]
    took = []
    for _ in range(_TRIES):
        started = time.perf_counter()
        detector.detect(frames, extent)
        took.append(time.perf_counter() - started)
    return round(float(np.median(took)) * 1000, 1)
