"""Bodies and queries of the video page."""

from typing import Any

from rest_framework import serializers

from core.api.fields import LatitudeField, LongitudeField
from video.models import Camera, CameraViewing, VideoPreset


class IdsField(serializers.CharField):
    """Ids separated by commas."""

    def to_internal_value(self, data: Any) -> Any:
        words = super().to_internal_value(data).split(",")
        if not all(word.isascii() and word.isdigit() and len(word) < 16 for word in words) or len(words) > 64:
            raise serializers.ValidationError("不是以逗号分隔的编号。", code="invalid")
        return tuple(int(word) for word in words)

    def to_representation(self, value: Any) -> str:
        return ",".join(map(str, value))


class TileQuerySerializer(serializers.Serializer[Any]):
    area = serializers.CharField(required=False, max_length=120, help_text="path; cameras in it and below")
    group = serializers.IntegerField(required=False, min_value=1, max_value=2**62)
    kind = serializers.ChoiceField(required=False, choices=Camera.SourceKind.values)
    q = serializers.CharField(required=False, max_length=60, help_text="part of the code or name")
    ids = IdsField(required=False, max_length=600, help_text="ids separated by commas")
    lng = LongitudeField(required=False)
    lat = LatitudeField(required=False)
    event = serializers.IntegerField(
        required=False, min_value=1, max_value=2**62, help_text="nearest to this event first"
    )
    limit = serializers.IntegerField(required=False, min_value=1, max_value=200, default=60)


class NewViewingSerializer(serializers.Serializer[Any]):
    purpose = serializers.CharField(required=False, max_length=200, allow_blank=True)
    event_id = serializers.IntegerField(required=False, min_value=1, max_value=2**62, allow_null=True)
    way = serializers.ChoiceField(required=False, choices=CameraViewing.Way.values)


class KeepViewingSerializer(serializers.Serializer[Any]):
    way = serializers.ChoiceField(required=False, choices=CameraViewing.Way.values)


class ViewingQuerySerializer(serializers.Serializer[Any]):
    camera = serializers.IntegerField(required=False, min_value=1, max_value=2**62)
    q = serializers.CharField(required=False, max_length=60, help_text="part of a person's or camera's name")


class PresetFieldsSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=40)
    layout = serializers.ChoiceField(choices=VideoPreset.Layout.values)
    cameras = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**62, allow_null=True),
        max_length=16,
        help_text="an id or null per tile",
    )


class NewPresetSerializer(PresetFieldsSerializer):
    pass


class PresetChangesSerializer(PresetFieldsSerializer):
    pass
