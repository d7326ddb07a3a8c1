"""What is taken in about an event that is no move of it."""

from rest_framework import serializers

from core.api.fields import IdField, LatitudeField, LongitudeField
from events.api.fields import TEXT, AttachmentIdsField, Input
from events.api.public_inputs import PHONE
from events.models import Level
from events.sources import MACHINE_SOURCES, Source

REPORTABLE = [choice for choice in Source.choices if choice[0] not in MACHINE_SOURCES]


class EventReportInput(Input):
    type_code = serializers.CharField(max_length=48)
    description = serializers.CharField(max_length=TEXT)
    lng = LongitudeField()
    lat = LatitudeField()
    address = serializers.CharField(max_length=200, required=False, allow_blank=True)
    level = serializers.ChoiceField(choices=Level.choices, required=False, allow_null=True)
    source = serializers.ChoiceField(choices=REPORTABLE, required=False)  # type: ignore[assignment]
    attachment_ids = AttachmentIdsField()
    component_id = IdField(required=False, allow_null=True, help_text="the part it is about")
    contact_name = serializers.CharField(max_length=40, required=False, allow_blank=True, help_text="of a caller")
    contact_phone = serializers.RegexField(PHONE, max_length=20, required=False, allow_blank=True)


class PresenceInput(Input):
    tab = serializers.RegexField(r"^[A-Za-z0-9-]{8,40}$", help_text="a word of the page's own, new for every page")


class CallInput(Input):
    responder_id = IdField()


class UploadInput(Input):
    file = serializers.FileField()
