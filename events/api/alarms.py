"""What stands over single alerts: the rules of the seats, floods, and sources out of service."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from events.actions.out_of_service import put_back, review_out_of_service
from events.api.alert_inputs import OutOfServicePutBackInput, OutOfServiceReviewInput
from events.api.answers import inputs, snapshot, speaks_english
from events.api.list_queries import FloodQuery, OutOfServiceListQuery
from events.models import OutOfService
from events.queries.alarm_rules import alarm_rules, alarm_rules_shape
from events.queries.alerts import alert_list
from events.queries.floods import flood_of
from events.queries.out_of_service import (
    NEWEST,
    entries_of,
    out_of_service_detail,
    out_of_service_list,
    overdue_count,
)
from events.shapes import AlarmRulesShape, AlertFlood, OutOfServiceDetail, OutOfServicePage


class AlarmRulesView(APIView):
    """How alarms behave at the seats of this site."""

    @extend_schema(operation_id="alarm_rules_get", responses=AlarmRulesShape)
    def get(self, request: Request) -> Response:
        return Response(alarm_rules_shape(alarm_rules()))


class FloodView(APIView):
    """Are there more new alerts than a seat can read, and what are they about?"""

    @extend_schema(operation_id="alerts_flood", parameters=[FloodQuery], responses=AlertFlood)
    def get(self, request: Request) -> Response:
        filters = inputs(FloodQuery, request.query_params)
        return Response(flood_of(alert_list(actor_of(request), **filters)))


class OutOfServiceListView(APIView):
    """Sources taken out, newest first."""

    @extend_schema(
        operation_id="out_of_service_list", parameters=[PageQuery, OutOfServiceListQuery], responses=OutOfServicePage
    )
    def get(self, request: Request) -> Response:
        actor, english = actor_of(request), speaks_english(request)

        def read() -> dict[str, Any]:
            found = out_of_service_list(actor, **inputs(OutOfServiceListQuery, request.query_params))
            page = page_of(found, request, order=NEWEST, shape=lambda rows: entries_of(rows, actor, english=english))
            return {"items": page.items, "next": page.next, "overdue": overdue_count(actor)}

        return Response(snapshot(read))


class OutOfServiceView(APIView):
    @extend_schema(operation_id="out_of_service_get", responses=OutOfServiceDetail)
    def get(self, request: Request, out_id: int) -> Response:
        return Response(_detail(request, out_id))


def _detail(request: Request, out_id: int) -> dict[str, Any]:
    return snapshot(lambda: out_of_service_detail(out_id, actor_of(request), english=speaks_english(request)))


class OutOfServiceMoveView(APIView):
    """The base of a move of a source that is out."""

    serializer: type[Serializer[Any]]
    act: Callable[..., OutOfService]

    def move(self, request: Request, out_id: int) -> Response:
        self.act(out_id=out_id, actor=actor_of(request), **inputs(self.serializer, request.data))
        return Response(_detail(request, out_id))


class ReviewView(OutOfServiceMoveView):
    """It was looked at and has to stay out."""

    serializer, act = OutOfServiceReviewInput, staticmethod(review_out_of_service)

    @extend_schema(operation_id="out_of_service_review", request=OutOfServiceReviewInput, responses=OutOfServiceDetail)
    @idempotent
    def post(self, request: Request, out_id: int) -> Response:
        return self.move(request, out_id)


class PutBackView(OutOfServiceMoveView):
    """Its findings raise alerts again."""

    serializer, act = OutOfServicePutBackInput, staticmethod(put_back)

    @extend_schema(
        operation_id="out_of_service_put_back", request=OutOfServicePutBackInput, responses=OutOfServiceDetail
    )
    @idempotent
    def post(self, request: Request, out_id: int) -> Response:
        return self.move(request, out_id)
