"""The catalogue over HTTP: everybody who is signed in reads it, its administrators change it."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.problems import language_of
from core.api.requests import actor_of
from core.clock import now
from core.errors import Language
from events.actions.catalogue_import import Preview, apply_import, preview_import
from events.actions.event_types import change_type, create_type, restore_type, retire_type
from events.api.answers import inputs
from events.api.catalogue_inputs import (
    CatalogueChangeInput,
    CatalogueCreateInput,
    CatalogueRestoreInput,
    CatalogueRetireInput,
    ImportApplyInput,
    ImportPreviewInput,
    content_from,
)
from events.api.sheets import ImportView, workbook_answer
from events.catalogue_policies import may_edit
from events.catalogue_shapes import CatalogueList, CatalogueType, ImportDone, ImportPreview
from events.queries.event_types import change_plain, in_order, last_versions, type_detail, type_list, unit_names
from events.sheets.books import CONTENT_TYPE
from events.sheets.reading import MOST_FAULTS
from events.sheets.writing import workbook_of

KINDS = ("new", "changed", "restored", "retired")


class CatalogueView(APIView):
    """Every type in its last version, retired ones included; and making a new one."""

    @extend_schema(operation_id="catalogue_list", responses=CatalogueList)
    def get(self, request: Request) -> Response:
        return Response({**type_list(), "may_edit": may_edit(actor_of(request))})

    @extend_schema(operation_id="catalogue_create", request=CatalogueCreateInput, responses={201: CatalogueType})
    @idempotent
    def post(self, request: Request) -> Response:
        values = inputs(CatalogueCreateInput, request.data)
        content = content_from(values["code"], values)
        made = create_type(content=content, actor=actor_of(request), note=values["note"])
        return Response(_detail(request, made.code), status=status.HTTP_201_CREATED)


class CatalogueTypeView(APIView):
    """One type with all its versions; a change of it makes another."""

    @extend_schema(operation_id="catalogue_get", responses=CatalogueType)
    def get(self, request: Request, code: str) -> Response:
        return Response(_detail(request, code))

    @extend_schema(operation_id="catalogue_change", request=CatalogueChangeInput, responses=CatalogueType)
    @idempotent
    def put(self, request: Request, code: str) -> Response:
        values = inputs(CatalogueChangeInput, request.data)
        content = content_from(code, values)
        change_type(content=content, version=values["version"], actor=actor_of(request), note=values["note"])
        return Response(_detail(request, code))


class CatalogueRetireView(APIView):
    """The type leaves force: no new event can have it, and those that have it go on to their end."""

    @extend_schema(operation_id="catalogue_retire", request=CatalogueRetireInput, responses=CatalogueType)
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        retire_type(code=code, actor=actor_of(request), **inputs(CatalogueRetireInput, request.data))
        return Response(_detail(request, code))


class CatalogueRestoreView(APIView):
    """A retired type comes back as it was, as a new version."""

    @extend_schema(operation_id="catalogue_restore", request=CatalogueRestoreInput, responses=CatalogueType)
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        restore_type(code=code, actor=actor_of(request), **inputs(CatalogueRestoreInput, request.data))
        return Response(_detail(request, code))


def _detail(request: Request, code: str) -> dict[str, Any]:
    return type_detail(code, with_use=may_edit(actor_of(request)))


class CatalogueExportView(APIView):
    """The whole catalogue as a workbook, in the form in which it is read back."""

    @extend_schema(operation_id="catalogue_export", responses={(200, CONTENT_TYPE): OpenApiTypes.BINARY})
    def get(self, request: Request) -> HttpResponse:
        content = workbook_of(in_order(last_versions().values()), unit_names(), language_of(request._request))
        return workbook_answer(content, f"yiwang-event-types-{now():%Y%m%d}.xlsx")


class ImportPreviewView(ImportView):
    """What importing the file would change, and every cell that must be corrected first. Nothing is written."""

    @extend_schema(
        operation_id="catalogue_import_preview",
        request={"multipart/form-data": ImportPreviewInput},
        responses=ImportPreview,
    )
    def post(self, request: Request) -> Response:
        values = inputs(ImportPreviewInput, request.data)
        file = values.pop("file")
        preview = preview_import(file=file, size=file.size, actor=actor_of(request), **values)
        return Response(_shape(preview, language_of(request._request)))


class ImportApplyView(ImportView):
    """Writes what was previewed, all of it or nothing."""

    @extend_schema(
        operation_id="catalogue_import_apply", request={"multipart/form-data": ImportApplyInput}, responses=ImportDone
    )
    @idempotent
    def post(self, request: Request) -> Response:
        values = inputs(ImportApplyInput, request.data)
        file = values.pop("file")
        done = apply_import(file=file, size=file.size, actor=actor_of(request), **values)
        return Response({"counts": _counts(done)})


def _counts(preview: Preview) -> dict[str, int]:
    kinds: list[str] = [one.kind for one in preview.differences]
    return {**{kind: kinds.count(kind) for kind in KINDS}, "unchanged": preview.unchanged}


def _shape(preview: Preview, language: Language) -> dict[str, Any]:
    return {
        "fingerprint": preview.fingerprint,
        "counts": _counts(preview),
        "items": [
            {
                "kind": one.kind,
                "code": one.content.code,
                "sub_code": one.content.sub_code,
                "name": one.content.name,
                "category": one.content.category,
                "main_class": one.content.main_class,
                "version": one.previous.version if one.previous else None,
                "row": one.row,
                "condition_count": len(one.content.conditions),
                "changes": [change_plain(change) for change in one.changes],
            }
            for one in preview.differences
        ],
        "errors": [
            {
                "sheet": preview.sheet,
                "row": fault.row,
                "column": fault.column,
                "code": fault.code,
                "message": fault.zh if language == "zh" else fault.en,
            }
            for fault in sorted(preview.faults, key=lambda fault: fault.row)[:MOST_FAULTS]
        ],
        "error_count": len(preview.faults),
        "ignored_columns": list(preview.ignored),
    }
