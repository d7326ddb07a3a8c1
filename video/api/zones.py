"""Zones over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.requests import actor_of
from video.actions.zones import create_zone, edit_zone, remove_zone
from video.api.cameras import body_of
from video.api.serializers import NewZoneSerializer, ZoneChangesSerializer
from video.queries.cameras import visible_camera, visible_zone_id, zone_row
from video.shapes import ZoneRow


class CameraZonesView(APIView):
    """Another zone for a camera."""

    @extend_schema(operation_id="zones_create", request=NewZoneSerializer, responses={201: ZoneRow})
    @idempotent
    def post(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        camera = visible_camera(actor, camera_id)
        zone = create_zone(camera_id=camera.pk, actor=actor, **body_of(NewZoneSerializer, request))
        return Response(zone_row(zone).model_dump(mode="json"), status=status.HTTP_201_CREATED)


class ZoneView(APIView):
    """One zone."""

    @extend_schema(operation_id="zones_edit", request=ZoneChangesSerializer, responses=ZoneRow)
    @idempotent
    def patch(self, request: Request, zone_id: int) -> Response:
        actor = actor_of(request)
        changes = body_of(ZoneChangesSerializer, request, partial=True)
        zone = edit_zone(zone_id=visible_zone_id(actor, zone_id), changes=changes, actor=actor)
        return Response(zone_row(zone).model_dump(mode="json"))

    @extend_schema(operation_id="zones_remove", responses={204: None})
    @idempotent
    def delete(self, request: Request, zone_id: int) -> Response:
        actor = actor_of(request)
        remove_zone(zone_id=visible_zone_id(actor, zone_id), actor=actor)
        return Response(status=status.HTTP_204_NO_CONTENT)
