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
from core.errors import Language
from events.api.catalogue import ImportView
from events.sheets.reading import MOST_FAULTS
from events.sheets.writing import CONTENT_TYPE
from video.actions.camera_import import CameraPreview, import_cameras, preview_cameras
from video.api.cameras import body_of
from video.api.registry_serializers import SheetApplySerializer, SheetSerializer
from video.api.serializers import CameraListQuerySerializer
from video.models import Camera
from video.policies import require_any_camera_admin
from video.queries.camera_filters import chosen
from video.registry_shapes import SheetChange, SheetCounts, SheetDifference, SheetDone, SheetFault, SheetPreview
from video.sheets.writing import workbook_of


def _workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


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
        return _workbook(content, f"yiwang-cameras-{now():%Y%m%d}.xlsx")


class CameraTemplateView(APIView):
    """An empty sheet with headings, choices and notes."""

    @extend_schema(operation_id="cameras_template", responses={(200, CONTENT_TYPE): OpenApiTypes.BINARY})
    def get(self, request: Request) -> HttpResponse:
        require_any_camera_admin(actor_of(request))
        return _workbook(workbook_of([], language_of(request._request)), "yiwang-cameras-template.xlsx")


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
        return Response(_shape(preview, language_of(request._request)).model_dump(mode="json"))


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
        return Response(SheetDone(counts=_counts(done)).model_dump(mode="json"))


def _counts(preview: CameraPreview) -> SheetCounts:
    kinds = [one.kind for one in preview.differences]
    return SheetCounts(new=kinds.count("new"), changed=kinds.count("changed"), unchanged=preview.unchanged)


def _shape(preview: CameraPreview, language: Language) -> SheetPreview:
    return SheetPreview(
        fingerprint=preview.fingerprint,
        counts=_counts(preview),
        items=[
            SheetDifference(
                kind=one.kind,
                row=one.row,
                code=one.code,
                name=one.name,
                changes=[SheetChange(field=c.field, before=c.before, after=c.after) for c in one.changes],
            )
            for one in preview.differences
        ],
        errors=[
            SheetFault(
                sheet=preview.sheet,
                row=fault.row,
                column=fault.column,
                code=fault.code,
                message=fault.zh if language == "zh" else fault.en,
            )
            for fault in sorted(preview.faults, key=lambda fault: fault.row)[:MOST_FAULTS]
        ],
        error_count=len(preview.faults),
        ignored_columns=list(preview.ignored),
    )
