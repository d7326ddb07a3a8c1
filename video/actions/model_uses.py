"""Choosing the detector: for a camera, for an algorithm, for one on the other, or for the whole site."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from core.actor import Actor
from core.errors import NotFound
from core.history.record import append
from core.lifecycle import Change
from video.actions.cameras import lock_camera
from video.actions.own_models import touch_cameras
from video.detectors.store import words_of_models
from video.errors import invalid
from video.models import ModelUse
from video.policies import require_camera_admin, require_model_admin
from video.rules.algorithms import read_algorithms

SUBJECT_KIND = "model_use"


@transaction.atomic
def choose_model(*, model: str, actor: Actor, camera_id: int | None = None, algorithm: str = "") -> ModelUse | None:
    """From now on `model` is used there; an empty name takes the choice back. Workers follow within seconds.

    Raises Forbidden, NotFound, Invalid (no such model or algorithm).
    """
    role = _require(actor, camera_id)
    if model and model not in words_of_models(Path(settings.MODEL_DIR)):
        raise invalid("model", "unknown_choice", "没有这个检测模型。", "There is no such detector.")
    if algorithm and algorithm not in read_algorithms():
        raise invalid("algorithm", "unknown_algorithm", "没有这个算法。", "There is no such algorithm.")
    present = _present(camera_id, algorithm)
    before = present.model if present else ""
    if before == model:
        return present
    use = present or ModelUse(camera_id=camera_id, algorithm=algorithm)
    if model:
        use.model = model
        use.save()
    elif present is None:
        raise NotFound()
    change = Change("choose", before or "default", model or "default", role)
    facts = {"camera": camera_id, "algorithm": algorithm, "model": model, "before": before}
    append(subject_kind=SUBJECT_KIND, subject_id=use.pk, actor=actor, change=change, facts=facts, first=present is None)
    for name in {before, model} - {""}:
        touch_cameras(name)
    if not model:
        use.delete()
        return None
    return use


def _present(camera_id: int | None, algorithm: str) -> ModelUse | None:
    uses = ModelUse.objects.select_for_update().filter(algorithm=algorithm)
    uses = uses.filter(camera__isnull=True) if camera_id is None else uses.filter(camera_id=camera_id)
    return uses.first()


def _require(actor: Actor, camera_id: int | None) -> str:
    """Who sets up a camera chooses for it; what holds for the whole site is chosen by who answers for models."""
    if camera_id is None:
        return require_model_admin(actor)
    camera = lock_camera(camera_id)
    role = require_camera_admin(actor, camera.area_path)
    camera.version += 1
    camera.save(update_fields=["version"])
    return role
