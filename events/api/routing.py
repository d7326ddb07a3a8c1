"""Routing over HTTP: the rules, their replay, the matrix."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.requests import actor_of
from events.actions.replay import replay
from events.actions.responsibilities import RowContent, edit_row, remove_row, write_row
from events.actions.routing_rules import (
    RuleContent,
    edit_rule,
    order_rules,
    remove_rule,
    require_expression,
    switch_rule,
    write_rule,
)
from events.api import routing_inputs as i
from events.api.answers import inputs, speaks_english
from events.errors import ExpressionRefused
from events.queries.routing_rules import one_row, one_rule, people_of, row_list, rule_list
from events.routing_policies import require_reader
from events.routing_shapes import (
    ExpressionVerdict,
    PeopleList,
    ResponsibilityList,
    ResponsibilityShape,
    RoutingReplay,
    RoutingRuleList,
    RoutingRuleShape,
)


def _rule_content(values: dict[str, Any]) -> RuleContent:
    return RuleContent(**{**values, "co_unit_codes": tuple(values.get("co_unit_codes", ()))})


class RoutingRuleListView(APIView):
    """The rules in the order in which they are asked."""

    @extend_schema(operation_id="routing_rules_list", responses=RoutingRuleList)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        require_reader(actor)
        return Response(rule_list(actor, english=speaks_english(request)))

    @extend_schema(operation_id="routing_rules_write", request=i.NewRoutingRuleInput, responses={201: RoutingRuleShape})
    @idempotent
    def post(self, request: Request) -> Response:
        actor, values = actor_of(request), inputs(i.NewRoutingRuleInput, request.data)
        replaces_id = values.pop("replaces_id", None)
        rule = write_rule(actor=actor, content=_rule_content(values), replaces_id=replaces_id)
        return Response(one_rule(rule.pk, actor), status=status.HTTP_201_CREATED)


class RoutingRuleView(APIView):
    @extend_schema(operation_id="routing_rules_get", responses=RoutingRuleShape)
    def get(self, request: Request, rule_id: int) -> Response:
        actor = actor_of(request)
        require_reader(actor)
        return Response(one_rule(rule_id, actor))

    @extend_schema(operation_id="routing_rules_edit", request=i.EditRoutingRuleInput, responses=RoutingRuleShape)
    @idempotent
    def put(self, request: Request, rule_id: int) -> Response:
        actor, values = actor_of(request), inputs(i.EditRoutingRuleInput, request.data)
        edit_rule(rule_id=rule_id, actor=actor, version=values.pop("version"), content=_rule_content(values))
        return Response(one_rule(rule_id, actor))


class RoutingRuleSwitchView(APIView):
    @extend_schema(operation_id="routing_rules_switch", request=i.SwitchRoutingRuleInput, responses=RoutingRuleList)
    @idempotent
    def post(self, request: Request, rule_id: int) -> Response:
        """The whole list comes back: a rule that was replaced has gone off with it."""
        actor = actor_of(request)
        switch_rule(rule_id=rule_id, actor=actor, **inputs(i.SwitchRoutingRuleInput, request.data))
        return Response(rule_list(actor, english=speaks_english(request)))


class RoutingRuleRemoveView(APIView):
    @extend_schema(operation_id="routing_rules_remove", request=i.RemoveInput, responses=RoutingRuleList)
    @idempotent
    def post(self, request: Request, rule_id: int) -> Response:
        actor = actor_of(request)
        remove_rule(rule_id=rule_id, actor=actor, **inputs(i.RemoveInput, request.data))
        return Response(rule_list(actor, english=speaks_english(request)))


class RoutingRuleOrderView(APIView):
    @extend_schema(operation_id="routing_rules_order", request=i.OrderRoutingRulesInput, responses=RoutingRuleList)
    @idempotent
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        order_rules(actor=actor, **inputs(i.OrderRoutingRulesInput, request.data))
        return Response(rule_list(actor, english=speaks_english(request)))


class RoutingReplayView(APIView):
    """What the rule would change, tried on past events."""

    @extend_schema(operation_id="routing_rules_replay", request=i.ReplayInput, responses=RoutingReplay)
    @idempotent
    def post(self, request: Request, rule_id: int) -> Response:
        actor = actor_of(request)
        found = replay(rule_id=rule_id, actor=actor, **inputs(i.ReplayInput, request.data))
        return Response({"rule": one_rule(rule_id, actor), "summary": found.summary, "items": found.items})


class ExpressionCheckView(APIView):
    """Whether a condition can be read, while it is being typed. Nothing is kept."""

    @extend_schema(operation_id="routing_rules_check", request=i.CheckExpressionInput, responses=ExpressionVerdict)
    def post(self, request: Request) -> Response:
        require_reader(actor_of(request))
        try:
            require_expression(inputs(i.CheckExpressionInput, request.data)["expression"])
        except ExpressionRefused as refused:
            said = refused.extra["fault_en" if speaks_english(request) else "fault_zh"]
            place = {"line": refused.extra["line"], "column": refused.extra["column"]}
            return Response({"ok": False, **place, "message": said})
        return Response({"ok": True, "line": 0, "column": 0, "message": ""})


class ResponsibilityListView(APIView):
    """定事定格定责定人: who answers for what, where."""

    @extend_schema(operation_id="responsibilities_list", responses=ResponsibilityList)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        require_reader(actor)
        return Response(row_list(actor))

    @extend_schema(
        operation_id="responsibilities_write", request=i.ResponsibilityInput, responses={201: ResponsibilityShape}
    )
    @idempotent
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        row = write_row(actor=actor, content=RowContent(**inputs(i.ResponsibilityInput, request.data)))
        return Response(one_row(row.pk, actor), status=status.HTTP_201_CREATED)


class ResponsibilityPeopleView(APIView):
    """Who can be named as answering in person for an area."""

    @extend_schema(operation_id="responsibilities_people", parameters=[i.PeopleQuery], responses=PeopleList)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        require_reader(actor)
        return Response({"items": people_of(inputs(i.PeopleQuery, request.query_params)["area_path"], actor)})


class ResponsibilityView(APIView):
    @extend_schema(
        operation_id="responsibilities_edit", request=i.EditResponsibilityInput, responses=ResponsibilityShape
    )
    @idempotent
    def put(self, request: Request, row_id: int) -> Response:
        actor, values = actor_of(request), inputs(i.EditResponsibilityInput, request.data)
        edit_row(row_id=row_id, actor=actor, version=values.pop("version"), content=RowContent(**values))
        return Response(one_row(row_id, actor))


class ResponsibilityRemoveView(APIView):
    @extend_schema(operation_id="responsibilities_remove", request=i.RemoveInput, responses=ResponsibilityList)
    @idempotent
    def post(self, request: Request, row_id: int) -> Response:
        actor = actor_of(request)
        remove_row(row_id=row_id, actor=actor, **inputs(i.RemoveInput, request.data))
        return Response(row_list(actor))
