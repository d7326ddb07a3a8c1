"""The parts that requests of this app have in common."""

from typing import Any

from rest_framework import serializers

from core.api.fields import IdField

Input = serializers.Serializer[Any]
TEXT = 2000


class AttachmentIdsField(serializers.ListField):
    child = IdField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, required=False, **kwargs)


class NoteField(serializers.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": TEXT, "required": False, "allow_blank": True, **kwargs})


class ReasonField(serializers.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=TEXT, **kwargs)


class VersionInput(Input):
    """Every move carries the version that its person saw."""

    version = serializers.IntegerField(min_value=1)
