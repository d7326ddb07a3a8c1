"""Imports of components over HTTP: bring a file, look, start, follow, take the refused rows away."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.problems import language_of
from core.api.requests import actor_of
from registry.actions.component_imports import bring_file, cancel_import, start_import
from registry.api.components import checked
from registry.api.inputs import ComponentImportInput, ComponentImportStart
from registry.component_policies import require_any_steward
from registry.component_shapes import ComponentImportList, ComponentImportRow
from registry.errors import FaultsNotThere, ImportTooLarge
from registry.models import ComponentImport
from registry.queries.component_imports import import_of, import_row, imports_of

FORM_OVERHEAD = 64 * 1024


def _answer(job: ComponentImport, code: int = status.HTTP_200_OK) -> Response:
    return Response(import_row(job).model_dump(mode="json"), status=code)


class ImportListView(APIView):
    """The reader's own imports; a new one is a file, looked at within the request and started by another."""

    parser_classes = [MultiPartParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A body that is too large is refused before it is read."""
        super().initial(request, *args, **kwargs)
        require_any_steward(actor_of(request))
        if int(request.META.get("CONTENT_LENGTH") or 0) - FORM_OVERHEAD > settings.COMPONENT_UPLOAD_MAX_BYTES:
            raise ImportTooLarge(limit_mb=settings.COMPONENT_UPLOAD_MAX_BYTES // 1024 // 1024)

    @extend_schema(operation_id="component_imports_list", responses=ComponentImportList)
    def get(self, request: Request) -> Response:
        limit_mb = settings.COMPONENT_UPLOAD_MAX_BYTES // 1024 // 1024
        told = ComponentImportList(items=imports_of(actor_of(request)), limit_mb=limit_mb)
        return Response(told.model_dump(mode="json"))

    @extend_schema(
        operation_id="component_imports_bring",
        request={"multipart/form-data": ComponentImportInput},
        responses={201: ComponentImportRow},
    )
    def post(self, request: Request) -> Response:
        values = checked(ComponentImportInput, request.data)
        file = values["file"]
        job = bring_file(
            file=file,
            name=Path(file.name).name,
            size=file.size,
            datum=values["datum"],
            actor=actor_of(request),
            language=language_of(request._request),
        )
        return _answer(job, status.HTTP_201_CREATED)


class ImportView(APIView):
    @extend_schema(operation_id="component_imports_get", responses=ComponentImportRow)
    def get(self, request: Request, import_id: int) -> Response:
        return _answer(import_of(import_id, actor_of(request)))


class ImportStartView(APIView):
    @extend_schema(operation_id="component_imports_start", request=ComponentImportStart, responses=ComponentImportRow)
    @idempotent
    def post(self, request: Request, import_id: int) -> Response:
        actor = actor_of(request)
        import_of(import_id, actor)
        version = checked(ComponentImportStart, request.data)["version"]
        return _answer(start_import(import_id=import_id, version=version, actor=actor))


class ImportCancelView(APIView):
    @extend_schema(operation_id="component_imports_cancel", request=None, responses=ComponentImportRow)
    @idempotent
    def post(self, request: Request, import_id: int) -> Response:
        return _answer(cancel_import(import_id=import_id, actor=actor_of(request)))


class ImportFaultsView(APIView):
    """Every refused row with its reason, as a file for Excel."""

    @extend_schema(operation_id="component_imports_faults", responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def get(self, request: Request, import_id: int) -> HttpResponseBase:
        job = import_of(import_id, actor_of(request))
        file = Path(settings.MEDIA_ROOT) / job.faults_path
        if not job.faults_path or not file.is_file():
            raise FaultsNotThere()
        answer = FileResponse(
            file.open("rb"), as_attachment=True, filename=f"{Path(job.file_name).stem}-faults.csv",
            content_type="text/csv; charset=utf-8",
        )  # fmt: skip
        answer["Cache-Control"] = "private, no-store"
        return answer
