"""What the API of routing takes in."""

from typing import Any

from rest_framework import serializers

from core.api.fields import IdField, LatitudeField, LongitudeField
from events.actions.routing_rules import MOST_CO_UNITS
from events.models import Level
from events.models.routing import OWNER_LEVELS
from events.queries.replay import MOST_DAYS, MOST_EVENTS
from events.queries.suggestions import LONGEST_TEXT

Input = serializers.Serializer[Any]
MOST_RULES = 500


class _Version(Input):
    version = serializers.IntegerField(min_value=1)


def _code(**kwargs: Any) -> serializers.CharField:
    return serializers.CharField(max_length=48, required=False, allow_blank=True, **kwargs)


class RoutingRuleInput(Input):
    name = serializers.CharField(max_length=80)
    expression = serializers.CharField(max_length=4000, trim_whitespace=False, help_text="CEL, answers yes or no")
    lead_unit_code = _code()
    lead_office_code = _code(help_text="the office of this kind that answers for the place")
    owner_level = serializers.ChoiceField(choices=OWNER_LEVELS, required=False, allow_blank=True)
    co_unit_codes = serializers.ListField(
        child=serializers.CharField(max_length=48), max_length=MOST_CO_UNITS, required=False
    )
    level = serializers.ChoiceField(choices=Level.choices, required=False, allow_null=True)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)
    automatic = serializers.BooleanField(required=False, default=False)
    area_path = serializers.CharField(
        max_length=120, required=False, allow_blank=True, help_text="asked for its places alone; none: site-wide"
    )

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        has_lead = bool(values.get("lead_unit_code") or values.get("lead_office_code"))
        if values.get("lead_unit_code") and values.get("lead_office_code"):
            raise serializers.ValidationError({"lead_office_code": "one lead: a unit, or an office of the area"})
        if values.get("automatic") and not has_lead:
            raise serializers.ValidationError({"automatic": "only a rule that names a lead dispatches by itself"})
        return values


class NewRoutingRuleInput(RoutingRuleInput):
    replaces_id = IdField(required=False, allow_null=True)


class EditRoutingRuleInput(RoutingRuleInput, _Version):
    pass


class SwitchRoutingRuleInput(_Version):
    on = serializers.BooleanField()


class RemoveInput(_Version):
    pass


class OrderRoutingRulesInput(Input):
    """`seen` is the order that the person looked at, `wanted` the one it shall be."""

    seen = serializers.ListField(child=IdField(), max_length=MOST_RULES)
    wanted = serializers.ListField(child=IdField(), max_length=MOST_RULES)
    area_path = serializers.CharField(max_length=120, required=False, allow_blank=True)


class ReplayInput(Input):
    """Over the last `days`, or over the newest `count` events; thirty days where neither is said."""

    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, required=False, allow_null=True)
    count = serializers.IntegerField(min_value=1, max_value=MOST_EVENTS, required=False, allow_null=True)


class CheckExpressionInput(Input):
    expression = serializers.CharField(max_length=4000, allow_blank=True, trim_whitespace=False)


class ResponsibilityInput(Input):
    type_code = _code()
    main_class = serializers.CharField(max_length=40, required=False, allow_blank=True)
    area_path = serializers.CharField(max_length=120)
    unit_id = IdField()
    responder_id = IdField(required=False, allow_null=True)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if bool(values.get("type_code")) == bool(values.get("main_class")):
            raise serializers.ValidationError({"type_code": "name either a type or a main class"})
        return values


class PeopleQuery(Input):
    area_path = serializers.CharField(max_length=120)


class EditResponsibilityInput(ResponsibilityInput, _Version):
    pass


class SimilarQuery(Input):
    type_code = serializers.CharField(max_length=48)
    lng = LongitudeField()
    lat = LatitudeField()


class SuggestQuery(Input):
    text = serializers.CharField(max_length=LONGEST_TEXT)
