"""What a worker needs to know to watch a camera."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Prefetch

from core.clock import CITY_ZONE
from video.models import Camera, Mask, ModelShadow, Zone
from video.pipeline.plans import CameraPlan, Sampling, ShadowPlan, ZonePlan
from video.queries.model_choice import models_of, site_choices
from video.queries.sources import reach_of
from video.rules.algorithms import read_algorithms
from video.rules.geometry import Point
from video.rules.schedule import read_schedule


def plans_of(generations: Mapping[int, int]) -> dict[int, tuple[int, CameraPlan]]:
    """camera id → (version, plan) for cameras held under these generations, in a handful of queries."""
    cameras = Camera.objects.filter(pk__in=generations, enabled=True).prefetch_related("zones", "masks", "model_uses")
    cameras = cameras.select_related("gateway", "reference").prefetch_related(
        Prefetch("model_shadows", ModelShadow.objects.filter(ended_at=None), to_attr="on_trial")
    )
    site = site_choices()
    return {camera.pk: (camera.version, _plan(camera, generations[camera.pk], site)) for camera in cameras}


def versions_of(camera_ids: list[int]) -> dict[int, int]:
    """camera id → present version."""
    return dict(Camera.objects.filter(pk__in=camera_ids).values_list("pk", "version"))


def points_of(polygon: Sequence[Sequence[float]]) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, y in polygon)


def hidden_of(camera: Camera) -> tuple[tuple[Point, ...], ...]:
    """What of its picture nobody is shown."""
    return tuple(points_of(mask.polygon) for mask in camera.masks.all() if mask.hides)


def shows_hidden(camera_id: int, covered: Collection[tuple[Point, ...]]) -> bool:
    """Whether a picture in which these parts are painted over shows what nobody is shown by now: it was made before a
    mask was drawn or moved."""
    hiding = Mask.objects.filter(camera_id=camera_id, hides=True).values_list("polygon", flat=True)
    return any(points_of(polygon) not in covered for polygon in hiding)


def _plan(camera: Camera, generation: int, site: Mapping[str, str]) -> CameraPlan:
    """Of its zones those that are switched on and whose algorithm is (still) declared."""
    watched = [zone for zone in camera.zones.all() if zone.enabled and zone.algorithm in read_algorithms()]
    return camera_plan(camera, tuple(zone_plan(zone) for zone in watched), generation, site)


def zone_plan(zone: Zone, number: int | None = None) -> ZonePlan:
    """The zone as it is watched, saved or not, under its own number or another."""
    return ZonePlan(
        id=number if number is not None else zone.pk or 0,
        name=zone.name,
        polygon=points_of(zone.polygon),
        algorithm=zone.algorithm,
        parameters=zone.parameters,
        shape=zone.shape,
        sensitivity=zone.sensitivity,
        night_by=zone.night_by,
        night_parameters=zone.night_parameters,
        schedule=read_schedule(zone.schedule),
        ignore_still_after_seconds=zone.ignore_still_after_seconds,
        cool_down_seconds=zone.cool_down_seconds,
        is_shadow=zone.is_shadow,
    )


def camera_plan(
    camera: Camera, zones: tuple[ZonePlan, ...], generation: int = 0, site: Mapping[str, str] | None = None
) -> CameraPlan:
    """The camera with these zones; `site` are the models chosen for the whole site, where they are at hand."""
    return CameraPlan(
        id=camera.pk,
        name=camera.name,
        **reach_of(camera),
        zones=zones,
        generation=generation,
        sampling=Sampling(camera.sampling),
        pictures_per_second=camera.pictures_per_second,
        masks=tuple(points_of(mask.polygon) for mask in camera.masks.all()),
        hidden=hidden_of(camera),
        priority=camera.priority,
        can_turn=camera.can_turn,
        lng=camera.lng,
        lat=camera.lat,
        city_zone=CITY_ZONE.key,
        models=models_of(camera, site_choices() if site is None else site),
        model_shadow=next((_shadow(one) for one in getattr(camera, "on_trial", ())), None),
    )


def _shadow(shadow: ModelShadow) -> ShadowPlan:
    return ShadowPlan(shadow.pk, shadow.model, shadow.every)
