"""The folder of ready models: each found by the checksum of what made it, and verified.

Light on purpose: web processes ask it for `/health` and must not load an inference engine for that.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from video.detectors.manifest import ModelEntry, find_model, read_manifest
from video.detectors.own import OwnModel, find_own, read_own
from video.detectors.packages import sha256_of

# Part of every artefact's name: raise it when the conversion code changes what it writes.
CONVERTER_VERSION = 2
DETECTOR = "nanodet-g-416x256"
FACES = "centerface"
TEXT_BOXES = "pp-ocr-text-boxes"
PLATE_TEXT = "pp-ocr-text"
_REMEDY = "run `manage.py fetch_models`"


class MissingModel(RuntimeError):
    """A model is not in the store, or its file is damaged; the text names the remedy."""


class LicenceNotAccepted(MissingModel):
    """A copyleft model that the site has not chosen; the text names the licence and the switch."""


@dataclass(frozen=True, slots=True)
class ModelState:
    """One model as `/health` shows it: `state` is ready, missing, or not_accepted (an offer, not a fault)."""

    name: str
    state: str
    detail: str
    licence: str
    milliseconds: float | None = None
    needed: bool = True


def artefact_of(entry: ModelEntry, model_dir: Path) -> Path:
    """Where the ready file of this exact manifest entry lies."""
    return model_dir / f"{entry.name}-{entry.fingerprint}-{CONVERTER_VERSION}.onnx"


def require_accepted(entry: ModelEntry, accepted: Collection[str]) -> None:
    """Raises LicenceNotAccepted for a model whose licence the site must choose and has not."""
    if entry.opt_in and entry.licence not in accepted:
        raise LicenceNotAccepted(
            f"model {entry.name} is under {entry.licence} and is used only where the site accepts that licence: "
            f"set MODEL_LICENCES={entry.licence}, then {_REMEDY}"
        )


def model_path(name: str, model_dir: Path) -> Path:
    """The verified file of a model of the manifest. Raises MissingModel."""
    entry = find_model(name)
    remedy = _REMEDY if entry.needed else f"run `manage.py fetch_models {name}`"
    path = artefact_of(entry, model_dir)
    record = path.with_suffix(".json")
    if not path.is_file() or not record.is_file():
        raise MissingModel(f"model {name} is not there: {remedy}")
    _verify(path, json.loads(record.read_text())["sha256"], name, remedy)
    return path


def own_path(model: OwnModel, model_dir: Path) -> Path:
    """The verified file of a model that the site brought. Raises MissingModel."""
    path = model_dir / model.file
    if not path.is_file():
        raise MissingModel(f"the file of model {model.name} is gone: send it again")
    _verify(path, model.sha256, model.name, "send it again")
    return path


def _verify(path: Path, sha256: str, name: str, remedy: str) -> None:
    stat = path.stat()
    if _digest(path, stat.st_mtime_ns, stat.st_size) != sha256:
        raise MissingModel(f"the file of model {name} is damaged: {remedy}")


@lru_cache(maxsize=64)
def _digest(path: Path, modified: int, size: int) -> str:
    """Read again only when the file was touched: `/health` asks every second."""
    return sha256_of(path)


def record_of(entry: ModelEntry, model_dir: Path) -> dict[str, Any]:
    """What was written down when the model was made ready; empty where it was not."""
    record = artefact_of(entry, model_dir).with_suffix(".json")
    found: dict[str, Any] = json.loads(record.read_text()) if record.is_file() else {}
    return found


def state_of(entry: ModelEntry, model_dir: Path, accepted: Collection[str] = ()) -> ModelState:
    """One model of the manifest and whether it can be used."""
    milliseconds = record_of(entry, model_dir).get("milliseconds")
    needed = entry.needed
    try:
        require_accepted(entry, accepted)
        model_path(entry.name, model_dir)
    except LicenceNotAccepted as refused:
        return ModelState(entry.name, "not_accepted", str(refused), entry.licence, milliseconds, needed)
    except MissingModel as missing:
        return ModelState(entry.name, "missing", str(missing), entry.licence, milliseconds, needed)
    return ModelState(entry.name, "ready", f"version {entry.version}", entry.licence, milliseconds, needed)


def model_states(model_dir: Path, accepted: Collection[str] = ()) -> list[ModelState]:
    """Every model of the manifest, and every one that the site switched on."""
    return [state_of(entry, model_dir, accepted) for entry in read_manifest()] + [
        own_state_of(model, model_dir) for model in read_own(model_dir)
    ]


def own_state_of(model: OwnModel, model_dir: Path) -> ModelState:
    try:
        own_path(model, model_dir)
    except MissingModel as missing:
        return ModelState(model.name, "missing", str(missing), model.licence, model.milliseconds)
    return ModelState(model.name, "ready", "", model.licence, model.milliseconds)


def words_of_models(model_dir: Path, accepted: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """Detector → the words it knows: the default first, then the site's own, then the rest of the manifest.

    A model that is not ready is among them: a zone that needs it says so, and does not fall silent.
    """
    entries = {entry.name: entry for entry in read_manifest() if entry.purpose == "detector"}
    own = {model.name: tuple(word for word in model.labels if word) for model in read_own(model_dir)}
    rest = {name: entry.labels for name, entry in entries.items() if name != DETECTOR}
    return {DETECTOR: entries[DETECTOR].labels} | own | rest


def knows(name: str, model_dir: Path) -> bool:
    """Whether there is a detector of that name, ready or not."""
    return find_own(name, model_dir) is not None or name in words_of_models(model_dir)


def full_precision_of(entry: ModelEntry, model_dir: Path) -> Path:
    """The float32 model kept beside the int8 one, for comparison."""
    return model_dir / f"{entry.name}-{entry.fingerprint}-{CONVERTER_VERSION}.fp32.onnx"
