"""Cameras as Excel over HTTP: template, export, import with preview."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.problems import language_of
from core.api.requests import actor_of
from core.clock import now
from events.api.sheets import ImportView, workbook_answer
from events.sheets.books import CONTENT_TYPE
from events.sheets.shapes import SheetDone, SheetPreview, counts_of, shape_of
from video.actions.camera_import import import_cameras, preview_cameras
from video.api.cameras import body_of
from video.api.registry_serializers import SheetApplySerializer, SheetSerializer
from video.api.serializers import CameraListQuerySerializer
from video.models import Camera
from video.policies import require_any_camera_admin
from video.queries.camera_filters import chosen
from video.sheets.writing import workbook_of


class CameraExportView(APIView):
    """The cameras one may see, of those asked for, in the form in which they are read back; without passwords."""

    @extend_schema(
        operation_id="cameras_export",
        parameters=[CameraListQuerySerializer],
        responses={(200, CONTENT_TYPE): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        actor = actor_of(request)
        require_any_camera_admin(actor)
        query = CameraListQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        cameras = chosen(Camera.objects.visible_to(actor), **query.validated_data)
        content = workbook_of(cameras.select_related("group").order_by("code"), language_of(request._request))
        return workbook_answer(content, f"yiwang-cameras-{now():%Y%m%d}.xlsx")


class CameraTemplateView(APIView):
    """An empty sheet with headings, choices and notes."""

    @extend_schema(operation_id="cameras_template", responses={(200, CONTENT_TYPE): OpenApiTypes.BINARY})
    def get(self, request: Request) -> HttpResponse:
        require_any_camera_admin(actor_of(request))
        return workbook_answer(workbook_of([], language_of(request._request)), "yiwang-cameras-template.xlsx")


class CameraImportPreviewView(ImportView):
    """What importing the file would change, and every row that must be corrected first. Nothing is written."""

    @extend_schema(
        operation_id="cameras_import_preview",
        request={"multipart/form-data": SheetSerializer},
        responses=SheetPreview,
    )
    def post(self, request: Request) -> Response:
        file = body_of(SheetSerializer, request)["file"]
        preview = preview_cameras(file=file, size=file.size, actor=actor_of(request))
        return Response(shape_of(preview, language_of(request._request)).model_dump(mode="json"))


class CameraImportApplyView(ImportView):
    """Writes what was previewed, all of it or nothing."""

    @extend_schema(
        operation_id="cameras_import_apply",
        request={"multipart/form-data": SheetApplySerializer},
        responses=SheetDone,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        values = body_of(SheetApplySerializer, request)
        file = values["file"]
        done = import_cameras(file=file, size=file.size, fingerprint=values["fingerprint"], actor=actor_of(request))
        return Response(SheetDone(counts=counts_of(done)).model_dump(mode="json"))
