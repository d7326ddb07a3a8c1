"""What a worker needs to know to watch a camera."""

from collections.abc import Mapping, Sequence

from core.clock import CITY_ZONE
from video.models import Camera
from video.pipeline.plans import CameraPlan, Sampling, ZonePlan
from video.queries.sources import reach_of
from video.rules.geometry import Point
from video.rules.schedule import read_schedule


def plans_of(generations: Mapping[int, int]) -> dict[int, tuple[int, CameraPlan]]:
    """camera id → (version, plan) for cameras held under these generations, in three queries."""
    cameras = Camera.objects.filter(pk__in=generations, enabled=True).prefetch_related("zones", "masks")
    cameras = cameras.select_related("gateway", "reference")
    return {camera.pk: (camera.version, _plan(camera, generations[camera.pk])) for camera in cameras}


def versions_of(camera_ids: list[int]) -> dict[int, int]:
    """camera id → present version."""
    return dict(Camera.objects.filter(pk__in=camera_ids).values_list("pk", "version"))


def points_of(polygon: Sequence[Sequence[float]]) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, y in polygon)


def _plan(camera: Camera, generation: int) -> CameraPlan:
    zones = tuple(
        ZonePlan(
            id=zone.pk,
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
        )
        for zone in camera.zones.all()
        if zone.enabled
    )
    return CameraPlan(
        id=camera.pk,
        name=camera.name,
        **reach_of(camera),
        zones=zones,
        generation=generation,
        sampling=Sampling(camera.sampling),
        pictures_per_second=camera.pictures_per_second,
        masks=tuple(points_of(mask.polygon) for mask in camera.masks.all()),
        lng=camera.lng,
        lat=camera.lat,
        city_zone=CITY_ZONE.key,
    )
