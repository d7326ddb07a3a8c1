"""Shapes of sessions, people and units on the wire."""

from typing import Any

from rest_framework import serializers

from accounts.models import OrgUnit
from accounts.roles import Role
from core.api.fields import MomentField


class CredentialsSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=40)
    password = serializers.CharField(max_length=200, trim_whitespace=False)


class UnitBriefSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class GrantAreaSerializer(serializers.Serializer[Any]):
    path = serializers.CharField()
    name = serializers.CharField()
    level = serializers.CharField()


class GrantSerializer(serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=Role.choices)
    role_name = serializers.CharField()
    unit = UnitBriefSerializer(allow_null=True)
    area = GrantAreaSerializer(allow_null=True)


class MeSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.CharField()
    home = serializers.CharField()
    is_staff = serializers.BooleanField()
    roles = serializers.ListField(child=serializers.CharField())
    grants = GrantSerializer(many=True)


class MapCameraSerializer(serializers.Serializer[Any]):
    center = serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2)
    zoom = serializers.FloatField()
    pitch = serializers.FloatField()
    bearing = serializers.FloatField()


class DistrictSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    path = serializers.CharField()
    center_name = serializers.CharField()
    bounds = serializers.ListField(child=serializers.FloatField(), min_length=4, max_length=4)
    camera = MapCameraSerializer()


class SessionSerializer(serializers.Serializer[Any]):
    user = MeSerializer(allow_null=True)
    server_time = MomentField()
    build_id = serializers.CharField()
    district = DistrictSerializer(allow_null=True)


class UnitSerializer(serializers.ModelSerializer[OrgUnit]):
    class Meta:
        model = OrgUnit
        fields = ("id", "code", "name", "short_name", "kind", "area_path", "parent_id")


class UnitQuerySerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=OrgUnit.Kind.values, required=False)


class UnitPageSerializer(serializers.Serializer[Any]):
    items = UnitSerializer(many=True)
    next = serializers.CharField(allow_null=True)
