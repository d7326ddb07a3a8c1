"""What the addresses of sensors take."""

from typing import Any

from rest_framework import serializers

from core.api.fields import LatitudeField, LongitudeField
from core.api.pages import PageQuery
from sensors.kinds import KINDS, THEMES
from sensors.lifecycle import STATE_MOVES, STATES
from sensors.queries.sensors import Box

LARGEST = 2**31 - 1
KIND_CODES = [kind.value for kind in KINDS]


class BoxField(serializers.CharField):
    """`west,south,east,north` in degrees."""

    default_error_messages = {"box": "four numbers: west,south,east,north in degrees, west < east, south < north"}

    def to_internal_value(self, data: Any) -> Box:  # type: ignore[override]
        parts = str(data).split(",")
        try:
            west, south, east, north = (float(part) for part in parts)
        except ValueError:
            self.fail("box")
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            self.fail("box")
        return west, south, east, north


class SensorFilter(serializers.Serializer[Any]):
    q = serializers.CharField(required=False, max_length=60, help_text="part of the code, name or address")
    kind = serializers.ChoiceField(choices=KIND_CODES, required=False)
    theme = serializers.ChoiceField(choices=list(THEMES), required=False)
    state = serializers.ChoiceField(choices=STATES, required=False)
    area = serializers.CharField(required=False, max_length=120, help_text="path; sensors in it and below")
    bbox = BoxField(required=False, max_length=120, help_text="west,south,east,north in degrees")


class SensorListQuery(SensorFilter, PageQuery):
    pass


class SensorFields(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=KIND_CODES)
    lng = LongitudeField()
    lat = LatitudeField()
    address = serializers.CharField(required=False, allow_blank=True, max_length=120)
    maker = serializers.CharField(required=False, allow_blank=True, max_length=60)
    model_name = serializers.CharField(required=False, allow_blank=True, max_length=60)
    installed_on = serializers.DateField(required=False, allow_null=True)
    unit_id = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=LARGEST)


class SensorCreateInput(SensorFields):
    pass


class SensorChangesInput(SensorFields):
    """A change needs only what changes, and the version that was read."""

    version = serializers.IntegerField(min_value=1, max_value=LARGEST)


class SensorStateInput(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=LARGEST)
    move = serializers.ChoiceField(choices=STATE_MOVES)
    note = serializers.CharField(required=False, allow_blank=True, max_length=300)


class SensorSheetInput(serializers.Serializer[Any]):
    file = serializers.FileField()


class SensorSheetApplyInput(SensorSheetInput):
    fingerprint = serializers.CharField(max_length=64)
