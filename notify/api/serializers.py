"""What the API takes in; what it gives out is in `notify.shapes`."""

from typing import Any

from rest_framework import serializers

from core.api.fields import IdField
from notify.kinds import CHANNELS, is_staff_kind
from notify.models import Mode

Input = serializers.Serializer[Any]


class MessageListQuery(Input):
    unread = serializers.BooleanField(required=False, default=False)


class ReadInput(Input):
    """Without `ids` every message counts as read."""

    ids = serializers.ListField(child=IdField(), required=False, allow_null=True, max_length=200)


class WishInput(Input):
    kind = serializers.CharField(max_length=48)
    channel = serializers.ChoiceField(choices=CHANNELS)
    mode = serializers.ChoiceField(choices=Mode.choices)

    def validate_kind(self, value: str) -> str:
        if not is_staff_kind(value):
            raise serializers.ValidationError(f"unknown: {value}", code="unknown_kind")
        return value


class PreferencesInput(Input):
    items = serializers.ListField(child=WishInput(), max_length=400)

    def validate_items(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The last wish for a kind and channel holds."""
        return list({(one["kind"], one["channel"]): one for one in value}.values())


class DeliveryListQuery(Input):
    state = serializers.ChoiceField(choices=["queued", "sent", "delivered", "failed", "suppressed"], required=False)
    channel = serializers.ChoiceField(choices=CHANNELS, required=False)


class ReceiptInput(Input):
    id = serializers.CharField(max_length=80)
    state = serializers.ChoiceField(choices=["delivered", "failed"])
    error = serializers.CharField(max_length=200, required=False, allow_blank=True)
