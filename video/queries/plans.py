"""What a worker needs to know to watch a camera."""

from collections.abc import Mapping

from video.models import Camera
from video.pipeline.plans import CameraPlan, Sampling, ZonePlan
from video.queries.sources import reach_of


def plans_of(generations: Mapping[int, int]) -> dict[int, tuple[int, CameraPlan]]:
    """camera id → (version, plan) for cameras held under these generations, in two queries."""
    cameras = Camera.objects.filter(pk__in=generations, enabled=True).prefetch_related("zones")
    cameras = cameras.select_related("gateway", "reference")
    return {camera.pk: (camera.version, _plan(camera, generations[camera.pk])) for camera in cameras}


def versions_of(camera_ids: list[int]) -> dict[int, int]:
    """camera id → present version."""
    return dict(Camera.objects.filter(pk__in=camera_ids).values_list("pk", "version"))


def _plan(camera: Camera, generation: int) -> CameraPlan:
    zones = tuple(
        ZonePlan(
            id=zone.pk,
            name=zone.name,
            polygon=tuple((float(x), float(y)) for x, y in zone.polygon),
            algorithm=zone.algorithm,
            parameters=zone.parameters,
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
    )
