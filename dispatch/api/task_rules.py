"""How near to the place each kind of task is signed in, over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.queries.site_settings import setting_history
from accounts.setting_shapes import SettingHistory
from accounts.site_policies import may_set, require_reader, setter_role
from core.api.idempotency import idempotent
from core.api.requests import actor_of
from dispatch.actions.task_rules import TASK_RULE_KIND, set_task_rule
from dispatch.queries.task_rules import sign_ins, task_rules
from dispatch.rule_shapes import SignIns, TaskRuleList

LARGEST = 2**31 - 1


class TaskRuleInput(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=0, max_value=LARGEST, help_text="0: nobody has set it yet")
    geofence_metres = serializers.IntegerField(min_value=-LARGEST, max_value=LARGEST)


class SignInQuery(serializers.Serializer[Any]):
    metres = serializers.IntegerField(min_value=0, max_value=100_000)


class TaskRuleListView(APIView):
    """Every kind of task with its range."""

    @extend_schema(operation_id="task_rules_list", responses=TaskRuleList)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        require_reader(actor)
        return Response(task_rules(may_edit=may_set(actor)))


class TaskRuleView(APIView):
    """The range of one kind, from the next sign-in on."""

    @extend_schema(operation_id="task_rules_set", request=TaskRuleInput, responses=TaskRuleList)
    @idempotent
    def put(self, request: Request, kind: str) -> Response:
        actor, given = actor_of(request), TaskRuleInput(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        set_task_rule(kind=kind, actor=actor, version=values["version"], metres=values["geofence_metres"])
        return Response(task_rules(may_edit=may_set(actor)))


class SignInsView(APIView):
    """How many of the last month's sign-ins a range would have refused."""

    @extend_schema(operation_id="task_rules_sign_ins", parameters=[SignInQuery], responses=SignIns)
    def get(self, request: Request, kind: str) -> Response:
        setter_role(actor_of(request))
        query = SignInQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        return Response(sign_ins(kind, query.validated_data["metres"]))


class TaskRuleHistoryView(APIView):
    """Who set what, newest first."""

    @extend_schema(operation_id="task_rules_history", responses=SettingHistory)
    def get(self, request: Request) -> Response:
        require_reader(actor_of(request))
        return Response(setting_history(TASK_RULE_KIND))
