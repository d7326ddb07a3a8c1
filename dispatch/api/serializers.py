"""What field work takes over HTTP, and responders and positions on the wire."""

from typing import Any

from rest_framework import serializers

from core.api.fields import FiniteField, IdField, LatitudeField, LongitudeField, MomentField
from dispatch.models import Responder

MOST_FIXES = 60


class TaskListQuerySerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=("open", "ended"), required=False)
    everyone = serializers.BooleanField(
        required=False, default=False, help_text="all tasks the grants cover, not only one's own"
    )


class VersionSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1)


class TaskSeeSerializer(VersionSerializer):
    """The assignee has opened the task."""


class TaskAcceptSerializer(VersionSerializer):
    """The assignee takes the task."""


class TaskArriveSerializer(VersionSerializer):
    lng = LongitudeField()
    lat = LatitudeField()
    accuracy_m = FiniteField(min_value=0, max_value=100_000, default=0.0)
    pinned = serializers.BooleanField(default=False, help_text="chosen on a map by hand; then it has no accuracy")


class TaskReportArrivalSerializer(VersionSerializer):
    """The desk heard that the assignee has arrived."""


class TaskDoneSerializer(VersionSerializer):
    passed = serializers.BooleanField()
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")
    attachment_ids = serializers.ListField(child=IdField(), max_length=20, required=False, default=list)
    lng = LongitudeField(required=False)
    lat = LatitudeField(required=False)
    accuracy_m = FiniteField(min_value=0, max_value=100_000, default=0.0)
    pinned = serializers.BooleanField(default=False, help_text="chosen on a map by hand; then it has no accuracy")


class TaskRefuseSerializer(VersionSerializer):
    reason = serializers.CharField(max_length=500)


class NearQuerySerializer(serializers.Serializer[Any]):
    lng = LongitudeField()
    lat = LatitudeField()
    limit = serializers.IntegerField(min_value=1, max_value=50, default=10)
    kinds = serializers.MultipleChoiceField(
        choices=Responder.Kind.choices, required=False, help_text="all kinds where absent"
    )
    q = serializers.CharField(max_length=40, required=False, help_text="a part of the name")


class ResponderUnitSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class NearResponderSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    user_id = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Responder.Kind.choices)
    unit = ResponderUnitSerializer()
    on_duty = serializers.BooleanField()
    busy_with = serializers.CharField(allow_null=True)
    lng = serializers.FloatField()
    lat = serializers.FloatField()
    position_at = MomentField()
    distance_m = serializers.IntegerField(help_text="straight line, not travel")
    phone = serializers.CharField(help_text="masked; empty where none is known. Calling gives the whole number")


class NearRespondersSerializer(serializers.Serializer[Any]):
    items = NearResponderSerializer(many=True)


class PositionFixSerializer(serializers.Serializer[Any]):
    lng = LongitudeField()
    lat = LatitudeField()
    accuracy_m = FiniteField(min_value=0, max_value=100_000, default=0.0)
    at = serializers.DateTimeField()


class PositionBatchSerializer(serializers.Serializer[Any]):
    items = PositionFixSerializer(many=True, min_length=1, max_length=MOST_FIXES)  # type: ignore[call-arg]


class PositionReceiptSerializer(serializers.Serializer[Any]):
    kept = serializers.BooleanField(help_text="false off duty, or where a newer position is known")
