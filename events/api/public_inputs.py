"""What the public sends, and what the desks send about it."""

from typing import Any

from rest_framework import serializers

from core.api.fields import LatitudeField, LongitudeField
from events.sources import CITIZEN_SOURCES, Source

Input = serializers.Serializer[Any]
PHONE = r"^\+?[0-9][0-9 -]{4,18}$"
MOST_PHOTOS = 6
CALLERS = [choice for choice in Source.choices if choice[0] in CITIZEN_SOURCES]


class WorkedInput(Input):
    """Every write of the public carries the proof of a little work."""

    challenge = serializers.CharField(max_length=300)
    nonce = serializers.CharField(max_length=40)


class ContactFields(Input):
    contact_name = serializers.CharField(max_length=40, required=False, allow_blank=True)
    contact_phone = serializers.RegexField(PHONE, max_length=20, required=False, allow_blank=True)


class PublicReportInput(WorkedInput, ContactFields):
    """`website` is a field that people do not see."""

    description = serializers.CharField(max_length=2000, min_length=2)
    type_code = serializers.CharField(max_length=48, required=False, allow_blank=True)
    address = serializers.CharField(max_length=200, required=False, allow_blank=True)
    lng = LongitudeField(required=False, allow_null=True)
    lat = LatitudeField(required=False, allow_null=True)
    upload_tokens = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, max_length=MOST_PHOTOS
    )
    website = serializers.CharField(max_length=200, required=False, allow_blank=True)


class MeTooInput(WorkedInput, ContactFields):
    token = serializers.CharField(max_length=200)


class RatingInput(Input):
    rating = serializers.IntegerField(min_value=1, max_value=5)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


class AskAgainInput(Input):
    reason = serializers.CharField(max_length=500, min_length=2)


class PointQuery(Input):
    lng = LongitudeField()
    lat = LatitudeField()


class ChallengeQuery(Input):
    after = serializers.CharField(max_length=300, required=False, allow_blank=True)


class SuggestionQuery(Input):
    text = serializers.CharField(max_length=500)


class RegisterReporterInput(ContactFields):
    channel = serializers.ChoiceField(choices=CALLERS)


class SeeContactInput(Input):
    purpose = serializers.CharField(max_length=200, min_length=2)


class AcceptHeldInput(Input):
    type_code = serializers.CharField(max_length=48, required=False, allow_blank=True)
    lng = LongitudeField(required=False, allow_null=True)
    lat = LatitudeField(required=False, allow_null=True)


class RejectHeldInput(Input):
    reason = serializers.CharField(max_length=500)
