"""The rules of risk over HTTP: who answers for cases reads them, the administrator sets them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.queries.site_settings import setting_history
from accounts.setting_shapes import SettingHistory
from accounts.site_policies import may_set, require_reader, setter_role
from analytics.actions.risk_rules import require_sound, set_risk_rule
from analytics.models import RiskRule
from analytics.queries.risk_rules import RISK_RULE_KIND, risk_rules, try_rule
from analytics.risk_rule_shapes import RiskRuleList, RiskRuleTrial
from analytics.rules.risk_rules import LEVELS
from core.api.fields import FiniteField
from core.api.idempotency import idempotent
from core.api.requests import actor_of

LARGEST = 2**31 - 1
MOST_TYPES = 200


def _number() -> serializers.IntegerField:
    """What is outside the bounds is said by the rule, at its field."""
    return serializers.IntegerField(min_value=-LARGEST, max_value=LARGEST)


class RiskRuleContent(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(RiskRule.Kind.choices)
    name = serializers.CharField(max_length=60, allow_blank=True)
    name_en = serializers.CharField(max_length=80, allow_blank=True)
    statistic = serializers.ChoiceField(RiskRule.Statistic.choices)
    measure = serializers.CharField(max_length=48)
    levels = serializers.ListField(child=serializers.ChoiceField(LEVELS), max_length=len(LEVELS))
    type_codes = serializers.ListField(child=serializers.CharField(max_length=48), max_length=MOST_TYPES)
    citizens_only = serializers.BooleanField()
    window_days = _number()
    compared = _number()
    minimum = _number()
    attention = FiniteField()
    warning = FiniteField()
    alarm = FiniteField()
    is_on = serializers.BooleanField()


class RiskRuleInput(RiskRuleContent):
    version = serializers.IntegerField(min_value=0, max_value=LARGEST, help_text="0: a rule that is not there yet")


class RiskRuleListView(APIView):
    """Every rule of risk."""

    @extend_schema(operation_id="risk_rules_list", responses=RiskRuleList)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        require_reader(actor)
        return Response(risk_rules(may_edit=may_set(actor)))


class RiskRuleView(APIView):
    """A rule changed, or another one written."""

    @extend_schema(operation_id="risk_rules_set", request=RiskRuleInput, responses=RiskRuleList)
    @idempotent
    def put(self, request: Request, code: str) -> Response:
        actor, given = actor_of(request), RiskRuleInput(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        set_risk_rule(code=code, actor=actor, version=values.pop("version"), values=values)
        return Response(risk_rules(may_edit=may_set(actor)))


class RiskRuleTrialView(APIView):
    """What a draft would have found in the last four weeks, beside the rule in force; nothing is kept."""

    @extend_schema(operation_id="risk_rules_try", request=RiskRuleContent, responses=RiskRuleTrial)
    def post(self, request: Request, code: str) -> Response:
        setter_role(actor_of(request))
        given = RiskRuleContent(data=request.data)
        given.is_valid(raise_exception=True)
        require_sound(given.validated_data)
        return Response(try_rule(code, given.validated_data))


class RiskRuleHistoryView(APIView):
    """Who set what, newest first."""

    @extend_schema(operation_id="risk_rules_history", responses=SettingHistory)
    def get(self, request: Request) -> Response:
        require_reader(actor_of(request))
        return Response(setting_history(RISK_RULE_KIND))
