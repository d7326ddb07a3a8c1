"""The rules for reports from the public over HTTP: who answers for cases reads them, the administrator sets them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.queries.site_settings import setting_history
from accounts.rules.site_settings import Bound
from accounts.setting_shapes import SettingHistory
from accounts.site_policies import may_set, require_reader, setter_role
from core.api.idempotency import idempotent
from core.api.requests import actor_of
from events.actions.public_rules import PUBLIC_RULES_KIND, set_public_rules
from events.api.answers import inputs
from events.public_rule_shapes import PublicRuleBook, PublicRuleEffects
from events.queries.public_rules import Draft, effects, rules_shape
from events.rules.public_rules import BOUNDS

Input = serializers.Serializer[Any]
LARGEST = 2**31 - 1
TRIED = ("near_metres", "near_minutes", "near_reports", "contact_kept_days")


def _number(bound: Bound) -> serializers.IntegerField:
    """What is outside the bounds is said by the rule, at its field."""
    return serializers.IntegerField(
        min_value=-LARGEST, max_value=LARGEST, help_text=f"{bound.least} to {bound.most}, usually {bound.usual}"
    )


class UrgentListInput(Input):
    number = serializers.CharField(max_length=40)
    words = serializers.ListField(child=serializers.CharField(max_length=100, allow_blank=True), max_length=500)


class SetPublicRulesInput(Input):
    version = serializers.IntegerField(min_value=0, max_value=LARGEST, help_text="0: nobody has set them yet")
    urgent_words = serializers.ListField(child=UrgentListInput(), max_length=100, help_text="none: the usual ones")

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {bound.field: _number(bound) for bound in BOUNDS}


class TryPublicRulesInput(Input):
    def get_fields(self) -> dict[str, Any]:
        tried = {bound.field: bound for bound in BOUNDS if bound.field in TRIED}
        return {
            name: serializers.IntegerField(min_value=bound.least, max_value=bound.most) for name, bound in tried.items()
        }


class PublicRulesView(APIView):
    """Limits and guards of the report page."""

    @extend_schema(operation_id="public_rules_get", responses=PublicRuleBook)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        require_reader(actor)
        return Response(rules_shape(may_edit=may_set(actor)))

    @extend_schema(operation_id="public_rules_set", request=SetPublicRulesInput, responses=PublicRuleBook)
    @idempotent
    def put(self, request: Request) -> Response:
        actor, values = actor_of(request), inputs(SetPublicRulesInput, request.data)
        set_public_rules(actor=actor, version=values.pop("version"), values=values)
        return Response(rules_shape(may_edit=may_set(actor)))


class PublicRulesTrialView(APIView):
    """What a draft would have done with the reports of the last month; nothing is kept."""

    @extend_schema(operation_id="public_rules_try", request=TryPublicRulesInput, responses=PublicRuleEffects)
    def post(self, request: Request) -> Response:
        setter_role(actor_of(request))
        return Response(effects(Draft(**inputs(TryPublicRulesInput, request.data))))


class PublicRulesHistoryView(APIView):
    """Who set what, newest first."""

    @extend_schema(operation_id="public_rules_history", responses=SettingHistory)
    def get(self, request: Request) -> Response:
        require_reader(actor_of(request))
        return Response(setting_history(PUBLIC_RULES_KIND))
