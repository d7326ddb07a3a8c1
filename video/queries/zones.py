"""Zones and masks as the camera's page and the editor show them."""

from datetime import datetime

from core.actor import Actor
from core.clock import local, now
from core.errors import Language, NotFound
from video.models import Camera, Mask, Zone
from video.queries.algorithm_models import KnownModels
from video.rules.algorithms import Algorithm, read_algorithms
from video.rules.daylight import is_night_by_sun
from video.rules.schedule import read_schedule
from video.zone_shapes import MaskRow, ScheduleShape, ZoneRow, ZoneState

_NOT_DECLARED = {
    "zh": "算法“{code}”已不再声明，该区域不会被分析。请改选其他算法或删除该区域。",
    "en": "The algorithm “{code}” is no longer declared and the zone is not watched. Choose another, or remove it.",
}


def visible_zone_id(actor: Actor, zone_id: int) -> int:
    """The zone's id if the actor may see it: it is as visible as its camera; else it does not exist."""
    if not Zone.objects.filter(pk=zone_id, camera__in=Camera.objects.visible_to(actor)).exists():
        raise NotFound()
    return zone_id


def visible_mask_id(actor: Actor, mask_id: int) -> int:
    """The same for a mask."""
    if not Mask.objects.filter(pk=mask_id, camera__in=Camera.objects.visible_to(actor)).exists():
        raise NotFound()
    return mask_id


def zone_rows(camera: Camera, language: Language) -> list[ZoneRow]:
    """All zones of the camera, in one query."""
    models, zones = KnownModels(language), list(camera.zones.order_by("id"))
    for zone in zones:
        zone.camera = camera
    return [zone_row(zone, language, models) for zone in zones]


def zone_row(zone: Zone, language: Language = "zh", models: KnownModels | None = None) -> ZoneRow:
    """Needs the zone's camera, for where the sun stands over it."""
    algorithm = read_algorithms().get(zone.algorithm)
    if algorithm is None:
        # The declarations were cut down after it was drawn: the page goes on, and says why nothing is watched.
        state, detail = "missing_model", _NOT_DECLARED[language].format(code=zone.algorithm)
        by_day = by_night = zone.parameters
    else:
        state, detail = _state(zone, algorithm, models or KnownModels(language), now())
        by_day = algorithm.completed(zone.parameters, sensitivity=zone.sensitivity)
        by_night = algorithm.completed(
            zone.parameters, sensitivity=zone.sensitivity, dark=True, at_night=zone.night_parameters
        )
    return ZoneRow.model_validate(
        {
            "id": zone.pk,
            "version": zone.version,
            "name": zone.name,
            "shape": zone.shape,
            "polygon": zone.polygon,
            "algorithm": zone.algorithm,
            "parameters": zone.parameters,
            "sensitivity": zone.sensitivity,
            "night_by": zone.night_by,
            "night_parameters": zone.night_parameters,
            "by_day": by_day,
            "by_night": by_night,
            "schedule": ScheduleShape.model_validate(zone.schedule),
            "ignore_still_after_seconds": zone.ignore_still_after_seconds,
            "cool_down_seconds": zone.cool_down_seconds,
            "type_code": zone.type_code,
            "level": zone.level,
            "enabled": zone.enabled,
            "is_shadow": zone.is_shadow,
            "compares_with": zone.compares_with_id,
            "state": state,
            "state_detail": detail,
        }
    )


def mask_row(mask: Mask) -> MaskRow:
    return MaskRow(id=mask.pk, version=mask.version, name=mask.name, polygon=mask.polygon, hides=mask.hides)


def _state(zone: Zone, algorithm: Algorithm, models: KnownModels, at: datetime) -> tuple[ZoneState, str]:
    """Night is told by the sun here even where the worker goes by the picture, which only it has."""
    if not zone.enabled:
        return "disabled", ""
    if missing := models.missing_for(algorithm.words(zone.parameters)):
        return "missing_model", missing
    dark = is_night_by_sun(zone.camera.lng, zone.camera.lat, at)
    if not read_schedule(zone.schedule).runs_at(local(at), dark=dark):
        return "outside_schedule", ""
    return "active", ""
