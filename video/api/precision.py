"""How often cameras were right, over HTTP, and the alerts behind each figure."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pages import PageQuery, page_of
from core.api.problems import language_of
from core.api.requests import actor_of
from events.api.answers import inputs, snapshot
from events.queries.alerts import NEWEST
from events.queries.rows import alert_row
from events.shapes import AlertPage
from video.precision_shapes import PrecisionTable
from video.queries.precision_figures import GROUPS, VERDICTS, judged_alerts, precision_table


class PrecisionFilters(serializers.Serializer[Any]):
    days = serializers.IntegerField(min_value=1, max_value=366, default=30)
    algorithm = serializers.CharField(max_length=40, required=False)
    camera = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    hour = serializers.IntegerField(min_value=0, max_value=23, required=False, help_text="of the city's clocks")
    area = serializers.CharField(max_length=120, required=False)


class PrecisionQuery(PrecisionFilters):
    by = serializers.ChoiceField(choices=list(GROUPS), default="pair")


class PrecisionAlertsQuery(PrecisionFilters):
    verdict = serializers.ChoiceField(choices=list(VERDICTS), required=False)


class PrecisionView(APIView):
    """What people made of the findings of cameras, grouped."""

    @extend_schema(operation_id="precision_table", parameters=[PrecisionQuery], responses=PrecisionTable)
    def get(self, request: Request) -> Response:
        asked = inputs(PrecisionQuery, request.query_params)
        table = precision_table(actor_of(request), language=language_of(request._request), **asked)
        return Response(table.model_dump(mode="json"))


class PrecisionAlertsView(APIView):
    """The alerts behind a figure, newest first."""

    @extend_schema(operation_id="precision_alerts", parameters=[PageQuery, PrecisionAlertsQuery], responses=AlertPage)
    def get(self, request: Request) -> Response:
        def read() -> dict[str, Any]:
            asked = inputs(PrecisionAlertsQuery, request.query_params)
            alerts = judged_alerts(actor_of(request), **asked).select_related("acknowledged_by", "shelved_by")
            page = page_of(alerts, request, order=NEWEST, shape=lambda rows: [alert_row(row) for row in rows])
            return {"items": page.items, "next": page.next}

        return Response(snapshot(read))
