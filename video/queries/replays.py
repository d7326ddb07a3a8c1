"""Replays of a camera, and what is kept for them."""

from django.conf import settings
from django.db.models import Count, Max, Min, QuerySet, Sum
from django.db.models.functions import Length

from core.actor import Actor
from core.errors import NotFound
from video.models import Camera, DetectionBlock, ReplayJob
from video.policies import require_camera_admin
from video.replay_shapes import Kept, ReplayDetail, ReplayList, ReplayResult, ReplayRow

SHOWN = 20


def replay_list(camera: Camera, actor: Actor) -> ReplayList:
    """The newest replays. For those who set the camera up."""
    require_camera_admin(actor, camera.area_path)
    jobs = _jobs(actor).filter(camera=camera).defer("result").order_by("-created_at", "-id")[:SHOWN]
    return ReplayList(items=[ReplayRow.model_validate(_row(job)) for job in jobs], kept=kept_of(camera))


def replay_detail(replay_id: int, actor: Actor) -> ReplayDetail:
    """One replay with its result. Raises NotFound, Forbidden."""
    job = visible_replay(replay_id, actor)
    result = ReplayResult.model_validate(job.result) if job.state == "done" else None
    return ReplayDetail.model_validate({**_row(job), "result": result})


def visible_replay(replay_id: int, actor: Actor) -> ReplayJob:
    job = _jobs(actor).filter(pk=replay_id).first()
    if job is None:
        raise NotFound()
    require_camera_admin(actor, job.camera.area_path)
    return job


def kept_of(camera: Camera) -> Kept:
    """One statement. Lengths are read without the bytes themselves."""
    found = DetectionBlock.objects.filter(camera=camera).aggregate(
        blocks=Count("id"),
        looks=Sum("looks"),
        things=Sum("things"),
        size=Sum(Length("data")),
        first_at=Min("began_at"),
        last_at=Max("ended_at"),
    )
    days = (found["last_at"] - found["first_at"]).total_seconds() / 86_400 if found["first_at"] else 0.0
    size = found["size"] or 0
    return Kept(
        kept_days=settings.DETECTIONS_KEPT_DAYS,
        blocks=found["blocks"],
        looks=found["looks"] or 0,
        things=found["things"] or 0,
        size_bytes=size,
        bytes_per_day=round(size / days) if days > 0 else 0,
        first_at=found["first_at"],
        last_at=found["last_at"],
    )


def _jobs(actor: Actor) -> QuerySet[ReplayJob]:
    return ReplayJob.objects.visible_to(actor).select_related("owner", "camera")


def _row(job: ReplayJob) -> dict[str, object]:
    return {
        "id": job.pk,
        "version": job.version,
        "camera_id": job.camera_id,
        "zone_id": job.zone_id,
        "candidate": job.candidate,
        "since": job.since,
        "until": job.until,
        "state": job.state,
        "total": job.total,
        "looked": job.looked,
        "problem": job.problem,
        "owner": job.owner.name if job.owner else "",
        "created_at": job.created_at,
        "ended_at": job.ended_at,
    }
