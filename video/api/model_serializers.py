"""What is sent about models."""

from rest_framework import serializers

from video.detectors.layouts import Layout
from video.detectors.wrapping import COLOURS, SCALES


class ModelFields(serializers.Serializer[None]):
    """What is told of a model. `layout`, `colour` and `scale` empty: recognised, or what is usual for the layout."""

    labels = serializers.ListField(child=serializers.CharField(max_length=40, allow_blank=True), max_length=400)
    licence = serializers.CharField(max_length=80)
    origin = serializers.CharField(max_length=300, required=False, allow_blank=True)
    layout = serializers.ChoiceField(choices=[*Layout], required=False, allow_blank=True)
    colour = serializers.ChoiceField(choices=COLOURS, required=False, allow_blank=True)
    scale = serializers.ChoiceField(choices=SCALES, required=False, allow_blank=True)
    height = serializers.IntegerField(min_value=32, max_value=2048, required=False)
    width = serializers.IntegerField(min_value=32, max_value=2048, required=False)
    threshold = serializers.FloatField(min_value=0.05, max_value=0.95, required=False)
    stretched = serializers.BooleanField(required=False)
    calibrate = serializers.BooleanField(required=False)


class NewModelSerializer(ModelFields):
    name = serializers.CharField(max_length=60)


class ModelChangesSerializer(ModelFields):
    version = serializers.IntegerField(required=False)


class SwitchSerializer(serializers.Serializer[None]):
    on = serializers.BooleanField()
    version = serializers.IntegerField(required=False)


class ChosenModelSerializer(serializers.Serializer[None]):
    """An empty `model` takes the choice back; without `camera` it holds for the site, without `algorithm` for all."""

    model = serializers.CharField(max_length=60, allow_blank=True)
    camera = serializers.IntegerField(required=False, allow_null=True)
    algorithm = serializers.CharField(max_length=40, required=False, allow_blank=True)


class PlateAskingSerializer(serializers.Serializer[None]):
    purpose = serializers.CharField(max_length=200)
