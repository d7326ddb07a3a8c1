"""Importing official boundaries over HTTP: the file, what its numbers are, its rows, and the draft they become."""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from core.errors import NotFound
from grids.actions.boundary_imports import (
    agree_to_repairs,
    decide_row,
    drop_import,
    fill_from_import,
    place_file,
    take_file,
)
from grids.import_shapes import (
    BoundaryImportDetail,
    BoundaryImportFilled,
    BoundaryImportPage,
    BoundaryImportPlacings,
    BoundaryImportRows,
    DraftFilledCounts,
)
from grids.importing.placing import DEGREES, Placing, require_placing
from grids.models import Area, AreaLevel, BoundaryImport
from grids.queries.boundary_imports import (
    detail_of,
    matched_rows,
    placings_of,
    preview_of,
    read_import,
    row_of,
    visible_import,
)
from grids.queries.imported_rows import wkt_of
from grids.rules.datums import DATUM_NAMES


class BareFile(BaseParser):
    """The body as it comes, in pieces: a file of a whole city is never held in memory."""

    media_type = "application/octet-stream"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        return {}


class NewImportQuery(serializers.Serializer[Any]):
    root_path = serializers.CharField(max_length=120, help_text="the area below which the file is imported")
    level = serializers.ChoiceField(choices=AreaLevel.values, help_text="what the shapes of the file are")
    file_name = serializers.CharField(max_length=255)


class PlacingQuery(serializers.Serializer[Any]):
    layer = serializers.CharField(max_length=120)
    projection = serializers.CharField(max_length=12, default=DEGREES, help_text="degrees, file, or epsg:4513")
    datum = serializers.ChoiceField(choices=list(DATUM_NAMES))
    swapped = serializers.BooleanField(default=False)


class LayerQuery(serializers.Serializer[Any]):
    layer = serializers.CharField(max_length=120)


class ImportVersionSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1)


class PlaceImportSerializer(ImportVersionSerializer, PlacingQuery):
    name_field = serializers.CharField(max_length=120, allow_blank=True, default="")
    code_field = serializers.CharField(max_length=120, allow_blank=True, default="")


class DecideRowSerializer(ImportVersionSerializer):
    name = serializers.CharField(max_length=40, allow_blank=True, required=False)
    code = serializers.CharField(max_length=24, allow_blank=True, required=False)
    taken = serializers.BooleanField(required=False)
    repaired = serializers.BooleanField(required=False)


class DraftFromImportSerializer(ImportVersionSerializer):
    title = serializers.CharField(max_length=80, allow_blank=True, default="")
    close_missing = serializers.BooleanField(
        default=False, help_text="the file is complete: areas of its level that it lacks are closed"
    )


