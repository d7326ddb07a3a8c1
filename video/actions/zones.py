"""Drawing zones: what part of the picture is watched for what, and when."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from core.actor import Actor
from core.errors import StaleVersion
from video.actions.cameras import lock_camera, locked_part, note_zone_change
from video.actions.zone_checks import check_zone
from video.models import Zone
from video.policies import require_camera_admin

FIELDS = (
    "name",
    "shape",
    "polygon",
    "algorithm",
    "parameters",
    "sensitivity",
    "night_by",
    "night_parameters",
    "schedule",
    "ignore_still_after_seconds",
    "cool_down_seconds",
    "type_code",
    "level",
    "enabled",
)


@transaction.atomic
def create_zone(
    *,
    camera_id: int,
    name: str,
    polygon: Sequence[Sequence[float]],
    algorithm: str,
    actor: Actor,
    shape: str = Zone.Shape.AREA,
    parameters: Mapping[str, Any] | None = None,
    sensitivity: str = Zone.Sensitivity.NORMAL,
    night_by: str = Zone.NightBy.SUN,
    night_parameters: Mapping[str, Any] | None = None,
    schedule: Mapping[str, Any] | None = None,
    ignore_still_after_seconds: float | None = None,
    cool_down_seconds: float | None = None,
    type_code: str = "",
    level: int | None = None,
    enabled: bool = True,
) -> Zone:
    """A new zone; its camera's worker watches it within seconds. Without `type_code` the algorithm's own is taken.

    Raises SelfCrossingZone, UnknownEventType, Invalid, Forbidden.
    """
    camera = lock_camera(camera_id)
    role = require_camera_admin(actor, camera.area_path)
    zone = Zone(
        camera=camera,
        name=name.strip(),
        shape=shape,
        polygon=polygon,
        algorithm=algorithm,
        parameters=dict(parameters or {}),
        sensitivity=sensitivity,
        night_by=night_by,
        night_parameters=dict(night_parameters or {}),
        schedule=dict(schedule or {}),
        ignore_still_after_seconds=ignore_still_after_seconds,
        cool_down_seconds=cool_down_seconds,
        type_code=type_code,
        level=level,
        enabled=enabled,
    )
    check_zone(zone)
    zone.save(force_insert=True)
    note_zone_change(camera, "draw_zone", role, actor, {"zone": zone.pk, "algorithm": algorithm})
    return zone


@transaction.atomic
def edit_zone(*, zone_id: int, changes: Mapping[str, Any], actor: Actor, version: int | None = None) -> Zone:
    """Changes any of the fields of `create_zone`. Raises StaleVersion when `version` is not the present one."""
    zone = locked_part(Zone, zone_id)
    role = require_camera_admin(actor, zone.camera.area_path)
    if version is not None and version != zone.version:
        raise StaleVersion(current_version=zone.version)
    for field in FIELDS:
        if field in changes:
            setattr(zone, field, changes[field])
    zone.name = zone.name.strip()
    check_zone(zone)
    zone.version += 1
    zone.save()
    note_zone_change(zone.camera, "edit_zone", role, actor, {"zone": zone.pk, "fields": sorted(changes)})
    return zone


@transaction.atomic
def remove_zone(*, zone_id: int, actor: Actor) -> None:
    """Takes the zone away; alerts it raised stay."""
    zone = locked_part(Zone, zone_id)
    role = require_camera_admin(actor, zone.camera.area_path)
    note_zone_change(zone.camera, "remove_zone", role, actor, {"zone": zone.pk, "name": zone.name})
    zone.delete()
