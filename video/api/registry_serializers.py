"""Bodies and queries of groups, platforms, discovery, places and sheets."""

from typing import Any

from rest_framework import serializers

from core.api.fields import FiniteField, LatitudeField, LongitudeField
from video.gateways.kinds import GATEWAY_KINDS


class GroupSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=40)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)


class LoginFields(serializers.Serializer[Any]):
    user = serializers.CharField(max_length=80, required=False, allow_blank=True, write_only=True)
    password = serializers.CharField(
        max_length=120, required=False, allow_blank=True, trim_whitespace=False, write_only=True
    )


class GatewaySerializer(LoginFields):
    code = serializers.SlugField(max_length=40)
    name = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=list(GATEWAY_KINDS))
    address = serializers.CharField(max_length=300)
    enabled = serializers.BooleanField(required=False)


class GatewayChangesSerializer(GatewaySerializer):
    version = serializers.IntegerField(min_value=1, required=False)


class ChannelQuerySerializer(serializers.Serializer[Any]):
    device = serializers.CharField(max_length=80)


class DiscoverySerializer(serializers.Serializer[Any]):
    seconds = FiniteField(min_value=1, max_value=6, required=False, default=3.0)


class OnvifStreamsSerializer(LoginFields):
    service = serializers.RegexField(
        r"^https?://[^\s@/?#]+(/[^\s?#@]*)?$", max_length=300, help_text="the device service that discovery found"
    )


class NearQuerySerializer(serializers.Serializer[Any]):
    lng = LongitudeField(required=False)
    lat = LatitudeField(required=False)
    event = serializers.IntegerField(min_value=1, required=False)
    within_m = FiniteField(min_value=1, max_value=20000, required=False, default=1000.0)
    limit = serializers.IntegerField(min_value=1, max_value=50, required=False, default=8)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "event" not in attrs and not ("lng" in attrs and "lat" in attrs):
            raise serializers.ValidationError({"lng": "a place or an event is needed"})
        return attrs


class PicturePointSerializer(serializers.Serializer[Any]):
    x = FiniteField(min_value=0, max_value=1)
    y = FiniteField(min_value=0, max_value=1)
    within_m = FiniteField(min_value=1, max_value=5000, required=False, default=500.0)
    limit = serializers.IntegerField(min_value=1, max_value=50, required=False, default=6)


class PairSerializer(serializers.Serializer[Any]):
    x = FiniteField(min_value=0, max_value=1)
    y = FiniteField(min_value=0, max_value=1)
    lng = LongitudeField()
    lat = LatitudeField()


class CalibrationSerializer(serializers.Serializer[Any]):
    pairs = PairSerializer(many=True, max_length=40)  # type: ignore[call-arg]
    version = serializers.IntegerField(min_value=1, required=False)


class MotionSerializer(serializers.Serializer[Any]):
    """How fast the head turns right, up and in: −1 to 1; at least one of them is not 0."""

    pan = FiniteField(min_value=-1, max_value=1, required=False, default=0.0)
    tilt = FiniteField(min_value=-1, max_value=1, required=False, default=0.0)
    zoom = FiniteField(min_value=-1, max_value=1, required=False, default=0.0)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not any(attrs.values()):
            raise serializers.ValidationError({"pan": "a motion of nothing is the stop"})
        return attrs


class PresetNameSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=40)


class GoToSerializer(serializers.Serializer[Any]):
    preset = serializers.CharField(max_length=64)


class SheetSerializer(serializers.Serializer[Any]):
    file = serializers.FileField()


class SheetApplySerializer(SheetSerializer):
    fingerprint = serializers.CharField(max_length=64)
