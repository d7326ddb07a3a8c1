"""Asking what a change of a zone would have done, and calling it off."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import IntegrityError, transaction

from core.actor import SYSTEM, Actor
from core.clock import now
from core.errors import NotFound
from core.history.record import append
from core.lifecycle import Change
from video.actions.zone_checks import check_zone
from video.errors import NeedsPictures, NothingKept, ReplayRunning
from video.models import Camera, DetectionBlock, ReplayJob, Zone
from video.pipeline.replaying import cannot_replay
from video.policies import camera_role, require_camera_admin
from video.queries.plans import zone_plan
from video.replay_lifecycle import REPLAY, ReplayMove
from video.rules.algorithms import read_algorithms

REPLAY_KIND = "replay"
RUN_TASK = "cameras.run_replay"
ZONE_FIELDS = (
    "name", "shape", "polygon", "algorithm", "parameters", "sensitivity", "night_by", "night_parameters", "schedule",
    "ignore_still_after_seconds", "cool_down_seconds", "type_code", "level",
)  # fmt: skip
NEW_NAME = "试用"
SILENT_FOR = timedelta(minutes=2)
MOST_ATTEMPTS = 3
KEPT_FOR = timedelta(days=30)


@transaction.atomic
def ask_replay(
    *, camera_id: int, zone_id: int | None, changes: Mapping[str, Any], days: int, actor: Actor
) -> ReplayJob:
    """The zone with these changes, or a new one, is run over what the camera saw in the last `days`. Nothing is saved.

    Raises Forbidden, NotFound, Invalid and its like for a zone that could not be saved either, NeedsPictures,
    NothingKept, ReplayRunning.
    """
    camera = Camera.objects.select_for_update(of=("self",)).get(pk=camera_id)
    role = require_camera_admin(actor, camera.area_path)
    zone = candidate_of(camera, zone_id, changes)
    if cannot_replay(zone_plan(zone), read_algorithms()[zone.algorithm]):
        raise NeedsPictures(algorithm=read_algorithms()[zone.algorithm].name["zh"])
    at = now()
    since = at - timedelta(days=min(days, settings.DETECTIONS_KEPT_DAYS))
    if not DetectionBlock.objects.filter(camera=camera, ended_at__gte=since).exists():
        raise NothingKept()
    job = ReplayJob(
        owner_id=actor.user_id,
        camera=camera,
        zone_id=zone_id,
        candidate={name: getattr(zone, name) for name in ZONE_FIELDS},
        since=since,
        until=at,
        created_at=at,
    )
    change = REPLAY.apply(ReplayMove.ASK, job, actor=actor, roles={role})
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError as error:
        raise ReplayRunning() from error
    note_replay(job, change, actor, first=True)
    send_on_commit(job.pk)
    return job


def candidate_of(camera: Camera, zone_id: int | None, changes: Mapping[str, Any]) -> Zone:
    """The zone as it might be: checked as if it were saved, and not saved."""
    if zone_id is None:
        zone = Zone(camera=camera, parameters={}, night_parameters={}, schedule={}, name=NEW_NAME, polygon=[])
    else:
        found = Zone.objects.filter(pk=zone_id, camera=camera).first()
        if found is None:
            raise NotFound()
        zone = found
        zone.camera = camera
    for name in ZONE_FIELDS:
        if name in changes:
            setattr(zone, name, changes[name])
    check_zone(zone)
    return zone


@transaction.atomic
def cancel_replay(*, replay_id: int, actor: Actor) -> ReplayJob:
    """It is not needed any more; a run notices within a second or two."""
    job = ReplayJob.objects.visible_to(actor).select_related("camera").select_for_update(of=("self",)).get(pk=replay_id)
    role = require_camera_admin(actor, job.camera.area_path)
    change = REPLAY.apply(ReplayMove.CANCEL, job, actor=actor, roles={role})
    job.ended_at = now()
    job.save()
    note_replay(job, change, actor)
    return job


@transaction.atomic
def take_up_replays() -> int:
    """Runs whose worker died begin again, or are told as failed after the last attempt; how many were sent."""
    at = now()
    sent = 0
    silent = ReplayJob.objects.filter(state="running", seen_at__lt=at - SILENT_FOR)
    for job in silent.select_for_update(skip_locked=True):
        if job.attempt < MOST_ATTEMPTS:
            note_replay(job, REPLAY.apply(ReplayMove.TAKE_UP, job, actor=SYSTEM), SYSTEM)
        else:
            note_replay(job, REPLAY.apply(ReplayMove.FAIL, job, actor=SYSTEM), SYSTEM)
            job.problem, job.ended_at = ReplayJob.Problem.INTERRUPTED, at
        job.save()
    for job in ReplayJob.objects.filter(state="queued", created_at__lt=at - timedelta(seconds=20)):
        send_on_commit(job.pk)
        sent += 1
    return sent


def erase_old_replays() -> int:
    return ReplayJob.objects.filter(created_at__lt=now() - KEPT_FOR).delete()[0]


def may_replay(actor: Actor, camera: Camera) -> bool:
    return camera_role(actor, camera.area_path) is not None


def note_replay(job: ReplayJob, change: Change, actor: Actor, *, first: bool = False) -> None:
    facts = {"camera": job.camera_id, "zone": job.zone_id, "attempt": job.attempt}
    append(subject_kind=REPLAY_KIND, subject_id=job.pk, actor=actor, change=change, facts=facts, first=first)


def send_on_commit(replay_id: int) -> None:
    transaction.on_commit(partial(current_app.send_task, RUN_TASK, args=[replay_id]), robust=True)
