"""Where something happened: the point, and the areas it lay in at that time."""

from struct import pack, unpack_from
from typing import Any

from django.contrib.gis.db.models import PointField
from django.db import models

LITTLE_ENDIAN, POINT, SRID_FLAG = 1, 1, 0x20000000
"""Of the extended well-known binary form."""


class Located(models.Model):
    """`area_path` is the deepest area at the time; the keys of its ancestors make scopes equalities.

    They are kept as they were: splitting or merging a grid later never rewrites them. `point` is geography, so that
    distances are metres.
    """

    area_path = models.CharField("区域路径", max_length=120)
    area_label = models.CharField("区域", max_length=120)
    street_path = models.CharField("街道路径", max_length=120, blank=True)
    district_id = models.BigIntegerField("区县")
    street_id = models.BigIntegerField("街道", null=True)
    community_id = models.BigIntegerField("社区", null=True)
    grid_id = models.BigIntegerField("网格", null=True)
    point = PointField("位置", geography=True, srid=4326, spatial_index=False)

    class Meta:
        abstract = True

    @property
    def lng(self) -> float:
        return self._place()[0]

    @property
    def lat(self) -> float:
        return self._place()[1]

    def _place(self) -> tuple[float, float]:
        """Read from the geometry once for each point: every row and message tells it."""
        point = self.__dict__.get("point") or self.point
        kept: tuple[Any, tuple[float, float]] | None = self.__dict__.get("_degrees")
        if kept is None or kept[0] is not point:
            self.__dict__["_degrees"] = kept = (point, _degrees(point))
        return kept[1]


def point_at(lng: float, lat: float) -> memoryview:
    """A point as the database keeps it (extended well-known binary): made and read without the geometry library."""
    return memoryview(pack("<BIIdd", LITTLE_ENDIAN, POINT | SRID_FLAG, 4326, lng, lat))


def _degrees(point: Any) -> tuple[float, float]:
    """Longitude and latitude of a point, also of one that is still as the database gave it (EWKB)."""
    if isinstance(point, memoryview | bytes):
        form = bytes(point)
        order = "<" if form[0] == LITTLE_ENDIAN else ">"
        has_srid = unpack_from(f"{order}I", form, 1)[0] & SRID_FLAG
        lng, lat = unpack_from(f"{order}dd", form, 9 if has_srid else 5)
        return lng, lat
    return float(point.x), float(point.y)
