"""Models that a site brings: told of, sent, switched on and off, removed. Trying them is actions/model_trials."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from celery import current_app
from django.conf import settings
from django.db import transaction

from core.actor import SYSTEM_ROLE, Actor
from core.errors import Forbidden, NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from video.actions.model_fields import checked_fields
from video.detectors.inspection import Refused, refuse_at_sight
from video.detectors.own import FOLDER, switch_off, switch_on
from video.errors import ModelRefused, ModelTooLarge
from video.model_lifecycle import MODEL_ROLES, NEW, OWN_MODEL, ModelMove
from video.models import Camera, ModelUse, OwnModel
from video.policies import require_model_admin
from video.queries.own_models import record_of_own

SUBJECT_KIND = "own_model"
TRY_TASK = "models.try_model"
_CHUNK = 1024 * 1024


class Pieces(Protocol):
    """A body that is read as it comes in."""

    def read(self, size: int, /) -> bytes: ...


@transaction.atomic
def tell_of_model(*, name: str, actor: Actor, **fields: Any) -> OwnModel:
    """A model is announced: what it is called and sees, and under which licence. Its file is sent next.

    Raises Forbidden, Invalid (a name that is taken, labels that are none, a licence left open).
    """
    require_model_admin(actor)
    model = OwnModel(name=name, state=NEW, sent_by=actor.name)
    for field, value in checked_fields(model, {"name": name, **fields}).items():
        setattr(model, field, value)
    change = OWN_MODEL.apply(ModelMove.TELL, model, actor=actor, roles=_roles(actor))
    model.save(force_insert=True)
    _note(model, actor, change, {"name": model.name, "licence": model.licence}, first=True)
    return model


@transaction.atomic
def edit_model(*, model_id: int, changes: Mapping[str, Any], actor: Actor, version: int | None = None) -> OwnModel:
    """Changes what is told of the model. It is tried anew before it can be switched on; one that is on is refused."""
    model = lock_model(model_id, actor, version=version)
    change = OWN_MODEL.apply(ModelMove.EDIT, model, actor=actor, roles=_roles(actor))
    for field, value in checked_fields(model, changes).items():
        setattr(model, field, value)
    model.reason, model.detail, model.report = "", "", {}
    model.save()
    _note(model, actor, change, {"fields": sorted(changes)})
    return model


def send_model(*, model_id: int, stream: Pieces, announced: int, actor: Actor) -> OwnModel:
    """The file of a model, read in pieces and never whole into memory; then it is tried in the background.

    `announced` is the length the sender gives (0: none given). Raises ModelTooLarge before anything is read where that
    is already too long, ModelRefused where the first bytes are no ONNX or fewer came than were announced.
    """
    require_model_admin(actor)
    _require_size(announced)
    OWN_MODEL.require(ModelMove.SEND, _visible(model_id), actor=actor, roles=_roles(actor))
    target = Path(settings.MODEL_DIR) / FOLDER / "sent"
    target.mkdir(parents=True, exist_ok=True)
    unfinished = target / f"{secrets.token_hex(8)}.part"
    try:
        digest, size = _receive(stream, unfinished, announced)
        unfinished.replace(target / f"{digest}.onnx")
    finally:
        unfinished.unlink(missing_ok=True)
    return _take(model_id, digest, size, actor)


@transaction.atomic
def try_again(*, model_id: int, actor: Actor) -> OwnModel:
    """The same file once more, with what was changed about it, or on other pictures."""
    model = lock_model(model_id, actor)
    if not model.sha256:
        raise ModelRefused("nothing_sent", "no file was sent yet")
    change = OWN_MODEL.apply(ModelMove.TRY, model, actor=actor, roles=_roles(actor))
    model.reason, model.detail = "", ""
    model.save()
    _note(model, actor, change, {"sha256": model.sha256})
    _start_trial(model)
    return model


@transaction.atomic
def switch_model(*, model_id: int, on: bool, actor: Actor, version: int | None = None) -> OwnModel:
    """Makes a tried model usable by the workers, or takes it from them; cameras that use it take it up in seconds."""
    model = lock_model(model_id, actor, version=version)
    move = ModelMove.SWITCH_ON if on else ModelMove.SWITCH_OFF
    change = OWN_MODEL.apply(move, model, actor=actor, roles=_roles(actor))
    model.save()
    _note(model, actor, change, {"sha256": model.sha256, "licence": model.licence})
    folder = Path(settings.MODEL_DIR)
    if on:
        transaction.on_commit(lambda: switch_on(record_of_own(model), folder))
    else:
        transaction.on_commit(lambda: switch_off(model.name, folder))
    touch_cameras(model.name)
    return model


@transaction.atomic
def remove_model(*, model_id: int, actor: Actor) -> None:
    """Takes the model, its files and the choices of it away. One that is on is switched off first."""
    model = lock_model(model_id, actor)
    change = OWN_MODEL.apply(ModelMove.REMOVE, model, actor=actor, roles=_roles(actor))
    _note(model, actor, change, {"name": model.name, "sha256": model.sha256})
    ModelUse.objects.filter(model=model.name).delete()
    files = [] if OwnModel.objects.filter(sha256=model.sha256).exclude(pk=model.pk).exists() else [sent_path(model)]
    if model.report.get("file"):
        files.append(Path(settings.MODEL_DIR) / model.report["file"])
    model.delete()
    transaction.on_commit(lambda: _erase(files))


def sent_path(model: OwnModel) -> Path:
    return Path(settings.MODEL_DIR) / FOLDER / "sent" / f"{model.sha256}.onnx"


def touch_cameras(model: str) -> None:
    """Cameras that may use the model get a new version, by which their worker starts them with what is there now."""
    uses = ModelUse.objects.filter(model=model)
    cameras = Camera.objects.filter(enabled=True)
    if not uses.filter(camera__isnull=True).exists() and uses.exists():
        cameras = cameras.filter(pk__in=uses.values("camera"))
    for camera in cameras.select_for_update(of=("self",)).only("version"):
        camera.version += 1
        camera.save(update_fields=["version"])


def lock_model(model_id: int, actor: Actor, *, version: int | None = None) -> OwnModel:
    """The model's row, locked, for somebody who may change models. Raises Forbidden, NotFound, StaleVersion."""
    require_model_admin(actor)
    model = OwnModel.objects.select_for_update().filter(pk=model_id).first()
    if model is None:
        raise NotFound()
    if version is not None and version != model.version:
        raise StaleVersion(current_version=model.version)
    return model


