"""The pages of figures over HTTP."""

from dataclasses import fields
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analytics.api.asking import READERS, FigureQuery, require
from analytics.assessment_shapes import CountedPage
from analytics.insight_shapes import Alarms, CountedAlerts, Handling, RepeatedEvents, Repeats, Running
from analytics.queries.alarm_sets import LEVELS, SETS, Counted, alerts_behind
from analytics.queries.alarm_sets import ORDER as NEWEST
from analytics.queries.alarms import STATES, alarms
from analytics.queries.asked import Asked, Period
from analytics.queries.behind import FIGURES, ORDER, counted_rows, rows_of_figure
from analytics.queries.handling import handling
from analytics.queries.repeats import events_at, repeats
from analytics.queries.running import running
from core.actor import Actor
from core.api.fields import IdField, LatitudeField, LongitudeField, MomentField
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from core.clock import now
from events.models import Alert
from events.queries.rows import alert_row, event_row

NARROWED = ("area", "type_code", "source", "unit")
ALERT_NARROWED = tuple(field.name for field in fields(Counted))


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


class AlarmAlertsQuery(FigureQuery):
    """`channel` and `unit` say nothing of an alarm; what else is given narrows what the number counts."""

    of = serializers.ChoiceField(
        SETS, default="raised", help_text="found or acknowledged in the period, or standing at its end"
    )
    level = serializers.ChoiceField(tuple(LEVELS), required=False)
    state = serializers.ChoiceField(STATES, required=False)
    found_by = serializers.ChoiceField(Alert.Source.choices, required=False)
    rule = serializers.CharField(required=False, max_length=64)
    subject_kind = serializers.CharField(required=False, max_length=32)
    subject_id = IdField(required=False)
    operator = IdField(required=False, help_text="who acknowledged")
    since = MomentField(required=False, help_text="the beginning of ten minutes")
    in_floods = serializers.BooleanField(required=False, help_text="only of ten minutes with more than ten alarms")


class FigureEventsQuery(FigureQuery):
    figure = serializers.ChoiceField(FIGURES, help_text="the number: a total, the open ones of an age, or a step")


class FigureEventsView(APIView):
    """What one number of the pages 运行 and 处置 counts, row by row: a list as long as the number."""

    @extend_schema(operation_id="insight_events", parameters=[PageQuery, FigureEventsQuery], responses=CountedPage)
    def get(self, request: Request) -> Response:
        asked, actor, values = _read(FigureEventsQuery, request)
        rows, measure = rows_of_figure(asked, actor, values["figure"])
        page = page_of(rows, request, order=ORDER, shape=lambda found: counted_rows(found, actor, measure))
        return Response({"items": page.items, "next": page.next})


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


class AlarmAlertsView(APIView):
    """What one number of the page 告警质量 counts, alert by alert: a list as long as the number."""

    @extend_schema(
        operation_id="insight_alarms_alerts", parameters=[PageQuery, AlarmAlertsQuery], responses=CountedAlerts
    )
    def get(self, request: Request) -> Response:
        asked, actor, values = _read(AlarmAlertsQuery, request)
        counted = Counted(**{name: values[name] for name in ALERT_NARROWED if name in values})
        alerts = alerts_behind(asked, actor, counted)
        page = page_of(alerts, request, order=NEWEST, shape=lambda rows: [alert_row(row) for row in rows])
        return Response({"items": page.items, "next": page.next})
