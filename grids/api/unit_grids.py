"""Unit grids, 责任网格 and 专属网格 over HTTP."""

import json
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.fields import IdField, LatitudeField, LongitudeField
from core.api.idempotency import idempotent
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from core.errors import NotFound
from grids.actions.duty_zones import ZoneContent, create_zone, edit_zone, remove_zone
from grids.actions.unit_grids import LEAST_METRES, MOST_METRES, USUAL_METRES, ask_unit_grids
from grids.models import Area, AreaLevel, DutyZone, UnitGrid
from grids.outlines import outline_from_geojson
from grids.policies import require_tree_admin
from grids.queries.unit_grids import (
    feature_collection,
    rows_of,
    run_of,
    run_row,
    unit_grid_at,
    unit_grids_for,
    with_all,
    zone_rows,
)
from grids.queries.zone_history import zone_history
from grids.queries.zone_people import people_for
from grids.unit_grid_shapes import (
    DutyZonePage,
    DutyZoneRow,
    UnitGridAt,
    UnitGridPage,
    UnitGridRunRow,
    ZoneHistory,
    ZonePeople,
)


class UnderQuery(serializers.Serializer[Any]):
    under = serializers.CharField(required=False, max_length=120, default="")


class UnitGridQuery(UnderQuery):
    grid_path = serializers.CharField(
        required=False, max_length=120, default="", help_text="those of which a part lies in this governance grid"
    )


class UnitGridMapQuery(serializers.Serializer[Any]):
    under = serializers.CharField(max_length=120)


class PlaceQuery(serializers.Serializer[Any]):
    lng = LongitudeField()
    lat = LatitudeField()


class NewRunSerializer(serializers.Serializer[Any]):
    area_path = serializers.CharField(max_length=120)
    size_metres = serializers.IntegerField(min_value=LEAST_METRES, max_value=MOST_METRES, default=USUAL_METRES)


class ZoneSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=60)
    person_id = IdField(required=False, allow_null=True, default=None)
    unit_grids = serializers.ListField(
        child=serializers.CharField(max_length=15), max_length=999, required=False, default=list
    )
    outline = serializers.JSONField(required=False, allow_null=True, default=None, help_text="of a 专属网格: GeoJSON")


class NewDutyZoneSerializer(ZoneSerializer):
    community_path = serializers.CharField(max_length=120)
    kind = serializers.ChoiceField(choices=DutyZone.Kind.values)


class EditZoneSerializer(ZoneSerializer):
    version = serializers.IntegerField(min_value=1)


class ZoneVersionSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1)


