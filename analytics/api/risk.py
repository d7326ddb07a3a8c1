"""Risk over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analytics.actions.risk import judge_risk
from analytics.api.asking import JUDGES, READERS, require
from analytics.assessment_shapes import CountedPage
from analytics.insight_shapes import Judged, Risks
from analytics.models import RiskRule
from analytics.queries.behind import ORDER, counted_rows
from analytics.queries.risk import events_at_risk, newest_judgement, risk_shape, risks
from core.api.idempotency import idempotent
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of

LEVELS = ["district", "street", "community", "grid"]


class RiskQuery(serializers.Serializer[Any]):
    area = serializers.CharField(required=False, max_length=120)
    kind = serializers.ChoiceField(RiskRule.Kind.choices, required=False)
    level = serializers.ChoiceField(LEVELS, required=False)


class RiskListView(APIView):
    """The places at risk, the highest first."""

    @extend_schema(operation_id="risks_list", parameters=[PageQuery, RiskQuery], responses=Risks)
    def get(self, request: Request) -> Response:
        query = RiskQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        actor = actor_of(request)
        require(actor, READERS)
        found = risks(actor, **query.validated_data)
        page = page_of(
            found, request, order=("-rank", "-value", "id"), shape=lambda rows: [risk_shape(row) for row in rows]
        )
        judged = newest_judgement()
        shape = Risks(
            items=page.items,  # type: ignore[arg-type]
            next=page.next,
            judged_at=judged.judged_at if judged else None,
            is_truncated=judged.is_truncated if judged else False,
        )
        return Response(shape.model_dump(mode="json"))


class RiskEventsView(APIView):
    """The events behind a finding, as many as its number."""

    @extend_schema(operation_id="risks_events", parameters=[PageQuery], responses=CountedPage)
    def get(self, request: Request, risk_id: int) -> Response:
        actor = actor_of(request)
        require(actor, READERS)
        rows, measure = events_at_risk(risk_id, actor)
        page = page_of(rows, request, order=ORDER, shape=lambda found: counted_rows(found, actor, measure))
        return Response({"items": page.items, "next": page.next})


class RiskJudgeView(APIView):
    """Judge now, instead of within the hour."""

    @extend_schema(operation_id="risks_judge", request=None, responses=Judged)
    @idempotent
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        require(actor, JUDGES)
        judged = judge_risk()
        own = Judged(judged_at=judged.judged_at, found=risks(actor).count())
        return Response(own.model_dump(mode="json"))
