"""Cameras by where they stand and where they look."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.db.models import QuerySet

from core.actor import Actor
from core.clock import now
from video.models import Camera
from video.queries.cameras import still_url
from video.queries.states import shown_state
from video.registry_shapes import NearCamera, ViewFeature, ViewFeatures
from video.rules.homography import GroundMap, Pair, Unusable
from video.rules.views import USUAL_RANGE_M, View, bearing_to, cone, sees

MOST_NEAR, MOST_DRAWN = 50, 5000


@dataclass(frozen=True)
class Wanted:
    """Which cameras near a place: of those within `within_m`, the `limit` nearest."""

    lng: float
    lat: float
    within_m: float = 1000.0
    limit: int = 8
    without: int | None = None
    low_only: bool = False


def nearest(actor: Actor, wanted: Wanted) -> list[NearCamera]:
    """Cameras by distance; whether the place lies in a camera's view is said where enough is known of it."""
    here = Point(wanted.lng, wanted.lat, srid=4326)
    cameras: QuerySet[Camera] = Camera.objects.visible_to(actor).filter(enabled=True)
    cameras = cameras.filter(point__dwithin=(here, D(m=wanted.within_m)))
    if wanted.low_only:
        cameras = cameras.filter(is_high=False)
    if wanted.without:
        cameras = cameras.exclude(pk=wanted.without)
    near = cameras.select_related("lease").annotate(metres=Distance("point", here)).order_by("metres", "code")
    at = now()
    return [
        NearCamera(
            id=camera.pk,
            code=camera.code,
            name=camera.name,
            lng=camera.lng,
            lat=camera.lat,
            is_high=camera.is_high,
            distance_m=round(camera.metres.m, 1),
            direction=round(bearing_to(camera.lng, camera.lat, wanted.lng, wanted.lat), 1),
            in_view=sees(view_of(camera), wanted.lng, wanted.lat),
            state=shown_state(camera, camera.lease, at),
            still_url=still_url(camera),
        )
        for camera in near[: wanted.limit]
    ]


def ground_of(camera: Camera, x: float, y: float) -> tuple[float, float] | None:
    """lng, lat of a point of a high camera's picture; None where it shows no ground, or is not calibrated."""
    try:
        return GroundMap([Pair(*pair) for pair in camera.calibration]).ground(x, y)
    except Unusable:
        return None


def view_features(cameras: Iterable[Camera]) -> ViewFeatures:
    """Views as GeoJSON: a polygon for each camera whose direction and angle are known."""
    features = []
    for camera in cameras:
        outline = cone(view_of(camera))
        if outline is None:
            continue
        properties: dict[str, Any] = {
            "id": camera.pk,
            "code": camera.code,
            "name": camera.name,
            "is_high": camera.is_high,
            "range_known": camera.view_range_m is not None,
            "range_m": camera.view_range_m or USUAL_RANGE_M,
        }
        features.append(
            ViewFeature(
                type="Feature",
                id=camera.pk,
                geometry={"type": "Polygon", "coordinates": [[list(corner) for corner in outline]]},
                properties=properties,
            )
        )
    return ViewFeatures(type="FeatureCollection", features=features)


def view_of(camera: Camera) -> View:
    return View(camera.lng, camera.lat, camera.bearing, camera.view_angle, camera.view_range_m)
