"""How lists are narrowed down; an export takes the same."""

from typing import Any

from rest_framework import serializers

from events.api.fields import Input
from events.lifecycle import ALERT, EVENT_STATES, OUT_OF_SERVICE, STAGES, WORK_ORDER
from events.queries.board import ORDERS
from events.queries.orders import BOXES


def _states(names: Any) -> list[str]:
    return [name for name in names if name]


class AlertListQuery(Input):
    state = serializers.ChoiceField(choices=_states(ALERT.states), required=False)
    area = serializers.CharField(max_length=120, required=False)
    shelf = serializers.ChoiceField(choices=["only", "without"], required=False)


class FloodQuery(Input):
    area = serializers.CharField(max_length=120, required=False)


class OutOfServiceListQuery(Input):
    state = serializers.ChoiceField(choices=_states(OUT_OF_SERVICE.states), required=False)
    overdue = serializers.BooleanField(required=False, default=False, help_text="only those whose review is due")


class EventListQuery(Input):
    state = serializers.CharField(max_length=200, required=False, help_text="one or more states, separated by commas")
    stage = serializers.ChoiceField(choices=sorted(set(STAGES.values())), required=False)
    street = serializers.CharField(max_length=120, required=False)
    q = serializers.CharField(max_length=80, required=False)
    order = serializers.ChoiceField(choices=sorted(ORDERS), required=False, default="newest")
    mine = serializers.BooleanField(required=False, default=False)
    open = serializers.BooleanField(required=False, default=False)

    def validate_state(self, value: str) -> str:
        unknown = set(value.split(",")) - set(_states(EVENT_STATES))
        if unknown:
            raise serializers.ValidationError(f"unknown: {', '.join(sorted(unknown))}", code="unknown_state")
        return value


class OrderListQuery(Input):
    state = serializers.ChoiceField(choices=_states(WORK_ORDER.states), required=False)
    box = serializers.ChoiceField(choices=list(BOXES), required=False)
    q = serializers.CharField(max_length=80, required=False, help_text="number or words of the event")


class ReminderListQuery(Input):
    waiting = serializers.BooleanField(required=False, default=False)
    mine = serializers.BooleanField(required=False, default=False)
    lapsed = serializers.BooleanField(required=False, default=False)
