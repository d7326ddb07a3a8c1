"""The assessment over HTTP: the table, the events behind a number, and the formulas as data."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.roles import Role
from analytics.actions.indicators import change_indicator
from analytics.api.asking import JUDGES, READERS, FigureQuery, require
from analytics.assessment_shapes import (
    Assessment,
    CountedPage,
    IndicatorList,
    IndicatorShape,
    MeasureShape,
    Trial,
    VersionList,
    VersionShape,
)
from analytics.models import Indicator
from analytics.queries.asked import Asked, Period
from analytics.queries.behind import ORDER, counted_rows, rows_behind
from analytics.queries.formulas import indicator_shape, measure_shape, readable
from analytics.queries.indicators import assessment
from analytics.queries.measures import MEASURES
from analytics.queries.trial import trial, versions
from core.actor import Actor
from core.api.fields import IdField
from core.api.idempotency import idempotent
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from core.clock import local, now

EDITORS = (Role.ASSESSOR, Role.SYSTEM_ADMIN)
SUBJECTS = ["area", "department", "acceptor", "dispatcher", "checker", "collector"]
OF_PEOPLE = frozenset(SUBJECTS[2:])


class AssessmentQuery(FigureQuery):
    subject = serializers.ChoiceField(SUBJECTS)
    compare = serializers.ChoiceField(["before", "year"], required=False, help_text="环比 or 同比")
    boundaries = serializers.ChoiceField(
        ["then", "present"],
        required=False,
        default="then",
        help_text="areas as they were at the time, or merged ones counted for the area that stands there now",
    )


class BehindQuery(AssessmentQuery):
    measure = serializers.ChoiceField(sorted(MEASURES))
    key = IdField(required=False, help_text="the row's; the whole where left out")


class IndicatorInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=40, required=False)
    name_en = serializers.CharField(max_length=80, required=False)
    formula = serializers.CharField(max_length=300, required=False)
    is_on = serializers.BooleanField(required=False)


class TrialInput(serializers.Serializer[Any]):
    formula = serializers.CharField(max_length=300)
    subject = serializers.ChoiceField(SUBJECTS, required=False)


def _asked(query: dict[str, Any], actor: Actor) -> Asked:
    """How people did is shown to those who judge them, nobody else."""
    require(actor, JUDGES if query["subject"] in OF_PEOPLE else READERS)
    first: date = query["first"]
    narrowed = {name: query.get(name) for name in ("area", "type_code", "source", "unit")}
    return Asked(query["subject"], Period(first, query["last"]), boundaries=query["boundaries"], **narrowed)


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
    """What one number counts, row by row: a list as long as the number."""

    @extend_schema(operation_id="assessment_events", parameters=[PageQuery, BehindQuery], responses=CountedPage)
    def get(self, request: Request) -> Response:
        query = BehindQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        actor = actor_of(request)
        asked, measure = _asked(query.validated_data, actor), query.validated_data["measure"]
        rows = rows_behind(asked, actor, measure, query.validated_data.get("key"))
        page = page_of(rows, request, order=ORDER, shape=lambda found: counted_rows(found, actor, measure))
        return Response({"items": page.items, "next": page.next})


class IndicatorListView(APIView):
    """Every indicator, and every measure that a formula may name."""

    @extend_schema(operation_id="indicators_list", responses=IndicatorList)
    def get(self, request: Request) -> Response:
        require(actor_of(request), (*EDITORS, *JUDGES))
        rows = list(Indicator.objects.all())
        read = readable(rows)
        shape = IndicatorList(
            items=[IndicatorShape(**indicator_shape(row, read[row.code])) for row in rows if row.code in read],
            measures=[MeasureShape(**measure_shape(name)) for name in MEASURES],
        )
        return Response(shape.model_dump(mode="json"))


class IndicatorTrialView(APIView):
    """A formula tried on last month beside the one in force; nothing is saved."""

    @extend_schema(operation_id="indicators_trial", request=TrialInput, responses=Trial)
    def post(self, request: Request, code: str) -> Response:
        require(actor_of(request), EDITORS)
        asked = TrialInput(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        found = trial(code, values["formula"], actor_of(request), local(now()).date(), values.get("subject"))
        return Response(Trial(**found).model_dump(mode="json"))


class IndicatorVersionsView(APIView):
    """What the formula was before, by whom it was changed."""

    @extend_schema(operation_id="indicators_versions", responses=VersionList)
    def get(self, request: Request, code: str) -> Response:
        require(actor_of(request), (*EDITORS, *JUDGES))
        return Response(VersionList(items=[VersionShape(**one) for one in versions(code)]).model_dump(mode="json"))


class IndicatorView(APIView):
    """A formula, as an administrator or the assessor changes it."""

    @extend_schema(operation_id="indicators_change", request=IndicatorInput, responses=IndicatorShape)
    @idempotent
    def patch(self, request: Request, code: str) -> Response:
        require(actor_of(request), EDITORS)
        asked = IndicatorInput(data=request.data)
        asked.is_valid(raise_exception=True)
        shape = change_indicator(code=code, actor=actor_of(request), **asked.validated_data)
        return Response(IndicatorShape(**shape).model_dump(mode="json"))
