"""What the moves of alerts take in, and of sources that are out of service."""

from rest_framework import serializers

from core.api.fields import IdField
from events.api.fields import Input, NoteField, VersionInput
from events.models import Alert, Level


class AlertAcknowledgeInput(VersionInput):
    pass


class AlertConfirmInput(VersionInput):
    type_code = serializers.CharField(max_length=48, required=False, allow_null=True)
    level = serializers.ChoiceField(choices=Level.choices, required=False, allow_null=True)
    note = NoteField()


class AlertDismissInput(VersionInput):
    reason = serializers.CharField(
        max_length=200, help_text=f"one of {', '.join(Alert.Dismissal.values)}, or other words; `note` says more"
    )
    note = NoteField()


class AlertRestoreInput(VersionInput):
    pass


class SeenAlertInput(VersionInput):
    id = IdField()


class AlertsAcknowledgeInput(Input):
    """What stood on the screen: only 重要 and 一般 are acknowledged together."""

    items = serializers.ListField(child=SeenAlertInput(), min_length=1, max_length=100)


class AlertShelveInput(VersionInput):
    minutes = serializers.IntegerField(min_value=0, max_value=100_000, help_text="for how long, 480 at most")
    reason = serializers.CharField(max_length=200)


class AlertUnshelveInput(VersionInput):
    note = NoteField(max_length=200)


class AlertTakeOutInput(VersionInput):
    reason = serializers.CharField(max_length=200)


class OutOfServiceReviewInput(VersionInput):
    note = NoteField(max_length=200)


class OutOfServicePutBackInput(VersionInput):
    note = NoteField(max_length=200)
