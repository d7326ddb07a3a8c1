"""The pages of figures over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analytics.api.asking import READERS, FigureQuery, require
from analytics.insight_shapes import Alarms, Handling, RepeatedEvents, Repeats, Running
from analytics.queries.alarms import alarms
from analytics.queries.asked import Asked, Period
from analytics.queries.handling import handling
from analytics.queries.repeats import events_at, repeats
from analytics.queries.running import running
from core.actor import Actor
from core.api.fields import LatitudeField, LongitudeField
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from core.clock import now
from events.queries.rows import event_row

NARROWED = ("area", "type_code", "source", "unit")


class PlaceQuery(FigureQuery):
    lng = LongitudeField(help_text="the place, as it is listed")
    lat = LatitudeField()
    kind = serializers.CharField(max_length=48, help_text="the type that comes again")


def _read(query: type[FigureQuery], request: Request) -> tuple[Asked, Actor, dict[str, Any]]:
    given = query(data=request.query_params)
    given.is_valid(raise_exception=True)
    actor, values = actor_of(request), given.validated_data
    require(actor, READERS)
    narrowed = {name: values.get(name) for name in NARROWED}
    return Asked("area", Period(values["first"], values["last"]), **narrowed), actor, values


class RunningView(APIView):
    """What came, what was closed, how old the open ones are, and what the coming week may bring."""

    @extend_schema(operation_id="insight_running", parameters=[FigureQuery], responses=Running)
    def get(self, request: Request) -> Response:
        asked, actor, _ = _read(FigureQuery, request)
        return Response(Running(**running(asked, actor)).model_dump(mode="json"))


class HandlingView(APIView):
    """How long every step takes."""

    @extend_schema(operation_id="insight_handling", parameters=[FigureQuery], responses=Handling)
    def get(self, request: Request) -> Response:
        asked, actor, _ = _read(FigureQuery, request)
        return Response(Handling(**handling(asked, actor)).model_dump(mode="json"))


class RepeatsView(APIView):
    """Places where the same kind of case came three times and more within the thirty days before the end."""

    @extend_schema(operation_id="insight_repeats", parameters=[FigureQuery], responses=Repeats)
    def get(self, request: Request) -> Response:
        asked, actor, _ = _read(FigureQuery, request)
        return Response(Repeats(**repeats(asked, actor)).model_dump(mode="json"))


class RepeatedEventsView(APIView):
    """The cases of one place."""

    @extend_schema(operation_id="insight_repeats_events", parameters=[PageQuery, PlaceQuery], responses=RepeatedEvents)
    def get(self, request: Request) -> Response:
        asked, actor, values = _read(PlaceQuery, request)
        events, at = events_at(asked, actor, lng=values["lng"], lat=values["lat"], kind=values["kind"]), now()
        page = page_of(
            events, request, order=("-reported_at", "-id"), shape=lambda rows: [event_row(row, at) for row in rows]
        )
        return Response({"items": page.items, "next": page.next})


class AlarmsView(APIView):
    """How good the alarms are."""

    @extend_schema(operation_id="insight_alarms", parameters=[FigureQuery], responses=Alarms)
    def get(self, request: Request) -> Response:
        asked, actor, _ = _read(FigureQuery, request)
        return Response(Alarms(**alarms(asked, actor)).model_dump(mode="json"))
