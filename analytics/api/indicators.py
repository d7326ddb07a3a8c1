"""The assessment over HTTP: the table, the events behind a number, and the formulas as data."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.roles import ROLE_NAMES, Role
from analytics.actions.indicators import change_indicator
from analytics.assessment_shapes import Assessment, IndicatorShape
from analytics.queries.indicators import Asked, Period, assessment, events_behind
from analytics.queries.measures import MEASURES
from core.actor import Actor
from core.api.fields import IdField
from core.api.idempotency import idempotent
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from core.clock import now
from core.errors import Forbidden
from events.queries.rows import event_row
from events.shapes import EventPage

JUDGES = (Role.ASSESSOR, Role.LEADER, Role.DUTY_CHIEF)
READERS = (*JUDGES, Role.ACCEPTOR, Role.DISPATCHER, Role.GRID_LEADER, Role.DEPARTMENT_DESK)
SUBJECTS = ["area", "department", "acceptor", "dispatcher", "checker", "collector"]
OF_PEOPLE = frozenset(SUBJECTS[2:])


class AssessmentQuery(serializers.Serializer[Any]):
    subject = serializers.ChoiceField(SUBJECTS)
    first = serializers.DateField()
    last = serializers.DateField(help_text="the last day, included")
    area = serializers.CharField(required=False, max_length=120, help_text="path; one's own areas where left out")
    type_code = serializers.CharField(required=False, max_length=48)
    compare = serializers.ChoiceField(["before", "year"], required=False, help_text="环比 or 同比")


class BehindQuery(AssessmentQuery):
    measure = serializers.ChoiceField(sorted(MEASURES))
    key = IdField(required=False, help_text="the row's; the whole where left out")


class IndicatorInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=40, required=False)
    name_en = serializers.CharField(max_length=80, required=False)
    formula = serializers.CharField(max_length=300, required=False)
    is_on = serializers.BooleanField(required=False)


def _require(actor: Actor, roles: tuple[Role, ...]) -> None:
    if not actor.has_role(*roles):
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in roles))


def _asked(query: dict[str, Any], actor: Actor) -> Asked:
    """How people did is shown to those who judge them, nobody else."""
    _require(actor, JUDGES if query["subject"] in OF_PEOPLE else READERS)
    first: date = query["first"]
    return Asked(query["subject"], Period(first, query["last"]), query.get("area"), query.get("type_code"))


class AssessmentView(APIView):
    """Every indicator of every area, department or post in a period."""

    @extend_schema(operation_id="assessment", parameters=[AssessmentQuery], responses=Assessment)
    def get(self, request: Request) -> Response:
        query = AssessmentQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        actor = actor_of(request)
        asked = _asked(query.validated_data, actor)
        table = assessment(asked, actor, query.validated_data.get("compare"))
        return Response(Assessment(**table).model_dump(mode="json"))


class AssessmentEventsView(APIView):
    """The events that one number counts."""

    @extend_schema(operation_id="assessment_events", parameters=[PageQuery, BehindQuery], responses=EventPage)
    def get(self, request: Request) -> Response:
        query = BehindQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        actor = actor_of(request)
        asked = _asked(query.validated_data, actor)
        events = events_behind(asked, actor, query.validated_data["measure"], query.validated_data.get("key"))
        at = now()
        page = page_of(
            events, request, order=("-reported_at", "-id"), shape=lambda rows: [event_row(row, at) for row in rows]
        )
        return Response({"items": page.items, "next": page.next, "as_of": "", "epoch": ""})


class IndicatorView(APIView):
    """A formula, as an administrator or the assessor changes it."""

    @extend_schema(operation_id="indicators_change", request=IndicatorInput, responses=IndicatorShape)
    @idempotent
    def patch(self, request: Request, code: str) -> Response:
        _require(actor_of(request), (Role.ASSESSOR, Role.SYSTEM_ADMIN))
        asked = IndicatorInput(data=request.data)
        asked.is_valid(raise_exception=True)
        shape = change_indicator(code=code, actor=actor_of(request), **asked.validated_data)
        return Response(IndicatorShape(**shape).model_dump(mode="json"))
