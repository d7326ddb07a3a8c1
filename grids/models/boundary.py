"""Outlines of areas and their history."""

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Transform
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db.models import F, Func, Q


class AreaBoundary(models.Model):
    """One version of an area's outline, valid from (inclusive) to (exclusive) the ends of `validity`.

    The version without an end is the present one. Outlines of the past stay: an event keeps the area it happened in.
    """

    area = models.ForeignKey("grids.Area", models.CASCADE, related_name="boundaries", verbose_name="区域")
    version = models.PositiveIntegerField("版本")
    geometry = models.MultiPolygonField("范围", srid=4326)
    geometry_3857 = models.GeneratedField(
        expression=Transform("geometry", 3857),
        output_field=models.MultiPolygonField(srid=3857, spatial_index=False),
        db_persist=True,
    )
    validity = DateTimeRangeField("有效期", default_bounds="[)")

    class Meta:
        db_table = "grids_area_boundary"
        verbose_name = verbose_name_plural = "区域范围"
        constraints = [
            ExclusionConstraint(
                name="an_area_has_one_outline_at_a_time",
                expressions=[("area", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
            ),
            models.UniqueConstraint(fields=["area", "version"], name="boundary_versions_are_numbered_once"),
            models.CheckConstraint(
                condition=Q(Func(F("geometry"), function="ST_IsValid", output_field=models.BooleanField())),
                name="an_outline_does_not_cross_itself",
            ),
        ]
        indexes = [
            GistIndex(fields=["geometry_3857"], name="boundary_for_tiles"),
            models.Index(fields=["area"], condition=Q(validity__endswith=None), name="present_boundary_of_area"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} v{self.version}"
