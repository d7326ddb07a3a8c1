"""Cameras that nobody analyses. No worker can say so of itself, so the timetable does; what their last worker said of
them is no longer known to be true and gives way to this."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from core import redis
from core.clock import now
from events.models import Alert
from video.actions.health import SOURCE, SUBJECT_KIND, end_faults, raise_fault
from video.live import publish_camera
from video.models import Camera, CameraLease
from video.rules.health import UNWATCHED, again_every, alert_rules, read_reasons

_MOST_AT_ONCE = 100
_LOOKED_WITHIN = timedelta(minutes=1)
Problems = list[dict[str, str]]


def tell_unwatched() -> int:
    """Notes which cameras nobody analyses, raises that where it lasts, and ends it where a worker has come. How many
    stand."""
    at = now()
    # After a pause of the whole platform nobody knows since when nobody watches.
    looked = bool(redis.client().set(redis.key("video", "unwatched"), "1", px=_LOOKED_WITHIN, get=True))
    held = ~Q(lease__holder="") & Q(lease__expires_at__gt=at)
    noted = Q(lease__problems__contains=[{"reason": UNWATCHED}])
    for camera_id in _ids(Camera.objects.filter(held & (noted | Q(pk__in=_raised())))):
        _settle(camera_id, at)
    waiting = Camera.objects.filter(~held, enabled=True)
    fresh = waiting if not looked else waiting.exclude(noted)
    for camera_id in _ids(fresh):
        _note(camera_id, at)
    standing = list(waiting.filter(noted).select_related("lease").order_by("priority", "pk"))
    due = [camera for camera in standing if at - _since(camera.lease.problems, at) >= _patience()]
    up_to_date = set(_raised(seen_after=at - timedelta(seconds=again_every())))
    for camera in [one for one in due if one.pk not in up_to_date][:_MOST_AT_ONCE]:
        _raise(camera.pk, at)
    return len(standing)


@transaction.atomic
def _note(camera_id: int, at: datetime) -> None:
    camera = _locked(camera_id)
    if camera is None or camera.lease.is_held(at):
        return
    _write(camera, [*_others(camera.lease.problems), {"reason": UNWATCHED, "since": at.isoformat()}])


@transaction.atomic
def _raise(camera_id: int, at: datetime) -> None:
    """In place of all else: whether the stream still fails or the picture is still black, nobody knows."""
    camera = _locked(camera_id)
    if camera is None or camera.lease.is_held(at):
        return
    reason = read_reasons()[UNWATCHED]
    end_faults(camera.pk, set(alert_rules()) - {reason.rule}, at=at)
    raise_fault(camera, reason, at=at)
    if _others(camera.lease.problems):
        _write(camera, [{"reason": UNWATCHED, "since": _since(camera.lease.problems, at).isoformat()}])


@transaction.atomic
def _settle(camera_id: int, at: datetime) -> None:
    camera = _locked(camera_id)
    if camera is None or not camera.lease.is_held(at):
        return
    end_faults(camera.pk, {read_reasons()[UNWATCHED].rule}, at=at)
    _write(camera, _others(camera.lease.problems))


def _locked(camera_id: int) -> Camera | None:
    lease = CameraLease.objects.select_for_update(of=("self",)).select_related("camera").filter(pk=camera_id).first()
    if lease is None:
        return None
    lease.camera.lease = lease
    return lease.camera


def _write(camera: Camera, problems: Problems) -> None:
    camera.lease.problems = problems
    camera.lease.save(update_fields=["problems"])
    publish_camera(camera)


def _raised(*, seen_after: datetime | None = None) -> list[int]:
    """Cameras whose alert stands, or was counted up since."""
    alerts = Alert.objects.filter(source=SOURCE, subject_kind=SUBJECT_KIND, rule=read_reasons()[UNWATCHED].rule)
    alerts = alerts.filter(recovered_at=None, state__in=("open", "confirmed"))
    if seen_after is not None:
        alerts = alerts.filter(last_seen_at__gt=seen_after)
    return [int(camera_id) for camera_id in alerts.values_list("subject_id", flat=True)]


def _ids(cameras: Iterable[Camera]) -> list[int]:
    return [camera.pk for camera in cameras]


def _others(problems: Iterable[Mapping[str, str]]) -> Problems:
    return [dict(one) for one in problems if one["reason"] != UNWATCHED]


def _since(problems: Iterable[Mapping[str, str]], at: datetime) -> datetime:
    return next((datetime.fromisoformat(one["since"]) for one in problems if one["reason"] == UNWATCHED), at)


def _patience() -> timedelta:
    return timedelta(seconds=read_reasons()[UNWATCHED].raise_after)
