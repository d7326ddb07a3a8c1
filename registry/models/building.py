"""Buildings: where they stand, how high they are, how many households live inside."""

from typing import Self

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Transform
from django.contrib.postgres.indexes import GistIndex
from django.db.models import Q

from core.actor import Actor
from grids.scope import reach_of


class BuildingQuerySet(models.QuerySet["Building"]):
    def visible_to(self, actor: Actor) -> Self:
        """Buildings standing in the actor's reach."""
        condition = Q(pk__in=[])
        for prefix in reach_of(actor):
            condition |= Q(area_path=prefix) | Q(area_path__startswith=prefix + ".")
        return self.filter(condition)


class Building(models.Model):
    """A building in exactly one grid. Its shape and height are on every map; its name only inside one's reach."""

    name = models.CharField("名称", max_length=60)
    address = models.CharField("地址", max_length=120, blank=True)
    height_m = models.FloatField("高度（米）")
    levels = models.PositiveSmallIntegerField("层数")
    households = models.PositiveIntegerField("户数", default=0)
    area_path = models.CharField("区域路径", max_length=120, db_index=True, editable=False)
    district = models.ForeignKey("grids.Area", models.PROTECT, related_name="+", null=True, editable=False)
    street = models.ForeignKey("grids.Area", models.PROTECT, related_name="+", null=True, editable=False)
    community = models.ForeignKey("grids.Area", models.PROTECT, related_name="+", null=True, editable=False)
    grid = models.ForeignKey("grids.Area", models.PROTECT, related_name="+", null=True, editable=False)
    footprint = models.PolygonField("轮廓", srid=4326)
    footprint_3857 = models.GeneratedField(
        expression=Transform("footprint", 3857),
        output_field=models.PolygonField(srid=3857, spatial_index=False),
        db_persist=True,
    )

    objects = BuildingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "楼栋"
        constraints = [
            models.CheckConstraint(condition=Q(height_m__gt=0, height_m__lt=1000), name="a_building_has_a_height"),
        ]
        indexes = [GistIndex(fields=["footprint_3857"], name="building_for_tiles")]

    def __str__(self) -> str:
        return self.name
