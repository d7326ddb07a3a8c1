"""Setting up cameras. A running worker takes a change up within seconds, by the camera's version."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from celery import current_app
from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.errors import NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from grids.errors import DuplicateCode
from grids.queries.locate import locate
from video.actions.leases import CLAIM_EVERY
from video.errors import invalid
from video.live import publish_camera, publish_removal
from video.models import Camera, CameraLease
from video.pipeline.addresses import without_password
from video.policies import require_camera_admin

SUBJECT_KIND = "camera"
CLAIM_TASK = "video.claim_cameras"
SCHEMES = ("rtsp", "rtsps", "file")
_PLAIN_FIELDS = ("name", "source", "sampling", "pictures_per_second", "enabled")


@transaction.atomic
def create_camera(
    *,
    code: str,
    name: str,
    source: str,
    lng: float,
    lat: float,
    actor: Actor,
    enabled: bool = True,
    sampling: str = Camera.Sampling.TIMED,
    pictures_per_second: float = 5.0,
) -> Camera:
    """A new camera at a point inside the division tree; workers begin to watch it within seconds.

    Raises OutsideDivisionTree, DuplicateCode, Invalid, Forbidden.
    """
    camera = Camera(
        code=code.strip(),
        name=name.strip(),
        source=source.strip(),
        enabled=enabled,
        sampling=sampling,
        pictures_per_second=pictures_per_second,
    )
    _place(camera, lng, lat)
    role = require_camera_admin(actor, camera.area_path)
    _check(camera)
    _save(camera)
    CameraLease.objects.create(camera=camera)
    _note(camera, "create", role, actor, {"code": camera.code, "source": without_password(camera.source)}, first=True)
    publish_camera(camera)
    _nudge_workers(camera)
    return camera


@transaction.atomic
def edit_camera(*, camera_id: int, changes: Mapping[str, Any], actor: Actor, version: int | None = None) -> Camera:
    """Changes any of code, name, source, sampling, pictures_per_second, enabled, lng and lat.

    Raises StaleVersion when `version` is not the present one, and what `create_camera` raises.
    """
    camera = lock_camera(camera_id, version=version)
    role = require_camera_admin(actor, camera.area_path)
    for field in (*_PLAIN_FIELDS, "code"):
        if field in changes:
            value = changes[field]
            setattr(camera, field, value.strip() if isinstance(value, str) else value)
    if "lng" in changes or "lat" in changes:
        _place(camera, changes.get("lng", camera.lng), changes.get("lat", camera.lat))
        require_camera_admin(actor, camera.area_path)
    _check(camera)
    camera.version += 1
    _save(camera)
    facts = {field: changes[field] for field in sorted(changes) if field != "source"}
    _note(camera, "edit", role, actor, facts)
    publish_camera(camera)
    _nudge_workers(camera)
    return camera


@transaction.atomic
def remove_camera(*, camera_id: int, actor: Actor, version: int | None = None) -> None:
    """Takes the camera and its zones away; alerts it raised stay. Its worker lets go at its next renewal."""
    camera = lock_camera(camera_id, version=version)
    role = require_camera_admin(actor, camera.area_path)
    _note(camera, "remove", role, actor, {"code": camera.code})
    publish_removal(camera)
    camera.delete()


def lock_camera(camera_id: int, *, version: int | None = None) -> Camera:
    """The camera's row, locked. Raises NotFound or StaleVersion."""
    camera = Camera.objects.select_for_update().filter(pk=camera_id).first()
    if camera is None:
        raise NotFound()
    if version is not None and version != camera.version:
        raise StaleVersion(current_version=camera.version)
    return camera


def note_zone_change(camera: Camera, move: str, role: str, actor: Actor, facts: Mapping[str, Any]) -> None:
    """A zone belongs to its camera's history and raises its version."""
    camera.version += 1
    camera.save(update_fields=["version"])
    _note(camera, move, role, actor, facts)


def _nudge_workers(camera: Camera) -> None:
    """So that a new camera is watched at once; without it a worker finds the camera by itself within seconds."""
    if camera.enabled:
        transaction.on_commit(
            lambda: current_app.send_task(CLAIM_TASK, queue="video", expires=CLAIM_EVERY.total_seconds()), robust=True
        )


def _note(camera: Camera, move: str, role: str, actor: Actor, facts: Mapping[str, Any], *, first: bool = False) -> None:
    change = Change(move=move, from_state="" if first else "current", to_state="current", role=role)
    append(subject_kind=SUBJECT_KIND, subject_id=camera.pk, actor=actor, change=change, facts=dict(facts), first=first)


def _place(camera: Camera, lng: float, lat: float) -> None:
    location = locate(lng, lat)
    camera.point = Point(lng, lat, srid=4326)
    camera.area_path, camera.area_label = location.path, location.label
    for key, value in location.keys.items():
        setattr(camera, key, value)


def _check(camera: Camera) -> None:
    if not camera.code:
        raise invalid("code", "required", "请填写编码。", "A code is needed.")
    if not camera.name:
        raise invalid("name", "required", "请填写名称。", "A name is needed.")
    if urlsplit(camera.source).scheme not in SCHEMES:
        raise invalid(
            "stream_url",
            "unknown_scheme",
            "视频地址应以 rtsp://、rtsps:// 或 file:/// 开头。",
            "The address must begin with rtsp://, rtsps:// or file:///.",
        )
    if not 0 < camera.pictures_per_second <= 25:
        raise invalid("pictures_per_second", "out_of_range", "每秒分析帧数应在 0–25 之间。", "It must be within 0–25.")
    holder = Camera.objects.filter(code=camera.code).exclude(pk=camera.pk).first()
    if holder is not None:
        raise DuplicateCode(duplicate=camera.code, holder=holder.name)


def _save(camera: Camera) -> None:
    """Two who choose the same code at once: the database decides, the second is told so."""
    try:
        with transaction.atomic():
            camera.save()
    except IntegrityError as error:
        raise DuplicateCode(duplicate=camera.code, holder="") from error
