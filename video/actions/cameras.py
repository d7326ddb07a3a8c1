"""Setting up cameras. A running worker takes a change up within seconds, by the camera's version."""

from collections.abc import Mapping
from typing import Any, TypeVar

from celery import current_app
from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.errors import NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from grids.errors import DuplicateCode
from grids.queries.locate import locate
from video.actions.camera_checks import check_camera, check_group, gateway_of_camera, shown_address
from video.actions.health import settle_health
from video.actions.leases import CLAIM_EVERY
from video.live import publish_camera, publish_removal
from video.models import Camera, CameraLease, CameraReference, Mask, Zone
from video.pipeline.addresses import NO_LOGIN, Login, host_of, split_address
from video.policies import require_camera_admin
from video.secrets import SecretUnreadable, seal, unseal

SUBJECT_KIND = "camera"
CLAIM_TASK = "video.claim_cameras"
PLAIN_FIELDS = (
    "code", "name", "sampling", "pictures_per_second", "enabled", "source_kind", "priority", "is_high", "height_m",
    "bearing", "view_angle", "view_range_m", "group_id", "gateway_id", "channel",
    "can_turn", "control_address",
)  # fmt: skip
_LOGIN_FIELDS = frozenset({"source", "sub_source", "user", "password"})
_VIEW_FIELDS = frozenset({"lng", "lat", "bearing", "height_m", "source", "gateway_id", "channel"})

Part = TypeVar("Part", Zone, Mask)


@transaction.atomic
def create_camera(
    *, code: str, name: str, lng: float, lat: float, actor: Actor, source: str = "", **fields: Any
) -> Camera:
    """A new camera at a point inside the division tree; workers begin to watch it within seconds.

    `fields` are any others of `edit_camera`. A login that stands in `source` is taken out of it and kept encrypted.
    Raises OutsideDivisionTree, DuplicateCode, Invalid, Forbidden.
    """
    camera = Camera(code=code.strip(), name=name.strip())
    _set(camera, {"source": source, **fields})
    _place(camera, lng, lat)
    role = require_camera_admin(actor, camera.area_path)
    _check(camera)
    _save(camera)
    CameraLease.objects.create(camera=camera)
    _note(camera, "create", role, actor, {"code": camera.code, "source": camera.source}, first=True)
    publish_camera(camera)
    _nudge_workers(camera)
    return camera


@transaction.atomic
def edit_camera(*, camera_id: int, changes: Mapping[str, Any], actor: Actor, version: int | None = None) -> Camera:
    """Changes any of the plain fields, source, user, password, lng and lat.

    Where the address comes to lead to another host and no login is given with it, the stored one is forgotten: it is
    never sent where it was not meant for. Raises StaleVersion when `version` is not the present one, and what
    `create_camera` raises.
    """
    camera = lock_camera(camera_id, version=version)
    role = require_camera_admin(actor, camera.area_path)
    was_enabled = camera.enabled
    _set(camera, changes)
    if "lng" in changes or "lat" in changes:
        _place(camera, changes.get("lng", camera.lng), changes.get("lat", camera.lat))
        require_camera_admin(actor, camera.area_path)
    _check(camera)
    camera.version += 1
    _save(camera)
    if _VIEW_FIELDS & changes.keys():
        CameraReference.objects.filter(camera=camera).delete()
    if was_enabled and not camera.enabled:
        settle_health(camera)
    facts = {field: changes[field] for field in sorted(changes) if field not in _LOGIN_FIELDS}
    if _LOGIN_FIELDS & changes.keys():
        facts |= {"source": camera.source, "sub_source": camera.sub_source}
    _note(camera, "edit", role, actor, facts)
    publish_camera(camera)
    _nudge_workers(camera)
    return camera


@transaction.atomic
def accept_view(*, camera_id: int, actor: Actor) -> Camera:
    """The camera was turned on purpose: what it shows now is learned anew as what it should show."""
    camera = lock_camera(camera_id)
    role = require_camera_admin(actor, camera.area_path)
    CameraReference.objects.filter(camera=camera).delete()
    camera.version += 1
    camera.save(update_fields=["version"])
    _note(camera, "accept_view", role, actor, {})
    publish_camera(camera)
    return camera


@transaction.atomic
def remove_camera(*, camera_id: int, actor: Actor, version: int | None = None) -> None:
    """Takes the camera and its zones away; alerts it raised stay. Its worker lets go at its next renewal."""
    camera = lock_camera(camera_id, version=version)
    role = require_camera_admin(actor, camera.area_path)
    settle_health(camera)
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


def locked_part(of: type[Part], part_id: int) -> Part:
    """A zone or mask with its camera's row locked, which guards all zones and masks of the camera."""
    camera_id = of._default_manager.filter(pk=part_id).values_list("camera_id", flat=True).first()
    if camera_id is None:
        raise NotFound()
    camera = lock_camera(camera_id)
    part = of._default_manager.filter(pk=part_id).first()
    if part is None:
        raise NotFound()
    part.camera = camera
    return part


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


def _set(camera: Camera, changes: Mapping[str, Any]) -> None:
    for field in PLAIN_FIELDS:
        if field in changes:
            value = changes[field]
            setattr(camera, field, value.strip() if isinstance(value, str) else value)
    if "source" in changes:
        _set_source(camera, str(changes["source"]).strip())
    if "sub_source" in changes:
        camera.sub_source = shown_address(str(changes["sub_source"]).strip())
    if "user" in changes or "password" in changes:
        known = _known_login(camera)
        user = str(changes.get("user", known.user))
        camera.secret = seal(Login(user, str(changes.get("password", known.password)), known.query))


def _set_source(camera: Camera, given: str) -> None:
    try:
        shown, login = split_address(given)
        leads_elsewhere = host_of(shown) != host_of(camera.source)
    except ValueError:  # what is no address at all is refused by the check, and never repeated in words
        shown, login, leads_elsewhere = "", NO_LOGIN, True
    if login != NO_LOGIN:
        camera.secret = seal(login)
    elif leads_elsewhere:
        camera.secret = ""
    camera.source = shown


def _known_login(camera: Camera) -> Login:
    try:
        return unseal(camera.secret)
    except SecretUnreadable:
        return NO_LOGIN


def _check(camera: Camera) -> None:
    gateway = gateway_of_camera(camera)
    if gateway is not None:
        camera.source, camera.secret = f"gateway://{gateway.code}/{camera.channel}", ""
        camera.sub_source = camera.control_address = ""
    check_camera(camera)
    check_group(camera)
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
