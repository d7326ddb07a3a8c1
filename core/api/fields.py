"""Fields that take only what the rest of the platform can hold."""

from datetime import UTC
from math import isfinite
from typing import Any

from rest_framework import serializers

LARGEST_ID = 2**63 - 1


class FiniteField(serializers.FloatField):
    """A number that is one: Python reads "NaN" and "Infinity" as numbers too, and they pass every comparison unseen."""

    def to_internal_value(self, data: Any) -> float:
        try:
            value: float = super().to_internal_value(data)
        except OverflowError:
            self.fail("invalid")
        if not isfinite(value):
            self.fail("invalid")
        return value


class LongitudeField(FiniteField):
    """Degrees east, EPSG:4326."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=-180, max_value=180, **kwargs)


class LatitudeField(FiniteField):
    """Degrees north, EPSG:4326."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=-90, max_value=90, **kwargs)


class MomentField(serializers.DateTimeField):
    """A moment as every answer writes it: UTC, ending in Z."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, **kwargs)


class IdField(serializers.IntegerField):
    """The number of a row: no larger than a row's number can be."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)
