"""The division tree over HTTP: lists, details, outlines, point → area, and the two writes."""

import json
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.actor import Actor
from core.api.idempotency import idempotent
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from core.errors import NotFound
from grids.actions.areas import create_area
from grids.actions.boundaries import change_boundary
from grids.api.draft_serializers import PointsSerializer, SuccessionQuerySerializer
from grids.api.serializers import (
    AreaDetailSerializer,
    AreaPageSerializer,
    AreaQuerySerializer,
    AreaRowSerializer,
    GeoJsonQuerySerializer,
    LocationSerializer,
    NewAreaSerializer,
    NewBoundarySerializer,
    PointQuerySerializer,
)
from grids.api.tiles import with_etag
from grids.draft_shapes import PlacesOfPoints, SuccessionList
from grids.models import Area
from grids.outlines import outline_from_geojson
from grids.queries.drafts import successions
from grids.queries.locate import locate, locate_many
from grids.queries.outlines import feature_collection, outlines_stamp, present_outline

NOWHERE = {"path": None, "label": None}


def visible_area(actor: Actor, **lookup: object) -> Area:
    """The area if the actor may see it; else it does not exist."""
    area: Area | None = Area.objects.visible_to(actor).select_related("parent").filter(**lookup).first()
    if area is None:
        raise NotFound()
    return area


def rows_of(areas: list[Area]) -> list[dict[str, Any]]:
    return list(AreaRowSerializer(areas, many=True).data)


def detail_of(area: Area) -> Response:
    outline = present_outline(area)
    if outline is not None:
        outline["geometry"] = json.loads(outline.pop("geojson"))
    return Response(AreaDetailSerializer(area, context={"boundary": outline}).data)


class AreaListView(APIView):
    """Areas the person may see, by code."""

    @extend_schema(operation_id="areas_list", parameters=[PageQuery, AreaQuerySerializer], responses=AreaPageSerializer)
    def get(self, request: Request) -> Response:
        query = AreaQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        areas = Area.objects.visible_to(actor_of(request)).current().select_related("parent")
        if level := query.validated_data.get("level"):
            areas = areas.filter(level=level)
        if parent_path := query.validated_data.get("parent_path"):
            areas = areas.filter(parent__path=parent_path)
        page = page_of(areas, request, order=("code", "id"), shape=rows_of)
        return Response({"items": page.items, "next": page.next})

    @extend_schema(operation_id="areas_create", request=NewAreaSerializer, responses={201: AreaDetailSerializer})
    @idempotent
    def post(self, request: Request) -> Response:
        body = NewAreaSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        values = dict(body.validated_data)
        actor = actor_of(request)
        parent = visible_area(actor, path=values.pop("parent_path"))
        outline = outline_from_geojson(json.dumps(values.pop("boundary")))
        response = detail_of(create_area(parent=parent, boundary=outline, actor=actor, **values))
        response.status_code = status.HTTP_201_CREATED
        return response


class AreaDetailView(APIView):
    """One area with its present outline."""

    @extend_schema(operation_id="areas_get", responses=AreaDetailSerializer)
    def get(self, request: Request, area_id: int) -> Response:
        return detail_of(visible_area(actor_of(request), pk=area_id))


class AreaBoundaryView(APIView):
    """Another outline for an area; the old one stays in its history."""

    @extend_schema(operation_id="areas_change_boundary", request=NewBoundarySerializer, responses=AreaDetailSerializer)
    @idempotent
    def put(self, request: Request, area_id: int) -> Response:
        body = NewBoundarySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        actor = actor_of(request)
        area = visible_area(actor, pk=area_id)
        change_boundary(
            area_id=area.pk,
            version=body.validated_data["version"],
            boundary=outline_from_geojson(json.dumps(body.validated_data["boundary"])),
            actor=actor,
            valid_from=body.validated_data.get("valid_from"),
        )
        return detail_of(visible_area(actor, pk=area_id))


class AreaGeoJsonView(APIView):
    """Present outlines of one level as GeoJSON."""

    @extend_schema(
        operation_id="areas_geojson", parameters=[GeoJsonQuerySerializer], responses={200: OpenApiTypes.OBJECT}
    )
    def get(self, request: Request) -> HttpResponse:
        query = GeoJsonQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        actor = actor_of(request)
        level, under = query.validated_data["level"], query.validated_data["under"]
        stamp, scope = outlines_stamp(actor)
        return with_etag(
            request,
            f"{stamp}-{scope}",
            "application/geo+json",
            lambda: feature_collection(actor=actor, level=level, under=under).encode(),
        )


class SuccessionView(APIView):
    """Where the ground of split, merged or redrawn areas went: old area → new areas, by part of the ground."""

    @extend_schema(operation_id="areas_succession", parameters=[SuccessionQuerySerializer], responses=SuccessionList)
    def get(self, request: Request) -> Response:
        query = SuccessionQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        return Response({"items": successions(actor_of(request), query.validated_data["under"])})


class LocateView(APIView):
    """The place of a point in the division tree, or of many."""

    @extend_schema(operation_id="areas_locate", parameters=[PointQuerySerializer], responses=LocationSerializer)
    def get(self, request: Request) -> Response:
        query = PointQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        return Response(LocationSerializer(locate(**query.validated_data)).data)

    @extend_schema(operation_id="areas_locate_many", request=PointsSerializer, responses=PlacesOfPoints)
    def post(self, request: Request) -> Response:
        """Present places in the order of the points (lng, lat); null where a point lies outside the district."""
        body = PointsSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        places = locate_many(body.validated_data["points"])
        items = [{"path": place.path, "label": place.label} if place else NOWHERE for place in places]
        return Response({"items": items})