def _read(kind: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    body = kind(data=data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def _detail(import_id: int, request: Request, code: int = status.HTTP_200_OK) -> Response:
    return Response(detail_of(visible_import(import_id, actor_of(request))).model_dump(mode="json"), status=code)


def _rows(rows: list[BoundaryImport]) -> list[dict[str, Any]]:
    return [row_of(source).model_dump(mode="json") for source in rows]


class ImportListView(APIView):
    """Imports of files, the newest first; and a new one."""

    parser_classes = [BareFile]

    @extend_schema(operation_id="boundary_imports_list", parameters=[PageQuery], responses=BoundaryImportPage)
    def get(self, request: Request) -> Response:
        found = BoundaryImport.objects.visible_to(actor_of(request)).select_related("root", "created_by")
        page = page_of(found, request, order=("-created_at", "-id"), shape=_rows)
        return Response({"items": page.items, "next": page.next, "limit_mb": settings.BOUNDARY_UPLOAD_MAX_BYTES >> 20})

    @extend_schema(
        operation_id="boundary_imports_take",
        parameters=[NewImportQuery],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={201: BoundaryImportDetail},
    )
    def post(self, request: Request) -> Response:
        """Each sending is an import of its own: nothing happens to the map by it, and one may be dropped."""
        query = _read(NewImportQuery, request.query_params)
        actor = actor_of(request)
        root = Area.objects.visible_to(actor).filter(path=query["root_path"]).first()
        if root is None:
            raise NotFound()
        source = take_file(
            root=root,
            level=query["level"],
            file_name=query["file_name"],
            stream=request._request,
            announced=int(request.META.get("CONTENT_LENGTH") or 0),
            actor=actor,
        )
        return _detail(source.pk, request, status.HTTP_201_CREATED)


class ImportView(APIView):
    """One import: what was found in the file and what was chosen."""

    @extend_schema(operation_id="boundary_imports_get", responses=BoundaryImportDetail)
    def get(self, request: Request, import_id: int) -> Response:
        return _detail(import_id, request)

    @extend_schema(operation_id="boundary_imports_drop", parameters=[ImportVersionSerializer], responses={204: None})
    @idempotent
    def delete(self, request: Request, import_id: int) -> Response:
        version = _read(ImportVersionSerializer, request.query_params)["version"]
        drop_import(import_id=import_id, version=version, actor=actor_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ImportPlacingView(APIView):
    """What the numbers of the file are: how it would lie under each assumption, and the choice."""

    @extend_schema(operation_id="boundary_imports_placings", parameters=[LayerQuery], responses=BoundaryImportPlacings)
    def get(self, request: Request, import_id: int) -> Response:
        layer = _read(LayerQuery, request.query_params)["layer"]
        source = read_import(import_id, actor_of(request))
        return Response(placings_of(source, layer).model_dump(mode="json"))

    @extend_schema(operation_id="boundary_imports_place", request=PlaceImportSerializer, responses=BoundaryImportDetail)
    @idempotent
    def put(self, request: Request, import_id: int) -> Response:
        choices = _read(PlaceImportSerializer, request.data)
        version = choices.pop("version")
        place_file(import_id=import_id, version=version, choices=choices, actor=actor_of(request))
        return _detail(import_id, request)


class ImportPreviewView(APIView):
    """The shapes on the map, as they would lie under an assumption."""

    @extend_schema(
        operation_id="boundary_imports_preview", parameters=[PlacingQuery], responses={200: OpenApiTypes.OBJECT}
    )
    def get(self, request: Request, import_id: int) -> Response:
        query = _read(PlacingQuery, request.query_params)
        source = read_import(import_id, actor_of(request))
        layer = query.pop("layer")
        placing = Placing(**query)
        source.layer = layer
        require_placing(placing, wkt_of(source))
        return Response(preview_of(source, layer, placing))


class ImportRowsView(APIView):
    """What each shape would become, and what is in the way."""

    @extend_schema(operation_id="boundary_imports_rows", responses=BoundaryImportRows)
    def get(self, request: Request, import_id: int) -> Response:
        source = read_import(import_id, actor_of(request))
        return Response(matched_rows(source).model_dump(mode="json"))


class ImportRowView(APIView):
    """A person settles one row."""

    @extend_schema(operation_id="boundary_imports_decide", request=DecideRowSerializer, responses=BoundaryImportRows)
    @idempotent
    def patch(self, request: Request, import_id: int, number: int) -> Response:
        decision = _read(DecideRowSerializer, request.data)
        version, actor = decision.pop("version"), actor_of(request)
        decide_row(import_id=import_id, version=version, number=number, decision=decision, actor=actor)
        return Response(matched_rows(read_import(import_id, actor)).model_dump(mode="json"))


class ImportRepairsView(APIView):
    """All repairs that are offered are agreed to."""

    @extend_schema(
        operation_id="boundary_imports_repair", request=ImportVersionSerializer, responses=BoundaryImportRows
    )
    @idempotent
    def post(self, request: Request, import_id: int) -> Response:
        actor = actor_of(request)
        version = _read(ImportVersionSerializer, request.data)["version"]
        agree_to_repairs(import_id=import_id, version=version, actor=actor)
        return Response(matched_rows(read_import(import_id, actor)).model_dump(mode="json"))


class ImportDraftView(APIView):
    """The rows become a draft of the boundaries; the published map stays as it is."""

    @extend_schema(
        operation_id="boundary_imports_draft", request=DraftFromImportSerializer, responses={201: BoundaryImportFilled}
    )
    @idempotent
    def post(self, request: Request, import_id: int) -> Response:
        body = _read(DraftFromImportSerializer, request.data)
        source, filled = fill_from_import(import_id=import_id, actor=actor_of(request), **body)
        assert source.draft_id is not None
        answer = BoundaryImportFilled(
            draft_id=source.draft_id,
            filled=DraftFilledCounts(
                added=len(filled.added),
                changed=len(filled.changed),
                unchanged=len(filled.unchanged),
                closed=len(filled.closed),
                refused=[f"{code}: {reason}" for code, reason in filled.refused],
            ),
        )
        return Response(answer.model_dump(mode="json"), status=status.HTTP_201_CREATED)
