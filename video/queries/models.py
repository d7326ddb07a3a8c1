"""All models as one page shows them: those of the manifest, the site's own, what runs them, and where they are used."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.db.models import Q

from core.actor import Actor
from core.errors import Language, NotFound
from core.health import heartbeats
from video.detectors.manifest import ModelEntry, read_manifest
from video.detectors.providers import PACKAGES, RUNTIME_NAMES
from video.detectors.store import DETECTOR, own_state_of, record_of, state_of, words_of_models
from video.model_lifecycle import MODEL_ROLES, OWN_MODEL
from video.model_shapes import (
    ModelBook,
    ModelMoveRow,
    ModelRow,
    ModelStateName,
    ModelTrial,
    ModelTrialPicture,
    ModelUseRow,
    OwnFields,
    ProviderRow,
)
from video.models import Camera, ModelUse, OwnModel
from video.queries.own_models import record_of_own

Workers = list[Mapping[str, Any]]


def model_book(actor: Actor, language: Language) -> ModelBook:
    folder = Path(settings.MODEL_DIR)
    workers = video_workers()
    may_edit = actor.is_system or actor.has_role(*MODEL_ROLES)
    own = list(OwnModel.objects.all())
    seen = Q(camera__isnull=True) | Q(camera__in=Camera.objects.visible_to(actor))
    uses = ModelUse.objects.filter(seen).select_related("camera").order_by("camera__code", "algorithm")
    return ModelBook(
        items=[_shipped(entry, folder, language, workers) for entry in read_manifest()]
        + [own_row(model, language, may_edit=may_edit, workers=workers) for model in own],
        providers=_providers(workers),
        uses=[
            ModelUseRow(
                camera=use.camera_id,
                camera_name=use.camera.name if use.camera else "",
                algorithm=use.algorithm,
                model=use.model,
            )
            for use in uses
        ],
        detectors=list(words_of_models(folder)),
        default=DETECTOR,
        upload_limit=settings.MODEL_UPLOAD_MAX_BYTES,
        may_edit=may_edit,
    )


def own_model(model_id: int) -> OwnModel:
    model = OwnModel.objects.filter(pk=model_id).first()
    if model is None:
        raise NotFound()
    return model


def trial_picture(model_id: int, number: int) -> str:
    """The path of a picture of the trial, relative to the media root."""
    pictures = own_model(model_id).report.get("pictures", [])
    if not 0 <= number < len(pictures):
        raise NotFound()
    return str(pictures[number]["path"])


def video_workers() -> Workers:
    """What the living video workers say of themselves in their heartbeats."""
    rows = heartbeats("video")
    return [{**row["detail"], "host": row.get("host") or ""} for row in rows if isinstance(row["detail"], dict)]


def own_row(model: OwnModel, language: Language, *, may_edit: bool, workers: Workers) -> ModelRow:
    folder = Path(settings.MODEL_DIR)
    state, detail = model.state, model.detail
    if model.state == "on":
        kept = own_state_of(record_of_own(model), folder)
        state, detail = ("missing", kept.detail) if kept.state == "missing" else (state, detail)
    index = 0 if language == "zh" else 1
    return ModelRow(
        name=model.name,
        id=model.pk,
        version=model.version,
        title=model.name,
        note="",
        purpose="detector",
        classes=[word for word in model.labels if word],
        licence=model.licence,
        source=model.origin,
        state=cast(ModelStateName, state),
        reason=model.reason,
        detail=detail,
        needed=False,
        opt_in=False,
        milliseconds=model.report.get("milliseconds"),
        running=_running(model.name, workers),
        bytes=model.bytes,
        sha256=model.sha256,
        sent_by=model.sent_by,
        tried_at=model.tried_at,
        told=OwnFields.model_validate({name: getattr(model, name) for name in OwnFields.model_fields}),
        trial=_trial(model),
        allowed_moves=[
            ModelMoveRow(move=row.move, name=(row.zh, row.en)[index])
            for row in (OWN_MODEL.rows_from(model.state) if may_edit else [])
            if row.roles & MODEL_ROLES
        ],
    )


def _shipped(entry: ModelEntry, folder: Path, language: Language, workers: Workers) -> ModelRow:
    state = state_of(entry, folder, settings.MODEL_LICENCES)
    return ModelRow(
        name=entry.name,
        id=None,
        version=0,
        title=entry.title[language],
        note=entry.note[language],
        purpose=entry.purpose,
        classes=list(entry.labels),
        licence=entry.licence,
        source=f"{entry.package.registry} {entry.package.name} {entry.package.version}",
        state=cast(ModelStateName, state.state),
        reason="",
        detail=state.detail if state.state != "ready" else entry.licence_note,
        needed=entry.needed,
        opt_in=entry.opt_in,
        milliseconds=state.milliseconds,
        running=_running(entry.name, workers),
        bytes=0,
        sha256=record_of(entry, folder).get("sha256", ""),
        sent_by="",
        tried_at=None,
        told=None,
        trial=None,
        allowed_moves=[],
    )


def _trial(model: OwnModel) -> ModelTrial | None:
    if not model.report:
        return None
    told = {name: model.report[name] for name in ModelTrial.model_fields if name != "pictures"}
    pictures = [
        ModelTrialPicture(
            url=f"/api/v1/models/{model.pk}/pictures/{number}.jpg?of={model.report['sha256'][:12]}-{model.version}",
            boxes=picture["boxes"],
        )
        for number, picture in enumerate(model.report["pictures"])
    ]
    return ModelTrial(**told, pictures=pictures)


def _running(name: str, workers: Workers) -> list[str]:
    return sorted(
        f"{worker['host']} {worker['models'][name]}".strip() for worker in workers if name in worker.get("models", {})
    )


def _providers(workers: Workers) -> list[ProviderRow]:
    running = {provider for worker in workers for provider in worker.get("models", {}).values()}
    missing = {name: text for worker in workers for name, text in worker.get("providers_missing", {}).items()}
    rows = []
    for name in RUNTIME_NAMES:
        asked = name in settings.VIDEO_PROVIDERS
        state = "running" if name in running else "missing" if name in missing else "asked" if asked else "not_asked"
        rows.append(
            ProviderRow(
                name=name,
                state=cast(Any, state),
                package=PACKAGES.get(name, "onnxruntime"),
                detail=missing.get(name, ""),
            )
        )
    return rows
