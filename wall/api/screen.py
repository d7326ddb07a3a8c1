"""What the page on a wall asks, and what it says of itself. Also read by people who open the page, and by leaders."""

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analytics.queries.scope import scope_of
from core.api.fields import LatitudeField, LongitudeField
from core.api.requests import actor_of
from core.errors import NotFound
from events.api.media import send_file
from events.models import Alert, Attachment
from wall.actions.screen import note_screen
from wall.queries.behind import behind
from wall.queries.overview import overview
from wall.queries.screen import muster, near, wall_state
from wall.shapes import Behind, MusterList, Overview, WallNearList, WallState


class StateQuery(serializers.Serializer[Any]):
    scene = serializers.CharField(
        required=False, max_length=32, help_text="what a key calls; a wall has its own beside"
    )


class PlaceQuery(serializers.Serializer[Any]):
    lng = LongitudeField()
    lat = LatitudeField()


class AreaQuery(serializers.Serializer[Any]):
    area = serializers.CharField(required=False, max_length=120)


class BehindQuery(AreaQuery):
    figure = serializers.CharField(max_length=20)
    key = serializers.CharField(required=False, max_length=120, default="", allow_blank=True)


class ScreenInput(serializers.Serializer[Any]):
    width = serializers.IntegerField(min_value=0, max_value=100_000)
    height = serializers.IntegerField(min_value=0, max_value=100_000)
    webgl = serializers.BooleanField()
    heap_mb = serializers.IntegerField(min_value=0, max_value=1_000_000, allow_null=True)
    build = serializers.CharField(max_length=80, allow_blank=True)


class WallStateView(APIView):
    """Scene, footing and settings of a wall."""

    @extend_schema(operation_id="wall_state", parameters=[StateQuery], responses=WallState)
    def get(self, request: Request) -> Response:
        query = StateQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        state = wall_state(actor_of(request), query.validated_data.get("scene"))
        return Response(state.model_dump(mode="json"))


class WallSeenView(APIView):
    """The wall is on, and this is how it draws."""

    @extend_schema(operation_id="wall_seen", request=ScreenInput, responses={204: None})
    def post(self, request: Request) -> Response:
        given = ScreenInput(data=request.data)
        given.is_valid(raise_exception=True)
        note_screen(actor=actor_of(request), said=given.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)


class WallNearView(APIView):
    """Who is on duty near an incident, by surname."""

    @extend_schema(operation_id="wall_near", parameters=[PlaceQuery], responses=WallNearList)
    def get(self, request: Request) -> Response:
        query = PlaceQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        return Response(near(actor_of(request), **query.validated_data).model_dump(mode="json"))


class WallMusterView(APIView):
    """Whose people are on duty and whose are sent."""

    @extend_schema(operation_id="wall_muster", parameters=[AreaQuery], responses=MusterList)
    def get(self, request: Request) -> Response:
        query = AreaQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        scope = scope_of(actor_of(request), query.validated_data.get("area"))
        return Response(muster(scope).model_dump(mode="json"))


class WallBehindView(APIView):
    """The events behind a number."""

    @extend_schema(operation_id="wall_behind", parameters=[BehindQuery], responses=Behind)
    def get(self, request: Request) -> Response:
        query = BehindQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        scope = scope_of(actor_of(request), asked.get("area"))
        return Response(behind(scope, asked["figure"], asked["key"]).model_dump(mode="json"))


class WallOverviewView(APIView):
    """An area for leaders: its figures, and those of the areas below."""

    @extend_schema(operation_id="wall_overview", parameters=[AreaQuery], responses=Overview)
    def get(self, request: Request) -> Response:
        query = AreaQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        return Response(overview(actor_of(request), query.validated_data.get("area")).model_dump(mode="json"))


class WallStillView(APIView):
    """The picture that raised an alert: all that a wall may have of stored evidence."""

    @extend_schema(operation_id="wall_still", responses={(200, "image/jpeg"): OpenApiTypes.BINARY})
    def get(self, request: Request, alert_id: int) -> HttpResponseBase:
        scope = scope_of(actor_of(request))
        alert = Alert.objects.filter(scope.within, pk=alert_id).exclude(still_id=None).first()
        still = Attachment.objects.filter(pk=alert.still_id or 0).first() if alert else None
        if still is None:
            raise NotFound()
        return send_file(request._request, still.path, still.content_type)
