"""Drawing zones: what part of the picture is watched for what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from core.actor import Actor
from core.errors import Invalid, NotFound
from events.queries.catalogue import type_of
from video.actions.cameras import lock_camera, note_zone_change
from video.errors import SelfCrossingZone, invalid
from video.models import Zone
from video.policies import require_camera_admin
from video.rules.algorithms import read_algorithms
from video.rules.geometry import area_of, crosses_itself

_MOST_CORNERS = 40
_SMALLEST_SHARE = 0.0005
_WORDS = {
    "unknown_parameter": ("该算法没有这个参数。", "The algorithm has no such parameter."),
    "not_a_number": ("应为数字。", "It must be a number."),
    "too_small": ("数值过小。", "The value is too small."),
    "too_large": ("数值过大。", "The value is too large."),
    "unknown_choice": ("不在可选范围内。", "It is not one of the choices."),
}


@transaction.atomic
def create_zone(
    *,
    camera_id: int,
    name: str,
    polygon: Sequence[Sequence[float]],
    algorithm: str,
    actor: Actor,
    parameters: Mapping[str, Any] | None = None,
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
        polygon=polygon,
        algorithm=algorithm,
        parameters=dict(parameters or {}),
        type_code=type_code,
        level=level,
        enabled=enabled,
    )
    _check(zone)
    zone.save(force_insert=True)
    note_zone_change(camera, "draw_zone", role, actor, {"zone": zone.pk, "algorithm": algorithm})
    return zone


@transaction.atomic
def edit_zone(*, zone_id: int, changes: Mapping[str, Any], actor: Actor) -> Zone:
    """Changes any of name, polygon, algorithm, parameters, type_code, level, enabled."""
    zone = _locked_zone(zone_id)
    role = require_camera_admin(actor, zone.camera.area_path)
    for field in ("name", "polygon", "algorithm", "parameters", "type_code", "level", "enabled"):
        if field in changes:
            setattr(zone, field, changes[field])
    _check(zone)
    zone.save()
    note_zone_change(zone.camera, "edit_zone", role, actor, {"zone": zone.pk, "fields": sorted(changes)})
    return zone


@transaction.atomic
def remove_zone(*, zone_id: int, actor: Actor) -> None:
    """Takes the zone away; alerts it raised stay."""
    zone = _locked_zone(zone_id)
    role = require_camera_admin(actor, zone.camera.area_path)
    note_zone_change(zone.camera, "remove_zone", role, actor, {"zone": zone.pk, "name": zone.name})
    zone.delete()


def _locked_zone(zone_id: int) -> Zone:
    """The zone with its camera's row locked, which guards all zones of the camera."""
    camera_id = Zone.objects.filter(pk=zone_id).values_list("camera_id", flat=True).first()
    if camera_id is None:
        raise NotFound()
    camera = lock_camera(camera_id)
    zone = Zone.objects.filter(pk=zone_id).first()
    if zone is None:
        raise NotFound()
    zone.camera = camera
    return zone


def _check(zone: Zone) -> None:
    if not zone.name:
        raise invalid("name", "required", "请填写名称。", "A name is needed.")
    if Zone.objects.filter(camera=zone.camera, name=zone.name).exclude(pk=zone.pk).exists():
        raise invalid("name", "duplicate", "该摄像机已有同名区域。", "This camera has a zone of that name already.")
    zone.polygon = checked_polygon(zone.polygon)
    algorithm = read_algorithms().get(zone.algorithm)
    if algorithm is None:
        raise invalid("algorithm", "unknown_algorithm", "没有这个算法。", "There is no such algorithm.")
    if problems := algorithm.problems_with(zone.parameters):
        raise Invalid(
            errors=[
                {
                    "field": f"parameters.{name}",
                    "code": code,
                    "message_zh": _WORDS[code][0],
                    "message_en": _WORDS[code][1],
                }
                for name, code in problems.items()
            ]
        )
    zone.type_code = zone.type_code or algorithm.default_type
    type_of(zone.type_code)


def checked_polygon(corners: Sequence[Sequence[float]]) -> list[list[float]]:
    """The corners as [[x, y], …] in fractions of the picture; raises Invalid or SelfCrossingZone."""
    try:
        ring = [(float(x), float(y)) for x, y in corners]
    except (TypeError, ValueError) as error:
        raise _bad_polygon("not_points", "多边形应为 [[x, y], …]。", "A polygon is a list of [x, y] pairs.") from error
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    if not 3 <= len(ring) <= _MOST_CORNERS:
        raise _bad_polygon(
            "corner_count", f"顶点数应在 3–{_MOST_CORNERS} 之间。", f"A zone has 3 to {_MOST_CORNERS} corners."
        )
    if any(not (0 <= x <= 1 and 0 <= y <= 1) for x, y in ring):
        raise _bad_polygon("outside_picture", "顶点应在画面之内（0–1）。", "Corners must lie within the picture (0–1).")
    if crosses_itself(ring):
        raise SelfCrossingZone()
    if area_of(ring) < _SMALLEST_SHARE:
        raise _bad_polygon("too_small", "区域太小，请画大一些。", "The zone is too small. Draw it larger.")
    return [[x, y] for x, y in ring]


def _bad_polygon(code: str, zh: str, en: str) -> Invalid:
    return invalid("polygon", code, zh, en)
