"""What the addresses of components take."""

from typing import Any

from rest_framework import serializers

from core.api.fields import LatitudeField, LongitudeField
from core.api.pages import PageQuery
from registry.component_lifecycle import STANDING, STATE_MOVES, STATES
from registry.queries.components import MOST_METRES

LARGEST = 2**31 - 1


class UnitKeyField(serializers.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST, **kwargs)


class ComponentListQuery(PageQuery):
    text = serializers.CharField(required=False, max_length=60, help_text="beginning of a code, or part of an address")
    type_code = serializers.CharField(required=False, max_length=48)
    main_class = serializers.CharField(required=False, max_length=40)
    state = serializers.ChoiceField(choices=STATES, required=False)
    area_path = serializers.CharField(required=False, max_length=120)
    unit_id = UnitKeyField(required=False)


class DueQuery(PageQuery):
    until = serializers.DateField(required=False, help_text="inspection due on this day or before; today")
    area_path = serializers.CharField(required=False, max_length=120)


class NearQuery(serializers.Serializer[Any]):
    lng = LongitudeField()
    lat = LatitudeField()
    metres = serializers.FloatField(required=False, min_value=1, max_value=MOST_METRES, default=30)
    type_code = serializers.CharField(required=False, max_length=48)


class ComponentWords(serializers.Serializer[Any]):
    """Fields that are left out stay as they are; null empties them."""

    department_id = UnitKeyField(required=False, allow_null=True)
    owner_unit_id = UnitKeyField(required=False, allow_null=True)
    maintainer_unit_id = UnitKeyField(required=False, allow_null=True)
    owner = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=60)
    maintainer = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=60)
    address = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=120)
    inspection_due = serializers.DateField(required=False, allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        """`source` is a word of the serializer itself, so the field of that name is added here."""
        words = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=40)
        return super().get_fields() | {"source": words}


class ComponentCreateInput(ComponentWords):
    type_code = serializers.CharField(max_length=48)
    lng = LongitudeField()
    lat = LatitudeField()
    code = serializers.CharField(required=False, allow_blank=True, max_length=24)
    state = serializers.ChoiceField(choices=STANDING, required=False)


class ComponentEditInput(ComponentWords):
    version = serializers.IntegerField(min_value=1, max_value=LARGEST)
    type_code = serializers.CharField(required=False, max_length=48)


class ComponentRelocateInput(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=LARGEST)
    lng = LongitudeField()
    lat = LatitudeField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=300)


class ComponentStateInput(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=LARGEST)
    move = serializers.ChoiceField(choices=STATE_MOVES)
    note = serializers.CharField(required=False, allow_blank=True, max_length=300)


class ComponentImportInput(serializers.Serializer[Any]):
    file = serializers.FileField()
    datum = serializers.ChoiceField(choices=["wgs84", "cgcs2000", "gcj02", "bd09"], required=False, default="wgs84")


class ComponentImportStart(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=LARGEST)
