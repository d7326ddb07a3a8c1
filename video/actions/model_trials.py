"""Trying a model: pictures are gathered here, the model runs elsewhere, and its verdict is written down."""

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from core.actor import SYSTEM, Actor
from core.clock import now
from video.actions.own_models import lock_model, note, sent_path
from video.detectors.own import FOLDER
from video.detectors.packages import sha256_of
from video.model_lifecycle import OWN_MODEL, ModelMove
from video.models import Camera, CameraLease, OwnModel
from video.models.own_model import PICTURES
from video.pipeline.model_trial import Job, encoded
from video.pipeline.samples import pictures_of
from video.queries.plans import plans_of

log = logging.getLogger(__name__)

_TIMEOUT_SECONDS = 300
_CAMERAS = 4
_LOOKED_AT, _CALIBRATED_ON = 12, 40


def try_model(model_id: int, version: int) -> None:
    """The trial of the model as it was at `version`; a model that was changed or removed meanwhile is left alone."""
    model = OwnModel.objects.filter(pk=model_id, state="trying", version=version).first()
    if model is None:
        return
    folder = Path(tempfile.mkdtemp(prefix="trial-", dir=Path(settings.MODEL_DIR) / FOLDER))
    try:
        _write(model, _verdict_of(model, folder), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _verdict_of(model: OwnModel, folder: Path) -> dict[str, Any]:
    job = Job(
        file=str(sent_path(model)),
        folder=str(folder),
        model_dir=str(settings.MODEL_DIR),
        labels=list(model.labels),
        layout=model.layout,
        colour=model.colour,
        scale=model.scale,
        height=model.height,
        width=model.width,
        threshold=model.threshold,
        stretched=model.stretched,
        int8=model.calibrate,
    )
    pictures = pictures_of(*_material(), _CALIBRATED_ON if model.calibrate else _LOOKED_AT)
    return run_apart(encoded(job, pictures))


def run_apart(job: bytes, *, timeout: float = _TIMEOUT_SECONDS) -> dict[str, Any]:
    """The verdict of the process that looks at the model; a process that dies or hangs is a verdict too.

    It is given nothing of this process's environment but where its programs are: no address, no password.
    """
    environment = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "HOME") if key in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "video.pipeline.model_trial"],
            input=job,
            capture_output=True,
            timeout=timeout,
            check=False,
            cwd=settings.BASE_DIR,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return {"code": "too_slow", "detail": f"not done after {timeout:.0f} s"}
    try:
        verdict: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        log.warning("a model ended its trial with %s: %s", done.returncode, done.stderr[-500:])
        # Killed by a limit: -24 is the processor's, -9 and -6 are the memory's as a rule.
        code = {-24: "too_slow", -9: "too_much_memory", -6: "too_much_memory"}.get(done.returncode, "does_not_run")
        return {"code": code, "detail": f"the process ended with {done.returncode}"}
    return verdict


def _material() -> tuple[list[Any], list[Path]]:
    """Cameras that are online just now, and the demonstration's clips where those are too few."""
    online = Camera.objects.filter(enabled=True, lease__state=CameraLease.State.ONLINE).order_by("pk")[:_CAMERAS]
    plans = [plan for _, plan in plans_of({camera.pk: 0 for camera in online}).values()]
    clips = Path(settings.MODEL_DIR).parent / "clips"
    return plans, [clip for clip in (clips / "courtyard.mp4", clips / "street.mp4") if clip.is_file()]


def _write(model: OwnModel, verdict: dict[str, Any], folder: Path) -> None:
    report = _kept(model, verdict, folder) if not verdict["code"] else {}
    with transaction.atomic():
        present = OwnModel.objects.select_for_update().filter(pk=model.pk, version=model.version).first()
        if present is None:
            return
        _decide(present, verdict, report, SYSTEM)


def _decide(model: OwnModel, verdict: dict[str, Any], report: dict[str, Any], actor: Actor) -> None:
    model = lock_model(model.pk, actor)
    move = ModelMove.REFUSE if verdict["code"] else ModelMove.PASS
    change = OWN_MODEL.apply(move, model, actor=actor)
    model.reason, model.detail = verdict["code"], verdict["detail"][:1000]
    model.report, model.tried_at = report, now()
    model.save()
    note(model, actor, change, {"reason": verdict["code"], "layout": report.get("layout", ""), "sha256": model.sha256})


def _kept(model: OwnModel, verdict: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The prepared model beside those of the site, the pictures under the media root, named so that nobody guesses."""
    prepared = folder / verdict["file"]
    digest = sha256_of(prepared)
    target = Path(FOLDER) / f"{model.name}-{digest[:16]}.onnx"
    shutil.move(prepared, Path(settings.MODEL_DIR) / target)
    place = PICTURES / f"{model.pk}-{digest[:16]}-{model.version}"
    shown = Path(settings.MEDIA_ROOT) / place
    shown.mkdir(parents=True, exist_ok=True)
    pictures = []
    for picture in verdict["pictures"]:
        shutil.move(folder / picture["file"], shown / picture["file"])
        pictures.append({"path": str(place / picture["file"]), "boxes": picture["boxes"]})
    told = ("layout", "height", "width", "milliseconds", "full_milliseconds", "int8", "looked_at", "found", "hidden")
    return {key: verdict[key] for key in told} | {"file": str(target), "sha256": digest, "pictures": pictures}
