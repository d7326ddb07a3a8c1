"""Sensors as sheets over HTTP: template, export, import with preview."""

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
from sensors.actions.sensor_import import import_sensors, preview_sensors
from sensors.api.inputs import SensorFilter, SensorSheetApplyInput, SensorSheetInput
from sensors.api.sensors import checked
from sensors.policies import require_any_steward
from sensors.queries.sensors import listed
from sensors.sheets.writing import workbook_of


class SensorExportView(APIView):
    """The sensors one may see, of those asked for, in the form in which they are read back."""

    @extend_schema(
        operation_id="sensors_export",
        parameters=[SensorFilter],
        responses={(200, CONTENT_TYPE): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        actor = actor_of(request)
        require_any_steward(actor)
        sensors = listed(actor, **checked(SensorFilter, request.query_params))
        content = workbook_of(sensors.select_related("unit").order_by("code"), language_of(request._request))
        return workbook_answer(content, f"yiwang-sensors-{now():%Y%m%d}.xlsx")


class SensorTemplateView(APIView):
    """An empty sheet with headings, choices and notes."""

    @extend_schema(operation_id="sensors_template", responses={(200, CONTENT_TYPE): OpenApiTypes.BINARY})
    def get(self, request: Request) -> HttpResponse:
        require_any_steward(actor_of(request))
        return workbook_answer(workbook_of([], language_of(request._request)), "yiwang-sensors-template.xlsx")


class SensorImportPreviewView(ImportView):
    """What importing the file would change, and every row that must be corrected first. Nothing is written."""

    @extend_schema(
        operation_id="sensors_import_preview",
        request={"multipart/form-data": SensorSheetInput},
        responses=SheetPreview,
    )
    def post(self, request: Request) -> Response:
        file = checked(SensorSheetInput, request.data)["file"]
        preview = preview_sensors(file=file, size=file.size, actor=actor_of(request))
        return Response(shape_of(preview, language_of(request._request)).model_dump(mode="json"))


class SensorImportApplyView(ImportView):
    """Writes what was previewed, all of it or nothing."""

    @extend_schema(
        operation_id="sensors_import_apply",
        request={"multipart/form-data": SensorSheetApplyInput},
        responses=SheetDone,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        values = checked(SensorSheetApplyInput, request.data)
        file = values["file"]
        done = import_sensors(file=file, size=file.size, fingerprint=values["fingerprint"], actor=actor_of(request))
        return Response(SheetDone(counts=counts_of(done)).model_dump(mode="json"))
