"""What the API of automations takes in."""

from typing import Any

from rest_framework import serializers

from events.models.automation import LEAST_PRECISION, LEAST_SAMPLE, MOST_DAYS, MOST_SAMPLE

Input = serializers.Serializer[Any]
MOST_PREVIEW_DAYS = 366


class PrecisionField(serializers.FloatField):
    """More than a coin would be right, and less than certainty, which no sample shows."""

    default_error_messages = {
        "too_low": "The precision lies above {least}.",
        "too_high": "The precision lies below 1.",
    }

    def to_internal_value(self, data: Any) -> float:
        value = super().to_internal_value(data)
        if not value > LEAST_PRECISION:  # also what is no number at all
            self.fail("too_low", least=LEAST_PRECISION)
        if value >= 1:
            self.fail("too_high")
        return value


def _sample(**options: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=LEAST_SAMPLE, max_value=MOST_SAMPLE, **options)


def _days(**options: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=MOST_DAYS, **options)


def _percent(**options: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=100, **options)


class AutomationInput(Input):
    """`version` is 0 where nobody has written limits for the pair yet."""

    version = serializers.IntegerField(min_value=0)
    confirms = serializers.BooleanField()
    files = serializers.BooleanField()
    min_precision = PrecisionField(help_text="above 0.5 and below 1")
    min_sample = _sample()
    window_days = _days()
    audit_percent = _percent(help_text="of a hundred automatic ones so many are put before a person all the same")


class SwitchAutomationInput(Input):
    version = serializers.IntegerField(min_value=1)
    on = serializers.BooleanField()


class PreviewQuery(Input):
    """Limits that are not said are those that were saved, or the proposal."""

    days = serializers.IntegerField(min_value=1, max_value=MOST_PREVIEW_DAYS, required=False, default=30)
    min_precision = PrecisionField(required=False)
    min_sample = _sample(required=False)
    window_days = _days(required=False)
    audit_percent = _percent(required=False)