def _read(kind: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    body = kind(data=data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def _content(body: dict[str, Any], kind: str) -> ZoneContent:
    outline = body["outline"]
    return ZoneContent(
        kind=kind,
        name=body["name"],
        person_id=body["person_id"],
        unit_grids=tuple(body["unit_grids"]),
        outline=outline_from_geojson(json.dumps(outline)) if outline is not None else None,
    )


def _zone_answer(zone: DutyZone, code: int = status.HTTP_200_OK) -> Response:
    full = DutyZone.objects.select_related("community", "person").get(pk=zone.pk)
    return Response(zone_rows([full])[0].model_dump(mode="json"), status=code)


def _dumped(rows: list[UnitGrid]) -> list[dict[str, Any]]:
    return [row.model_dump(mode="json") for row in rows_of(rows)]


def _dumped_zones(rows: list[DutyZone]) -> list[dict[str, Any]]:
    return [row.model_dump(mode="json") for row in zone_rows(rows)]


class UnitGridListView(APIView):
    """Unit grids by code, each with its 责任网格 and its parts in the governance grids."""

    @extend_schema(operation_id="unit_grids_list", parameters=[PageQuery, UnitGridQuery], responses=UnitGridPage)
    def get(self, request: Request) -> Response:
        query = _read(UnitGridQuery, request.query_params)
        found = with_all(unit_grids_for(actor_of(request), **query))
        page = page_of(found, request, order=("code", "id"), shape=_dumped)
        return Response({"items": page.items, "next": page.next})


class UnitGridMapView(APIView):
    """The unit grids of a community or street on the map."""

    @extend_schema(
        operation_id="unit_grids_geojson", parameters=[UnitGridMapQuery], responses={200: OpenApiTypes.OBJECT}
    )
    def get(self, request: Request) -> HttpResponse:
        under = _read(UnitGridMapQuery, request.query_params)["under"]
        return HttpResponse(feature_collection(actor_of(request), under), content_type="application/geo+json")


class UnitGridAtView(APIView):
    """The unit grid at a point, and the 专属网格 that is cut out there."""

    @extend_schema(operation_id="unit_grids_at", parameters=[PlaceQuery], responses=UnitGridAt)
    def get(self, request: Request) -> Response:
        query = _read(PlaceQuery, request.query_params)
        return Response(unit_grid_at(query["lng"], query["lat"], actor_of(request)).model_dump(mode="json"))


class UnitGridRunsView(APIView):
    """The communities of an area get unit grids of a size, in the background."""

    @extend_schema(operation_id="unit_grids_make", request=NewRunSerializer, responses={202: UnitGridRunRow})
    @idempotent
    def post(self, request: Request) -> Response:
        body, actor = _read(NewRunSerializer, request.data), actor_of(request)
        area = Area.objects.visible_to(actor).filter(path=body["area_path"]).first()
        if area is None:
            raise NotFound()
        run = ask_unit_grids(area_id=area.pk, size_metres=body["size_metres"], actor=actor)
        return Response(run_row(run).model_dump(mode="json"), status=status.HTTP_202_ACCEPTED)


class UnitGridRunView(APIView):
    """How far a making of unit grids is."""

    @extend_schema(operation_id="unit_grids_run", responses=UnitGridRunRow)
    def get(self, request: Request, run_id: int) -> Response:
        return Response(run_of(run_id, actor_of(request)).model_dump(mode="json"))


class DutyZoneListView(APIView):
    """责任网格 and 专属网格 by code; and a new one."""

    @extend_schema(operation_id="duty_zones_list", parameters=[PageQuery, UnderQuery], responses=DutyZonePage)
    def get(self, request: Request) -> Response:
        under = _read(UnderQuery, request.query_params)["under"]
        found = DutyZone.objects.visible_to(actor_of(request)).select_related("community", "person")
        page = page_of(found.under(under) if under else found, request, order=("code", "id"), shape=_dumped_zones)
        return Response({"items": page.items, "next": page.next})

    @extend_schema(operation_id="duty_zones_create", request=NewDutyZoneSerializer, responses={201: DutyZoneRow})
    @idempotent
    def post(self, request: Request) -> Response:
        body, actor = _read(NewDutyZoneSerializer, request.data), actor_of(request)
        community = Area.objects.visible_to(actor).filter(path=body["community_path"]).first()
        if community is None:
            raise NotFound()
        zone = create_zone(community_id=community.pk, content=_content(body, body["kind"]), actor=actor)
        return _zone_answer(zone, status.HTTP_201_CREATED)


class ZonePeopleView(APIView):
    """Who may be put in charge of ground in a community: told to who gives it out."""

    @extend_schema(operation_id="duty_zones_people", parameters=[UnitGridMapQuery], responses=ZonePeople)
    def get(self, request: Request) -> Response:
        path, actor = _read(UnitGridMapQuery, request.query_params)["under"], actor_of(request)
        if not Area.objects.current().visible_to(actor).filter(path=path).exists():
            raise NotFound()
        require_tree_admin(actor, path)
        return Response(ZonePeople(items=people_for(path)).model_dump(mode="json"))


class ZoneHistoryQuery(UnitGridMapQuery):
    zone_id = IdField(required=False, allow_null=True, default=None)


class ZoneHistoryView(APIView):
    """Who changed the zones of a community, ended ones included: told to who gives its ground out."""

    @extend_schema(operation_id="duty_zones_history", parameters=[ZoneHistoryQuery], responses=ZoneHistory)
    def get(self, request: Request) -> Response:
        query, actor = _read(ZoneHistoryQuery, request.query_params), actor_of(request)
        found = Area.objects.current().visible_to(actor).filter(path=query["under"], level=AreaLevel.COMMUNITY)
        community = found.first()
        if community is None:
            raise NotFound()
        require_tree_admin(actor, community.path)
        return Response(zone_history(community, zone_id=query["zone_id"]).model_dump(mode="json"))


class DutyZoneView(APIView):
    """One 责任网格 or 专属网格."""

    @extend_schema(operation_id="duty_zones_edit", request=EditZoneSerializer, responses=DutyZoneRow)
    @idempotent
    def put(self, request: Request, zone_id: int) -> Response:
        body, actor = _read(EditZoneSerializer, request.data), actor_of(request)
        content = _content(body, "")
        return _zone_answer(edit_zone(zone_id=zone_id, version=body["version"], content=content, actor=actor))

    @extend_schema(operation_id="duty_zones_remove", parameters=[ZoneVersionSerializer], responses={204: None})
    @idempotent
    def delete(self, request: Request, zone_id: int) -> Response:
        version = _read(ZoneVersionSerializer, request.query_params)["version"]
        remove_zone(zone_id=zone_id, version=version, actor=actor_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
