"""Bodies and queries of cameras and zones."""

from typing import Any

from rest_framework import serializers

from core.api.fields import FiniteField, LatitudeField, LongitudeField
from video.models import Camera


class CameraListQuerySerializer(serializers.Serializer[Any]):
    area = serializers.CharField(required=False, max_length=120, help_text="path; cameras in it and below")
    q = serializers.CharField(required=False, max_length=60, help_text="part of the code or name")


class CameraFieldsSerializer(serializers.Serializer[Any]):
    """Everything that may be set; a change needs only what changes."""

    code = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=80)
    stream_url = serializers.CharField(max_length=500, source="source", help_text="rtsp://, rtsps:// or file:///")
    lng = LongitudeField()
    lat = LatitudeField()
    enabled = serializers.BooleanField(required=False)
    sampling = serializers.ChoiceField(choices=Camera.Sampling.values, required=False)
    pictures_per_second = FiniteField(min_value=0.1, max_value=25, required=False)


class NewCameraSerializer(CameraFieldsSerializer):
    pass


class CameraChangesSerializer(CameraFieldsSerializer):
    version = serializers.IntegerField(min_value=1, required=False)
