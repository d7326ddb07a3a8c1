"""What the API of drafts takes in."""

import json
from typing import Any

import shapely
from rest_framework import serializers
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from core.api.fields import FiniteField
from grids.lifecycle import DraftMove
from grids.models import AreaLevel

MOST_POINTS = 20_000
TOOLS = ("split", "merge", "border", "draw", "write", "close", "forget", "renumber", "undo", "choose")
NEEDED = {
    "split": ("refs", "line"),
    "merge": ("refs",),
    "border": ("refs", "line"),
    "draw": ("parent", "outline"),
    "write": ("refs",),
    "close": ("refs",),
    "forget": ("refs",),
    "renumber": ("parent",),
    "undo": (),
    "choose": ("refs", "mine"),
}


class NewDraftSerializer(serializers.Serializer[Any]):
    root_path = serializers.CharField(max_length=120)
    title = serializers.CharField(max_length=80, allow_blank=True, required=False, default="")


class DraftListQuerySerializer(serializers.Serializer[Any]):
    under = serializers.CharField(max_length=120, required=False, default="")


class SuccessionQuerySerializer(serializers.Serializer[Any]):
    under = serializers.CharField(max_length=120)


class PlanQuerySerializer(serializers.Serializer[Any]):
    under = serializers.CharField(max_length=120, required=False, default="")
    level = serializers.ChoiceField(AreaLevel.choices, required=False, default=AreaLevel.GRID)


class BorderQuerySerializer(serializers.Serializer[Any]):
    one = serializers.CharField(max_length=24)
    other = serializers.CharField(max_length=24)


class ParentQuerySerializer(serializers.Serializer[Any]):
    parent = serializers.CharField(max_length=24)  # type: ignore[assignment]


class GeoJsonShapeField(serializers.JSONField):
    """A GeoJSON geometry of one kind in degrees, as a shape of shapely. It may cross itself: the checks say so."""

    kinds: tuple[str, ...] = ()
    default_error_messages = {
        "not_geojson": "不是有效的 GeoJSON 图形。 / Not a valid GeoJSON geometry.",
        "not_degrees": "坐标应为经度、纬度（度）。 / Coordinates must be longitude, latitude in degrees.",
    }

    def to_internal_value(self, data: Any) -> BaseGeometry:
        value = super().to_internal_value(data)
        try:
            shape: BaseGeometry = shapely.from_geojson(json.dumps(value))
        except (shapely.errors.ShapelyError, TypeError, ValueError):
            self.fail("not_geojson")
        if shape is None or shape.geom_type not in self.kinds or shape.is_empty or not _finite(shape):
            self.fail("not_geojson")
        west, south, east, north = shape.bounds
        if west < -180 or east > 180 or south < -90 or north > 90:
            self.fail("not_degrees")
        return shapely.force_2d(shape)


class LineField(GeoJsonShapeField):
    kinds = (LineString.__name__,)


class OutlineField(GeoJsonShapeField):
    kinds = (Polygon.__name__, "MultiPolygon")


class StepSerializer(serializers.Serializer[Any]):
    """One step of drawing. Which fields a tool needs is in `NEEDED`; `write` takes what is to be different."""

    tool = serializers.ChoiceField([(tool, tool) for tool in TOOLS])
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    refs = serializers.ListField(child=serializers.CharField(max_length=24), required=False, max_length=50)
    parent = serializers.CharField(max_length=24, required=False)  # type: ignore[assignment]
    line = LineField(required=False)
    outline = OutlineField(required=False)
    name = serializers.CharField(max_length=40, required=False, allow_blank=True)
    code = serializers.CharField(max_length=24, required=False)
    households = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False)
    mine = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        missing = [name for name in NEEDED[attrs["tool"]] if name not in attrs or attrs[name] in ([], "")]
        if missing:
            raise serializers.ValidationError(dict.fromkeys(missing, "required"))
        return attrs


class MoveSerializer(serializers.Serializer[Any]):
    move = serializers.ChoiceField(
        [(move.value, move.value) for move in DraftMove if move not in {DraftMove.COME_INTO_FORCE, DraftMove.APPROVE}]
    )
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    effective_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class PointsSerializer(serializers.Serializer[Any]):
    points = serializers.ListField(
        child=serializers.ListField(child=FiniteField(), min_length=2, max_length=2), max_length=MOST_POINTS
    )


def _finite(shape: BaseGeometry) -> bool:
    return all(number == number and abs(number) != float("inf") for number in shape.bounds)
