"""Bodies and queries of cameras and zones."""

from typing import Any

from rest_framework import serializers

from core.api.fields import FiniteField, LatitudeField, LongitudeField
from video.models import Camera


class CameraListQuerySerializer(serializers.Serializer[Any]):
    area = serializers.CharField(required=False, max_length=120, help_text="path; cameras in it and below")
    q = serializers.CharField(required=False, max_length=60, help_text="part of the code or name")
    group = serializers.IntegerField(required=False, min_value=0, help_text="id; 0 for those in none")
    source_kind = serializers.ChoiceField(required=False, choices=Camera.SourceKind.values)
    state = serializers.ChoiceField(required=False, choices=["well", "failing", "unassigned", "disabled"])
    high = serializers.BooleanField(required=False, default=None, allow_null=True)


class CameraFieldsSerializer(serializers.Serializer[Any]):
    """Everything that may be set; a change needs only what changes."""

    code = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=80)
    stream_url = serializers.CharField(
        max_length=500,
        source="source",
        required=False,
        allow_blank=True,
        help_text="rtsp://, rtsps:// or file:///; a login in it is kept apart, encrypted. Empty behind a platform",
    )
    sub_stream_url = serializers.CharField(
        max_length=500,
        source="sub_source",
        required=False,
        allow_blank=True,
        help_text="the same picture smaller, for small tiles; at the same host, with the same login",
    )
    can_turn = serializers.BooleanField(required=False, help_text="it has a head (PTZ)")
    control_url = serializers.CharField(
        max_length=300,
        source="control_address",
        required=False,
        allow_blank=True,
        help_text="its ONVIF device service, by which it is turned; at the same host, with the same login",
    )
    user = serializers.CharField(max_length=80, required=False, allow_blank=True, write_only=True)
    password = serializers.CharField(
        max_length=120, required=False, allow_blank=True, trim_whitespace=False, write_only=True
    )
    gateway_id = serializers.IntegerField(required=False, allow_null=True)
    channel = serializers.CharField(max_length=120, required=False, allow_blank=True)
    group_id = serializers.IntegerField(required=False, allow_null=True)
    source_kind = serializers.ChoiceField(choices=Camera.SourceKind.values, required=False)
    priority = serializers.ChoiceField(choices=Camera.Priority.values, required=False)
    is_high = serializers.BooleanField(required=False)
    height_m = FiniteField(min_value=0, max_value=1000, required=False, allow_null=True)
    bearing = FiniteField(min_value=-360, max_value=360, required=False, allow_null=True)
    view_angle = FiniteField(min_value=1, max_value=360, required=False, allow_null=True)
    view_range_m = FiniteField(min_value=1, max_value=20000, required=False, allow_null=True)
    lng = LongitudeField()
    lat = LatitudeField()
    enabled = serializers.BooleanField(required=False)
    sampling = serializers.ChoiceField(choices=Camera.Sampling.values, required=False)
    pictures_per_second = FiniteField(min_value=0.1, max_value=25, required=False)


class NewCameraSerializer(CameraFieldsSerializer):
    pass


class CameraChangesSerializer(CameraFieldsSerializer):
    version = serializers.IntegerField(min_value=1, required=False)
