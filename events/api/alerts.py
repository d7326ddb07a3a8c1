"""Alerts over HTTP."""

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
from events.actions.alert_decisions import (
    acknowledge_alert,
    acknowledge_together,
    confirm_alert,
    dismiss_alert,
    restore_alert,
)
from events.actions.alert_shelving import shelve_alert, unshelve_alert
from events.actions.out_of_service import take_out_of_service
from events.api.alert_inputs import (
    AlertAcknowledgeInput,
    AlertConfirmInput,
    AlertDismissInput,
    AlertRestoreInput,
    AlertsAcknowledgeInput,
    AlertShelveInput,
    AlertTakeOutInput,
    AlertUnshelveInput,
)
from events.api.answers import inputs, snapshot, speaks_english
from events.api.list_queries import AlertListQuery
from events.queries.alerts import NEWEST, alert_detail, alert_list
from events.queries.rows import alert_row
from events.shapes import Acknowledged, AlertDetail, AlertPage


class AlertListView(APIView):
    """Findings of machines, newest first."""

    @extend_schema(operation_id="alerts_list", parameters=[PageQuery, AlertListQuery], responses=AlertPage)
    def get(self, request: Request) -> Response:
        def read() -> dict[str, Any]:
            filters = inputs(AlertListQuery, request.query_params)
            alerts = alert_list(actor_of(request), **filters)
            page = page_of(alerts, request, order=NEWEST, shape=lambda rows: [alert_row(row) for row in rows])
            return {"items": page.items, "next": page.next}

        return Response(snapshot(read))


class AlertView(APIView):
    @extend_schema(operation_id="alerts_get", responses=AlertDetail)
    def get(self, request: Request, alert_id: int) -> Response:
        return Response(_detail(request, alert_id))


def _detail(request: Request, alert_id: int) -> dict[str, Any]:
    return snapshot(lambda: alert_detail(alert_id, actor_of(request), english=speaks_english(request)))


class DecisionView(APIView):
    """The base of a decision about an alert."""

    serializer: type[Serializer[Any]]
    act: Callable[..., object]

    def decide(self, request: Request, alert_id: int) -> Response:
        self.act(alert_id=alert_id, actor=actor_of(request), **inputs(self.serializer, request.data))
        return Response(_detail(request, alert_id))


class AcknowledgeView(DecisionView):
    """Somebody has seen it."""

    serializer, act = AlertAcknowledgeInput, staticmethod(acknowledge_alert)

    @extend_schema(operation_id="alerts_acknowledge", request=AlertAcknowledgeInput, responses=AlertDetail)
    @idempotent
    def post(self, request: Request, alert_id: int) -> Response:
        return self.decide(request, alert_id)


class AcknowledgeTogetherView(APIView):
    """Somebody has seen all of these."""

    @extend_schema(operation_id="alerts_acknowledge_together", request=AlertsAcknowledgeInput, responses=Acknowledged)
    @idempotent
    def post(self, request: Request) -> Response:
        seen = {row["id"]: row["version"] for row in inputs(AlertsAcknowledgeInput, request.data)["items"]}

        def act() -> dict[str, Any]:
            done, refused = acknowledge_together(seen=seen, actor=actor_of(request))
            return {"items": [alert_row(alert) for alert in done], "refused": refused}

        return Response(snapshot(act))


class ConfirmView(DecisionView):
    """It is true: an event begins, or the open one takes it in."""

    serializer, act = AlertConfirmInput, staticmethod(confirm_alert)

    @extend_schema(operation_id="alerts_confirm", request=AlertConfirmInput, responses=AlertDetail)
    @idempotent
    def post(self, request: Request, alert_id: int) -> Response:
        return self.decide(request, alert_id)


class DismissView(DecisionView):
    """It is not true."""

    serializer, act = AlertDismissInput, staticmethod(dismiss_alert)

    @extend_schema(operation_id="alerts_dismiss", request=AlertDismissInput, responses=AlertDetail)
    @idempotent
    def post(self, request: Request, alert_id: int) -> Response:
        return self.decide(request, alert_id)


class RestoreView(DecisionView):
    """The dismissal is taken back."""

    serializer, act = AlertRestoreInput, staticmethod(restore_alert)

    @extend_schema(operation_id="alerts_restore", request=AlertRestoreInput, responses=AlertDetail)
    @idempotent
    def post(self, request: Request, alert_id: int) -> Response:
        return self.decide(request, alert_id)


class ShelveView(DecisionView):
    """It is put aside for a time."""

    serializer, act = AlertShelveInput, staticmethod(shelve_alert)

    @extend_schema(operation_id="alerts_shelve", request=AlertShelveInput, responses=AlertDetail)
    @idempotent
    def post(self, request: Request, alert_id: int) -> Response:
        return self.decide(request, alert_id)


class UnshelveView(DecisionView):
    """It is taken off the shelf before its time."""

    serializer, act = AlertUnshelveInput, staticmethod(unshelve_alert)

    @extend_schema(operation_id="alerts_unshelve", request=AlertUnshelveInput, responses=AlertDetail)
    @idempotent
    def post(self, request: Request, alert_id: int) -> Response:
        return self.decide(request, alert_id)


class TakeOutView(DecisionView):
    """Its source is taken out of service."""

    serializer, act = AlertTakeOutInput, staticmethod(take_out_of_service)

    @extend_schema(operation_id="alerts_take_out", request=AlertTakeOutInput, responses=AlertDetail)
    @idempotent
    def post(self, request: Request, alert_id: int) -> Response:
        return self.decide(request, alert_id)
