"""Zones and masks over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.problems import language_of
from core.api.requests import actor_of
from video.actions.masks import create_mask, edit_mask, remove_mask
from video.actions.zones import create_zone, edit_zone, remove_zone
from video.api.cameras import body_of
from video.api.zone_serializers import (
    MaskChangesSerializer,
    NewMaskSerializer,
    NewZoneSerializer,
    ZoneChangesSerializer,
)
from video.models import Mask, Zone
from video.queries.cameras import visible_camera
from video.queries.zones import mask_row, visible_mask_id, visible_zone_id, zone_row
from video.zone_shapes import MaskRow, ZoneRow


def zone_answer(zone: Zone, request: Request, code: int = status.HTTP_200_OK) -> Response:
    return Response(zone_row(zone, language_of(request._request)).model_dump(mode="json"), status=code)


def mask_answer(mask: Mask, code: int = status.HTTP_200_OK) -> Response:
    return Response(mask_row(mask).model_dump(mode="json"), status=code)


class CameraZonesView(APIView):
    """Another zone for a camera."""

    @extend_schema(operation_id="zones_create", request=NewZoneSerializer, responses={201: ZoneRow})
    @idempotent
    def post(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        camera = visible_camera(actor, camera_id)
        zone = create_zone(camera_id=camera.pk, actor=actor, **body_of(NewZoneSerializer, request))
        return zone_answer(zone, request, status.HTTP_201_CREATED)


class ZoneView(APIView):
    """One zone."""

    @extend_schema(operation_id="zones_edit", request=ZoneChangesSerializer, responses=ZoneRow)
    @idempotent
    def patch(self, request: Request, zone_id: int) -> Response:
        actor = actor_of(request)
        changes = dict(body_of(ZoneChangesSerializer, request, partial=True))
        version = changes.pop("version", None)
        zone = edit_zone(zone_id=visible_zone_id(actor, zone_id), changes=changes, actor=actor, version=version)
        return zone_answer(zone, request)

    @extend_schema(operation_id="zones_remove", responses={204: None})
    @idempotent
    def delete(self, request: Request, zone_id: int) -> Response:
        actor = actor_of(request)
        remove_zone(zone_id=visible_zone_id(actor, zone_id), actor=actor)
        return Response(status=status.HTTP_204_NO_CONTENT)


class CameraMasksView(APIView):
    """Another mask for a camera."""

    @extend_schema(operation_id="masks_create", request=NewMaskSerializer, responses={201: MaskRow})
    @idempotent
    def post(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        camera = visible_camera(actor, camera_id)
        mask = create_mask(camera_id=camera.pk, actor=actor, **body_of(NewMaskSerializer, request))
        return mask_answer(mask, status.HTTP_201_CREATED)


class MaskView(APIView):
    """One mask."""

    @extend_schema(operation_id="masks_edit", request=MaskChangesSerializer, responses=MaskRow)
    @idempotent
    def patch(self, request: Request, mask_id: int) -> Response:
        actor = actor_of(request)
        changes = dict(body_of(MaskChangesSerializer, request, partial=True))
        version = changes.pop("version", None)
        mask = edit_mask(mask_id=visible_mask_id(actor, mask_id), changes=changes, actor=actor, version=version)
        return mask_answer(mask)

    @extend_schema(operation_id="masks_remove", responses={204: None})
    @idempotent
    def delete(self, request: Request, mask_id: int) -> Response:
        actor = actor_of(request)
        remove_mask(mask_id=visible_mask_id(actor, mask_id), actor=actor)
        return Response(status=status.HTTP_204_NO_CONTENT)
