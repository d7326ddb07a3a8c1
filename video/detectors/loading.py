"""Opening ready models for use."""

from __future__ import annotations

from pathlib import Path

from video.detectors.centerface import CenterFace
from video.detectors.manifest import find_model
from video.detectors.nanodet import NanoDet
from video.detectors.store import DETECTOR, FACES, model_path


def load_detector(model_dir: Path, name: str = DETECTOR) -> NanoDet:
    """The default detector, warmed up. Raises MissingModel."""
    return NanoDet(model_path(name, model_dir), find_model(name).labels)


def load_faces(model_dir: Path) -> CenterFace:
    """The face finder, warmed up. Raises MissingModel."""
    return CenterFace(model_path(FACES, model_dir))