def note(model: OwnModel, actor: Actor, change: Change, facts: Mapping[str, Any]) -> None:
    _note(model, actor, change, facts)


@transaction.atomic
def _take(model_id: int, digest: str, size: int, actor: Actor) -> OwnModel:
    model = lock_model(model_id, actor)
    change = OWN_MODEL.apply(ModelMove.SEND, model, actor=actor, roles=_roles(actor))
    model.sha256, model.bytes, model.reason, model.detail, model.report = digest, size, "", "", {}
    model.save()
    _note(model, actor, change, {"sha256": digest, "bytes": size})
    _start_trial(model)
    return model


def _erase(files: list[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)


def _receive(stream: Pieces, target: Path, announced: int) -> tuple[str, int]:
    """Digest and size of what came. A sender that goes away in the midst sends a shorter body, which is no model: the
    file that was there before stays."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        for piece in _pieces(stream):
            if not size:
                try:
                    refuse_at_sight(piece[:64])
                except Refused as refused:
                    raise ModelRefused(refused.code, refused.detail) from refused
            size += len(piece)
            _require_size(size)
            digest.update(piece)
            file.write(piece)
    if not size:
        raise ModelRefused("nothing_sent", "the file is empty")
    if size < announced:
        raise ModelRefused("cut_off", f"{size} of {announced} bytes came")
    return digest.hexdigest(), size


def _pieces(stream: Pieces) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece


def _require_size(size: int) -> None:
    limit = settings.MODEL_UPLOAD_MAX_BYTES
    if size > limit:
        raise ModelTooLarge(limit=limit >> 20, limit_bytes=limit)


def _visible(model_id: int) -> OwnModel:
    model = OwnModel.objects.filter(pk=model_id).first()
    if model is None:
        raise NotFound()
    return model


def _start_trial(model: OwnModel) -> None:
    transaction.on_commit(lambda: current_app.send_task(TRY_TASK, args=[model.pk, model.version]), robust=True)


def _roles(actor: Actor) -> frozenset[str]:
    if actor.is_system:
        return frozenset({SYSTEM_ROLE})
    if not actor.has_role(*MODEL_ROLES):
        raise Forbidden(roles="")
    return frozenset(MODEL_ROLES)


def _note(model: OwnModel, actor: Actor, change: Change, facts: Mapping[str, Any], *, first: bool = False) -> None:
    append(subject_kind=SUBJECT_KIND, subject_id=model.pk, actor=actor, change=change, facts=dict(facts), first=first)
