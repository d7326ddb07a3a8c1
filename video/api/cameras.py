"""Cameras over HTTP: list, detail, picture, and the writes of those who set them up."""

from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.pages import PageQuery, page_of
from core.api.problems import language_of
from core.api.requests import actor_of
from core.live.snapshot import position
from events.api.media import send_file
from video.actions.cameras import create_camera, edit_camera, remove_camera
from video.api.serializers import CameraChangesSerializer, CameraListQuerySerializer, NewCameraSerializer
from video.errors import StillNotThere
from video.queries.camera_filters import chosen
from video.queries.cameras import camera_detail, camera_list, camera_rows, visible_camera
from video.shapes import CameraDetail, CameraPage


def body_of(
    serializer: type[serializers.Serializer[Any]], request: Request, *, partial: bool = False
) -> Mapping[str, Any]:
    body = serializer(data=request.data, partial=partial)
    body.is_valid(raise_exception=True)
    values: Mapping[str, Any] = body.validated_data
    return values


def detail_of(camera_id: int, request: Request, code: int = status.HTTP_200_OK) -> Response:
    stream, actor = position(), actor_of(request)
    english = language_of(request._request) == "en"
    detail = camera_detail(visible_camera(actor, camera_id), actor, stream, english=english)
    return Response(detail.model_dump(mode="json"), status=code)


class CameraListView(APIView):
    """Cameras the person may see, by code."""

    @extend_schema(operation_id="cameras_list", parameters=[PageQuery, CameraListQuerySerializer], responses=CameraPage)
    def get(self, request: Request) -> Response:
        query = CameraListQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        stream = position()
        cameras = camera_list(actor_of(request))
        cameras = chosen(cameras, **query.validated_data)
        page = page_of(cameras, request, order=("code", "id"), shape=camera_rows)
        body = CameraPage(items=page.items, next=page.next, as_of=stream.as_of, epoch=stream.epoch)
        return Response(body.model_dump(mode="json"))

    @extend_schema(operation_id="cameras_create", request=NewCameraSerializer, responses={201: CameraDetail})
    @idempotent
    def post(self, request: Request) -> Response:
        camera = create_camera(actor=actor_of(request), **body_of(NewCameraSerializer, request))
        return detail_of(camera.pk, request, status.HTTP_201_CREATED)


class CameraView(APIView):
    """One camera with its zones."""

    @extend_schema(operation_id="cameras_get", responses=CameraDetail)
    def get(self, request: Request, camera_id: int) -> Response:
        return detail_of(camera_id, request)

    @extend_schema(operation_id="cameras_edit", request=CameraChangesSerializer, responses=CameraDetail)
    @idempotent
    def patch(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        visible_camera(actor, camera_id)
        changes = dict(body_of(CameraChangesSerializer, request, partial=True))
        version = changes.pop("version", None)
        edit_camera(camera_id=camera_id, changes=changes, actor=actor, version=version)
        return detail_of(camera_id, request)

    @extend_schema(operation_id="cameras_remove", responses={204: None})
    @idempotent
    def delete(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        visible_camera(actor, camera_id)
        remove_camera(camera_id=camera_id, actor=actor)
        return Response(status=status.HTTP_204_NO_CONTENT)


class CameraStillView(APIView):
    """The newest picture of a camera, heads blurred."""

    @extend_schema(operation_id="cameras_still", responses={(200, "image/jpeg"): OpenApiTypes.BINARY})
    def get(self, request: Request, camera_id: int) -> HttpResponseBase:
        camera = visible_camera(actor_of(request), camera_id)
        if not camera.lease.still_path:
            raise StillNotThere()
        response = send_file(request._request, camera.lease.still_path, "image/jpeg")
        response["Cache-Control"] = "private, max-age=60"
        return response
