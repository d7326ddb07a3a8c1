"""Cameras by place over HTTP: the nearest ones, what they look at, and what lies where in a high one's picture."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.requests import actor_of
from video.actions.calibration import calibrate_camera
from video.api.cameras import body_of
from video.api.registry_serializers import CalibrationSerializer, NearQuerySerializer, PicturePointSerializer
from video.api.serializers import CameraListQuerySerializer
from video.errors import NoGroundThere
from video.models import Camera
from video.queries.camera_filters import chosen
from video.queries.cameras import visible_camera
from video.queries.places import MOST_DRAWN, Wanted, ground_of, nearest, view_features
from video.queries.viewing import place_of_event
from video.registry_shapes import Calibrated, GroundPoint, NearList, ViewFeatures
from video.rules.homography import Pair


class NearestCamerasView(APIView):
    """The cameras nearest to a place or an event, and whether it lies in their view."""

    @extend_schema(operation_id="cameras_nearest", parameters=[NearQuerySerializer], responses=NearList)
    def get(self, request: Request) -> Response:
        query = NearQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        values, actor = dict(query.validated_data), actor_of(request)
        if event_id := values.pop("event", None):
            place = place_of_event(actor, event_id)
            values |= {"lng": place.lng, "lat": place.lat}
        wanted = Wanted(**values)
        body = NearList(lng=wanted.lng, lat=wanted.lat, items=nearest(actor, wanted))
        return Response(body.model_dump(mode="json"))


class CameraViewsView(APIView):
    """What cameras look at, as GeoJSON for the map."""

    @extend_schema(operation_id="cameras_views", parameters=[CameraListQuerySerializer], responses=ViewFeatures)
    def get(self, request: Request) -> Response:
        query = CameraListQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        cameras = chosen(Camera.objects.visible_to(actor_of(request)), **query.validated_data)
        drawable = cameras.filter(view_angle__isnull=False).order_by("code")[:MOST_DRAWN]
        return Response(view_features(drawable).model_dump(mode="json"))


class CalibrationView(APIView):
    """Points of a high camera's picture and where they lie on the ground."""

    @extend_schema(operation_id="cameras_calibrate", request=CalibrationSerializer, responses=Calibrated)
    @idempotent
    def put(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        visible_camera(actor, camera_id)
        values = body_of(CalibrationSerializer, request)
        pairs = [Pair(**pair) for pair in values["pairs"]]
        camera, error = calibrate_camera(camera_id=camera_id, pairs=pairs, actor=actor, version=values.get("version"))
        body = Calibrated(
            version=camera.version,
            pairs=[(pair.x, pair.y, pair.lng, pair.lat) for pair in pairs],
            error_m=None if error is None else round(error, 1),
        )
        return Response(body.model_dump(mode="json"))


class GroundView(APIView):
    """What lies at a point of a high camera's picture, and the low cameras there."""

    @extend_schema(operation_id="cameras_ground", parameters=[PicturePointSerializer], responses=GroundPoint)
    def get(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        camera = visible_camera(actor, camera_id)
        query = PicturePointSerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        values = query.validated_data
        place = ground_of(camera, values["x"], values["y"])
        if place is None:
            raise NoGroundThere()
        wanted = Wanted(*place, within_m=values["within_m"], limit=values["limit"], without=camera.pk, low_only=True)
        body = GroundPoint(lng=round(place[0], 7), lat=round(place[1], 7), items=nearest(actor, wanted))
        return Response(body.model_dump(mode="json"))
