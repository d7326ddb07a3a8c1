"""What the addresses of requests take in."""

from rest_framework import serializers

from events.api.fields import Input, NoteField, ReasonField, VersionInput
from events.lifecycle import REQUEST
from events.models import Request


class RequestListQuery(Input):
    state = serializers.CharField(max_length=100, required=False, help_text="one or more states, separated by commas")
    kind = serializers.ChoiceField(choices=Request.Kind.choices, required=False)
    mine = serializers.BooleanField(required=False, default=False, help_text="asked by the person who looks")

    def validate_state(self, value: str) -> str:
        unknown = set(value.split(",")) - {state for state in REQUEST.states if state}
        if unknown:
            raise serializers.ValidationError(f"unknown: {', '.join(sorted(unknown))}", code="unknown_state")
        return value


class RequestEndorseInput(VersionInput):
    note = NoteField()


class RequestGrantInput(VersionInput):
    note = NoteField()


class RequestRefuseInput(VersionInput):
    reason = ReasonField()


class RequestWithdrawInput(VersionInput):
    pass
