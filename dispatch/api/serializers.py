"""Shapes of field tasks, responders and positions on the wire."""

from typing import Any

from rest_framework import serializers

from dispatch.lifecycle import FIELD_TASK
from dispatch.models import FieldTask, Responder

MOST_FIXES = 60
LIGHTS = ("green", "yellow", "red")


class TaskSubjectSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    id = serializers.IntegerField()


class TaskAssigneeSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text="the responder")
    user_id = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()


class BeforePhotoSerializer(serializers.Serializer[Any]):
    """A photo of the subject from before the task."""

    id = serializers.IntegerField()
    url = serializers.CharField()
    thumb_url = serializers.CharField(allow_null=True)
    kind = serializers.CharField()
    purpose = serializers.CharField()
    blurred = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True)


class TaskPositionSerializer(serializers.Serializer[Any]):
    lng = serializers.FloatField()
    lat = serializers.FloatField()
    accuracy_m = serializers.FloatField()


class TaskResultSerializer(serializers.Serializer[Any]):
    """What the assignee handed in, or the reason why the task ended without it."""

    passed = serializers.BooleanField(required=False)
    note = serializers.CharField(required=False)
    reason = serializers.CharField(required=False)
    attachment_ids = serializers.ListField(child=serializers.IntegerField(), required=False)
    position = TaskPositionSerializer(required=False, allow_null=True)


class FieldTaskSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=FieldTask.Kind.choices)
    state = serializers.ChoiceField(choices=list(FIELD_TASK.states))
    subject = TaskSubjectSerializer()
    title = serializers.CharField()
    note = serializers.CharField()
    level = serializers.IntegerField()
    area_path = serializers.CharField()
    area_label = serializers.CharField()
    address = serializers.CharField()
    lng = serializers.FloatField()
    lat = serializers.FloatField()
    distance_m = serializers.IntegerField(allow_null=True, help_text="straight line from the reader's latest position")
    on_site = serializers.BooleanField()
    assignee = TaskAssigneeSerializer()
    issued_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)
    arrived_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    light = serializers.ChoiceField(choices=LIGHTS)
    result = TaskResultSerializer(allow_null=True)
    before_photos = BeforePhotoSerializer(many=True)


class TaskMoveSerializer(serializers.Serializer[Any]):
    move = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field named label, not the serializer's own
    needs = serializers.ListField(child=serializers.CharField())
    available = serializers.BooleanField()


class FieldTaskDetailSerializer(FieldTaskSerializer):
    allowed_moves = TaskMoveSerializer(many=True)
    as_of = serializers.CharField()
    epoch = serializers.CharField()


class FieldTaskPageSerializer(serializers.Serializer[Any]):
    items = FieldTaskSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    as_of = serializers.CharField()
    epoch = serializers.CharField()


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
    lng = serializers.FloatField(min_value=-180, max_value=180)
    lat = serializers.FloatField(min_value=-90, max_value=90)
    accuracy_m = serializers.FloatField(min_value=0, max_value=100_000, default=0.0)


class TaskDoneSerializer(VersionSerializer):
    passed = serializers.BooleanField()
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")
    attachment_ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1), max_length=20, required=False, default=list
    )
    lng = serializers.FloatField(min_value=-180, max_value=180, required=False)
    lat = serializers.FloatField(min_value=-90, max_value=90, required=False)
    accuracy_m = serializers.FloatField(min_value=0, max_value=100_000, default=0.0)


class TaskRefuseSerializer(VersionSerializer):
    reason = serializers.CharField(max_length=500)


class NearQuerySerializer(serializers.Serializer[Any]):
    lng = serializers.FloatField(min_value=-180, max_value=180)
    lat = serializers.FloatField(min_value=-90, max_value=90)
    limit = serializers.IntegerField(min_value=1, max_value=50, default=10)
    kinds = serializers.MultipleChoiceField(
        choices=Responder.Kind.choices, required=False, help_text="all kinds where absent"
    )


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
    position_at = serializers.DateTimeField()
    distance_m = serializers.IntegerField(help_text="straight line, not travel")


class NearRespondersSerializer(serializers.Serializer[Any]):
    items = NearResponderSerializer(many=True)


class PositionFixSerializer(serializers.Serializer[Any]):
    lng = serializers.FloatField(min_value=-180, max_value=180)
    lat = serializers.FloatField(min_value=-90, max_value=90)
    accuracy_m = serializers.FloatField(min_value=0, max_value=100_000, default=0.0)
    at = serializers.DateTimeField()


class PositionBatchSerializer(serializers.Serializer[Any]):
    items = PositionFixSerializer(many=True, min_length=1, max_length=MOST_FIXES)  # type: ignore[call-arg]


class PositionReceiptSerializer(serializers.Serializer[Any]):
    kept = serializers.BooleanField(help_text="false off duty, or where a newer position is known")
