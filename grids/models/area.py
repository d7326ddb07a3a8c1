"""The division tree: city, district, street, community, grid, micro-grid."""

from typing import Self

from django.contrib.gis.db import models
from django.db.models import Q

from core.actor import Actor
from grids.scope import reach_of


class AreaLevel(models.TextChoices):
    CITY = "city", "市"
    DISTRICT = "district", "区县"
    STREET = "street", "街道"
    COMMUNITY = "community", "社区"
    GRID = "grid", "网格"
    MICRO_GRID = "micro_grid", "微网格"


LEVEL_ORDER: tuple[str, ...] = tuple(AreaLevel.values)
OPEN_LEVELS = (AreaLevel.CITY, AreaLevel.DISTRICT, AreaLevel.STREET, AreaLevel.COMMUNITY)
"""Published by every government; only the grids inside a community are a matter of scope."""


class AreaQuerySet(models.QuerySet["Area"]):
    def visible_to(self, actor: Actor) -> Self:
        """Levels down to the community for everybody; grids only inside the actor's reach."""
        condition = Q(level__in=OPEN_LEVELS)
        for prefix in reach_of(actor):
            condition |= Q(path=prefix) | Q(path__startswith=prefix + ".")
        return self.filter(condition)

    def current(self) -> Self:
        """Areas that exist today; those a publication closed are the past of the tree."""
        return self.filter(closed_at__isnull=True)

    def under(self, path: str) -> Self:
        """The area at `path` and everything below it."""
        return self.filter(Q(path=path) | Q(path__startswith=path + "."))


class Area(models.Model):
    """A node of the tree. The code is a label; the path is the key.

    `path` joins the labels of all nodes from the root by dots and never changes while something refers to it.
    `district`, `street`, `community`, `grid` are the node's own ancestors (itself included), so that a scope is an
    equality. The outline is in `AreaBoundary`, because it changes with time and the node does not. An area that was
    merged away or given up has `closed_at`: it has no present outline and stays for what happened in it.
    """

    code = models.CharField("代码", max_length=24, unique=True)
    level = models.CharField("层级", max_length=12, choices=AreaLevel)
    name = models.CharField("名称", max_length=40)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级区域"
    )
    label = models.CharField("路径标签", max_length=16)
    path = models.CharField("路径", max_length=120, unique=True)
    households = models.PositiveIntegerField("户数", default=0)
    label_point = models.PointField("标注位置", srid=4326)
    district = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+")
    street = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+")
    community = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+")
    grid = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+")
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    closed_at = models.DateTimeField("撤销时间", null=True, editable=False)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "区域"
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "label"], nulls_distinct=False, name="an_area_has_one_label_under_its_parent"
            ),
            models.CheckConstraint(
                condition=Q(level=AreaLevel.CITY, parent__isnull=True) | ~Q(level=AreaLevel.CITY),
                name="a_city_has_no_parent",
            ),
        ]
        indexes = [models.Index(fields=["level", "code"], name="area_by_level_and_code")]

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"
