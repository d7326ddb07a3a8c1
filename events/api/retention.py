"""For how long recordings are kept, over HTTP: looked at, tried, set."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.setting_shapes import SettingHistory
from accounts.site_policies import may_set, require_reader, setter_role
from core.api.idempotency import idempotent
from core.api.requests import actor_of
from events.actions.retention import set_retention
from events.api.answers import inputs, speaks_english
from events.models.retention import LONGEST_DAYS
from events.queries.retention_book import retention_book, retention_history, retention_trial, rule_of
from events.retention_shapes import RetentionBook, RetentionTrial

LARGEST = 2**31 - 1


class SetRetentionInput(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=0, max_value=LARGEST)
    days = serializers.IntegerField(min_value=-LARGEST, max_value=LARGEST)


class RetentionTrialInput(serializers.Serializer[Any]):
    days = serializers.IntegerField(min_value=1, max_value=LONGEST_DAYS)


def _book(request: Request) -> Response:
    return Response(retention_book(english=speaks_english(request), may_edit=may_set(actor_of(request))))


class RetentionBookView(APIView):
    @extend_schema(operation_id="retention_list", responses=RetentionBook)
    def get(self, request: Request) -> Response:
        require_reader(actor_of(request))
        return _book(request)


class RetentionRuleView(APIView):
    """From the next erasing on, minutes later, this kind is kept for so many days; what is older goes for good."""

    @extend_schema(operation_id="retention_set", request=SetRetentionInput, responses=RetentionBook)
    @idempotent
    def put(self, request: Request, code: str) -> Response:
        actor, given = actor_of(request), inputs(SetRetentionInput, request.data)
        setter_role(actor)
        set_retention(rule_id=rule_of(code).pk, actor=actor, **given)
        return _book(request)


class RetentionTrialView(APIView):
    """What would go at this moment, by these days and by those in force. Nothing is changed."""

    @extend_schema(operation_id="retention_trial", parameters=[RetentionTrialInput], responses=RetentionTrial)
    def get(self, request: Request, code: str) -> Response:
        setter_role(actor_of(request))
        return Response(retention_trial(code, inputs(RetentionTrialInput, request.query_params)["days"]))


class RetentionHistoryView(APIView):
    """Who set what, newest first."""

    @extend_schema(operation_id="retention_history", responses=SettingHistory)
    def get(self, request: Request) -> Response:
        require_reader(actor_of(request))
        return Response(retention_history(english=speaks_english(request)))
