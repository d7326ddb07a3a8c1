"""Shapes of the division tree in the API."""

from typing import Any

from rest_framework import serializers

from core.api.fields import LatitudeField, LongitudeField, MomentField
from grids.models import Area, AreaLevel


class AreaRowSerializer(serializers.ModelSerializer[Area]):
    parent_path = serializers.CharField(source="parent.path", default=None, allow_null=True)

    class Meta:
        model = Area
        fields = ("id", "code", "level", "name", "path", "parent_path", "households")


class AreaPageSerializer(serializers.Serializer[Any]):
    items = AreaRowSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class OutlineSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    valid_from = MomentField()
    bounds = serializers.ListField(child=serializers.FloatField(), min_length=4, max_length=4)
    geometry = serializers.JSONField()


class AreaDetailSerializer(AreaRowSerializer):
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    boundary = serializers.SerializerMethodField()

    class Meta(AreaRowSerializer.Meta):
        fields = (*AreaRowSerializer.Meta.fields, "version", "label", "boundary")  # type: ignore[assignment]

    def get_label(self, area: Area) -> list[float]:
        return [area.label_point.x, area.label_point.y]

    def get_boundary(self, area: Area) -> dict[str, Any] | None:
        boundary: dict[str, Any] | None = self.context.get("boundary")
        return boundary


class AreaQuerySerializer(serializers.Serializer[Any]):
    level = serializers.ChoiceField(choices=AreaLevel.choices, required=False)
    parent_path = serializers.CharField(required=False, max_length=120)


class GeoJsonQuerySerializer(serializers.Serializer[Any]):
    level = serializers.ChoiceField(choices=[level for level in AreaLevel.values if level != AreaLevel.CITY])
    under = serializers.CharField(required=False, max_length=120, default="")


class PointQuerySerializer(serializers.Serializer[Any]):
    lng = LongitudeField()
    lat = LatitudeField()
    at = serializers.DateTimeField(required=False)


class AreaRefSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    path = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()


class LocationSerializer(serializers.Serializer[Any]):
    path = serializers.CharField()
    level = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    district = AreaRefSerializer(allow_null=True)
    street = AreaRefSerializer(allow_null=True)
    community = AreaRefSerializer(allow_null=True)
    grid = AreaRefSerializer(allow_null=True)


class NewAreaSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=24)
    name = serializers.CharField(max_length=40)
    level = serializers.ChoiceField(choices=AreaLevel.choices)
    parent_path = serializers.CharField(max_length=120)
    label = serializers.CharField(max_length=16, required=False, default="")  # type: ignore[assignment]
    households = serializers.IntegerField(min_value=0, required=False, default=0)
    boundary = serializers.JSONField(help_text="GeoJSON Polygon or MultiPolygon, longitude and latitude")


class NewBoundarySerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1)
    boundary = serializers.JSONField(help_text="GeoJSON Polygon or MultiPolygon, longitude and latitude")
    valid_from = serializers.DateTimeField(required=False)
