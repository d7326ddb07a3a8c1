"""The folder of ready models: each found by the checksum of what made it, and verified.

Light on purpose: web processes ask it for `/health` and must not load an inference engine for that.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from video.detectors.manifest import ModelEntry, find_model, read_manifest
from video.detectors.packages import sha256_of

# Part of every artefact's name: raise it when the conversion code changes what it writes.
CONVERTER_VERSION = 2
DETECTOR = "nanodet-g-416x256"
FACES = "centerface"


class MissingModel(RuntimeError):
    """A model is not in the store, or its file is damaged; the text names the remedy."""


@dataclass(frozen=True, slots=True)
class ModelState:
    """One model as `/health` shows it: `state` is ready or missing."""

    name: str
    state: str
    detail: str
    licence: str


def artefact_of(entry: ModelEntry, model_dir: Path) -> Path:
    """Where the ready file of this exact manifest entry lies."""
    return model_dir / f"{entry.name}-{entry.fingerprint}-{CONVERTER_VERSION}.onnx"


def model_path(name: str, model_dir: Path) -> Path:
    """The verified file of a model. Raises MissingModel."""
    path = artefact_of(find_model(name), model_dir)
    record = path.with_suffix(".json")
    remedy = "run `manage.py fetch_models`"
    if not path.is_file() or not record.is_file():
        raise MissingModel(f"model {name} is not there: {remedy}")
    stat = path.stat()
    if _digest(path, stat.st_mtime_ns, stat.st_size) != json.loads(record.read_text())["sha256"]:
        raise MissingModel(f"the file of model {name} is damaged: {remedy}")
    return path


@lru_cache(maxsize=32)
def _digest(path: Path, modified: int, size: int) -> str:
    """Read again only when the file was touched: `/health` asks every second."""
    return sha256_of(path)


def model_states(model_dir: Path) -> list[ModelState]:
    """Every model of the manifest and whether it can be used."""
    states = []
    for entry in read_manifest():
        try:
            model_path(entry.name, model_dir)
            states.append(ModelState(entry.name, "ready", f"version {entry.version}", entry.licence))
        except MissingModel as missing:
            states.append(ModelState(entry.name, "missing", str(missing), entry.licence))
    return states


def full_precision_of(entry: ModelEntry, model_dir: Path) -> Path:
    """The float32 model kept beside the int8 one, for comparison."""
    return model_dir / f"{entry.name}-{entry.fingerprint}-{CONVERTER_VERSION}.fp32.onnx"
