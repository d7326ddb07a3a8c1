"""A model on trial on a camera: begun, ended, and what the worker tells of it."""

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from video.actions.cameras import lock_camera, note_zone_change
from video.actions.leases import holds
from video.detectors.store import DETECTOR, words_of_models
from video.errors import AlreadyOnTrial, invalid
from video.models import Camera, ModelShadow, ModelShadowFinding, Zone
from video.pipeline.plans import ModelClaim, ModelsCompared
from video.policies import require_camera_admin
from video.queries.model_choice import models_of, site_choices

KEPT_FOR = timedelta(days=90)
"""Reports of trials that have ended."""
_GOES_ON = timedelta(minutes=3)


@transaction.atomic
def start_model_shadow(*, camera_id: int, model: str, every: int, actor: Actor) -> ModelShadow:
    """影子运行: the model looks along on one picture in `every`, raises nothing, and is compared.

    Raises NotFound, Forbidden, Invalid (no such model, or the one in use), AlreadyOnTrial.
    """
    camera = lock_camera(camera_id)
    role = require_camera_admin(actor, camera.area_path)
    known = words_of_models(Path(settings.MODEL_DIR))
    if model not in known:
        raise invalid("model", "unknown_choice", "没有这个检测模型。", "There is no such detector.")
    if _models_in_use(camera) == {model}:
        raise invalid("model", "in_use", "该摄像机正在使用这个模型。", "The camera uses this very model.")
    if ModelShadow.objects.filter(camera=camera, ended_at=None).exists():
        raise AlreadyOnTrial()
    shadow = ModelShadow.objects.create(
        camera=camera, model=model, every=every, started_at=now(), started_by=actor.name
    )
    note_zone_change(camera, "start_model_trial", role, actor, {"model": model, "every": every})
    return shadow


@transaction.atomic
def stop_model_shadow(*, shadow_id: int, actor: Actor) -> ModelShadow:
    """The trial is over; its report stays. Stopping it twice is the same."""
    camera_id = ModelShadow.objects.filter(pk=shadow_id).values_list("camera_id", flat=True).first()
    if camera_id is None:
        raise NotFound()
    camera = lock_camera(camera_id)
    role = require_camera_admin(actor, camera.area_path)
    shadow = ModelShadow.objects.select_for_update().get(pk=shadow_id)
    shadow.camera = camera
    if shadow.ended_at is not None:
        return shadow
    shadow.ended_at = now()
    shadow.save(update_fields=["ended_at"])
    ModelShadowFinding.objects.filter(shadow=shadow, over_at=None).update(over_at=shadow.ended_at)
    note_zone_change(camera, "stop_model_trial", role, actor, {"model": shadow.model})
    return shadow


@transaction.atomic
def write_comparison(told: ModelsCompared, *, holder: str) -> None:
    """Counts up what both models saw; ignored when another worker holds the camera by now, or the trial has ended."""
    if not holds(camera_id=told.camera_id, holder=holder, generation=told.generation):
        return
    shadow = ModelShadow.objects.select_for_update().filter(pk=told.shadow_id, ended_at=None).first()
    if shadow is None:
        return
    shadow.looks += told.looks
    shadow.dropped += told.dropped
    shadow.seconds += told.seconds
    shadow.missing = told.missing
    for kind, counted in told.counted.items():
        before = shadow.counted.get(kind, (0, 0, 0))
        shadow.counted[kind] = [had + more for had, more in zip(before, counted, strict=True)]
    shadow.save(update_fields=["looks", "dropped", "seconds", "missing", "counted"])
    zones = _zones_there(told.claims)
    for claim in told.claims:
        if claim.zone_id in zones:
            _write_claim(shadow, claim)


def erase_old_model_shadows() -> int:
    """Trials that ended long ago, with what they found."""
    return ModelShadow.objects.filter(ended_at__lt=now() - KEPT_FOR).delete()[0]


def _write_claim(shadow: ModelShadow, claim: ModelClaim) -> None:
    of_zone = ModelShadowFinding.objects.filter(
        shadow=shadow, zone_id=claim.zone_id, by_candidate=claim.by_candidate, over_at=None
    )
    if claim.told == "over":
        of_zone.update(over_at=claim.at)
        return
    last = of_zone.order_by("-found_at").first()
    if last is not None and (claim.told == "again" or claim.at - last.last_seen_at <= _GOES_ON):
        last.last_seen_at = max(last.last_seen_at, claim.at)
        last.confidence = max(last.confidence, claim.confidence)
        last.save(update_fields=["last_seen_at", "confidence"])
        return
    ModelShadowFinding.objects.create(
        shadow=shadow,
        zone_id=claim.zone_id,
        by_candidate=claim.by_candidate,
        found_at=claim.at,
        last_seen_at=claim.at,
        confidence=claim.confidence,
    )


def _zones_there(claims: Collection[ModelClaim]) -> set[int]:
    asked = {claim.zone_id for claim in claims}
    return set(Zone.objects.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()


def _models_in_use(camera: Camera) -> set[str]:
    return {plan.name for plan in models_of(camera, site_choices())} or {DETECTOR}
