"""Bodies of zones and masks."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import FiniteField
from video.models import Zone
from video.zone_shapes import ScheduleShape


def points_field() -> serializers.ListField:
    return serializers.ListField(
        child=serializers.ListField(child=FiniteField(), min_length=2, max_length=2),
        help_text="[[x, y], …] in fractions of the picture, 0,0 at the top left",
    )


@extend_schema_field(ScheduleShape)  # type: ignore[arg-type]  # spectacular reads pydantic shapes too
class ScheduleField(serializers.DictField):
    """Checked by the action, which names the place of each fault."""


class ZoneFieldsSerializer(serializers.Serializer[Any]):
    """Everything that may be set; a change needs only what changes."""

    name = serializers.CharField(max_length=60)
    shape = serializers.ChoiceField(choices=Zone.Shape.values, required=False)
    polygon = points_field()
    algorithm = serializers.CharField(max_length=40)
    parameters = serializers.DictField(required=False)
    sensitivity = serializers.ChoiceField(choices=Zone.Sensitivity.values, required=False)
    night_by = serializers.ChoiceField(choices=Zone.NightBy.values, required=False)
    night_parameters = serializers.DictField(required=False)
    schedule = ScheduleField(required=False)
    ignore_still_after_seconds = FiniteField(required=False, allow_null=True)
    cool_down_seconds = FiniteField(required=False, allow_null=True)
    type_code = serializers.CharField(max_length=48, required=False, allow_blank=True)
    level = serializers.IntegerField(min_value=1, max_value=4, required=False, allow_null=True)
    enabled = serializers.BooleanField(required=False)


class NewZoneSerializer(ZoneFieldsSerializer):
    pass


class ZoneChangesSerializer(ZoneFieldsSerializer):
    """With `version`, a change of somebody else meanwhile is not written over."""

    version = serializers.IntegerField(required=False)


class MaskFieldsSerializer(serializers.Serializer[Any]):
    """A part of the picture in which nothing is looked for."""

    name = serializers.CharField(max_length=60)
    polygon = points_field()
    hides = serializers.BooleanField(required=False, help_text="painted over in every picture that anybody is shown")


class NewMaskSerializer(MaskFieldsSerializer):
    pass


class MaskChangesSerializer(MaskFieldsSerializer):
    """As with zones."""

    version = serializers.IntegerField(required=False)
