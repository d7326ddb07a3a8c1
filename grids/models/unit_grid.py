"""Unit grids: the cells of digital urban management inside a community, a layer apart from the governance grids."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Transform
from django.contrib.postgres.indexes import GistIndex
from django.db.models import Q

from core.actor import Actor
from grids.scope import reach_of

Row = TypeVar("Row", bound=models.Model)


class InsideReach(models.QuerySet[Row]):
    """Rows of a community, for who reaches it or a part of it."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.is_system:
            return self
        condition = Q(pk__in=[])
        for prefix in reach_of(actor):
            labels = prefix.split(".")
            above = [".".join(labels[: depth + 1]) for depth in range(len(labels))]
            condition |= Q(community__path__startswith=prefix + ".") | Q(community__path__in=above)
        return self.filter(condition)

    def under(self, path: str) -> Self:
        return self.filter(Q(community__path=path) | Q(community__path__startswith=path + "."))


class DutyZone(models.Model):
    """Ground that somebody answers for in the layer of unit grids.

    A 责任网格 is the unit grids that one collector answers for. A 专属网格 is cut out of the basic ones for a park, a
    school, a market …: inside it its own people answer, whatever the unit grid. `outline` is the ground of either.
    """

    class Kind(models.TextChoices):
        COLLECTOR = "collector", "责任网格"
        PARK = "park", "专属网格·公园"
        SCHOOL = "school", "专属网格·学校"
        MARKET = "market", "专属网格·市场"
        OFFICE = "office", "专属网格·楼宇"
        OTHER = "other", "专属网格·其他"

    community = models.ForeignKey("grids.Area", models.PROTECT, related_name="duty_zones", verbose_name="社区")
    kind = models.CharField("类别", max_length=12, choices=Kind)
    code = models.CharField("代码", max_length=24, unique=True)
    name = models.CharField("名称", max_length=60)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="责任人"
    )
    outline = models.MultiPolygonField("范围", srid=4326)
    version = models.IntegerField("版本", default=1, editable=False)

    objects = InsideReach.as_manager()

    if TYPE_CHECKING:
        person_id: int | None
        community_id: int

    class Meta:
        db_table = "grids_duty_zone"
        verbose_name = verbose_name_plural = "责任网格与专属网格"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"

    @property
    def is_exclusive(self) -> bool:
        return self.kind != self.Kind.COLLECTOR


class UnitGrid(models.Model):
    """One cell: 15 digits, the community's 12 and its number from west to east and from north to south.

    Cells are made anew as a whole for a community (`actions.unit_grids`); what happened in one keeps its code as text.
    `zone` is the 责任网格 that it belongs to.
    """

    code = models.CharField("代码", max_length=15, unique=True)
    community = models.ForeignKey("grids.Area", models.PROTECT, related_name="unit_grids", verbose_name="社区")
    zone = models.ForeignKey(
        DutyZone, models.SET_NULL, null=True, blank=True, related_name="unit_grids", verbose_name="责任网格"
    )
    square_metres = models.FloatField("面积（平方米）")
    geometry = models.PolygonField("范围", srid=4326)
    geometry_3857 = models.GeneratedField(
        expression=Transform("geometry", 3857),
        output_field=models.PolygonField(srid=3857, spatial_index=False),
        db_persist=True,
    )

    objects = InsideReach.as_manager()

    if TYPE_CHECKING:
        community_id: int
        zone_id: int | None

    class Meta:
        db_table = "grids_unit_grid"
        verbose_name = verbose_name_plural = "单元网格"
        ordering = ("code",)
        indexes = [GistIndex(fields=["geometry_3857"], name="unit_grid_for_tiles")]

    def __str__(self) -> str:
        return self.code


class UnitGridShare(models.Model):
    """How much of a unit grid lies in a governance grid (0–1): the mapping between the two layers (两网融合)."""

    unit_grid = models.ForeignKey(UnitGrid, models.CASCADE, related_name="shares", verbose_name="单元网格")
    grid = models.ForeignKey("grids.Area", models.CASCADE, related_name="unit_grid_shares", verbose_name="网格")
    share = models.FloatField("面积占比")

    class Meta:
        db_table = "grids_unit_grid_share"
        verbose_name = verbose_name_plural = "两网映射"
        constraints = [
            models.UniqueConstraint(fields=["unit_grid", "grid"], name="a_share_is_written_once"),
            models.CheckConstraint(condition=Q(share__gt=0), name="a_share_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_grid_id} → {self.grid_id} {self.share:.0%}"


class UnitGridRun(models.Model):
    """One making of unit grids for the communities below an area: how far it is, and what could not be cut.

    `refused` lists communities that were left as they were, each with why: more cells than three digits can number
    ("too_many", with the count), or no outline yet ("no_outline").
    """

    area = models.ForeignKey("grids.Area", models.PROTECT, related_name="+", verbose_name="范围")
    size_metres = models.IntegerField("边长（米）")
    communities = models.IntegerField("社区数", default=0)
    done = models.IntegerField("已完成", default=0)
    made = models.IntegerField("单元网格数", default=0)
    refused = models.JSONField("未生成", default=list)
    started_at = models.DateTimeField("开始")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField("结束", null=True)

    if TYPE_CHECKING:
        started_by_id: int | None

    class Meta:
        db_table = "grids_unit_grid_run"
        verbose_name = verbose_name_plural = "单元网格生成"

    def __str__(self) -> str:
        return f"{self.area_id} {self.size_metres} m"
