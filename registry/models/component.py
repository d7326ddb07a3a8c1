"""Components 部件: the registered public assets of a city, ten million of them in a large one."""

from typing import TYPE_CHECKING, Self

from django.contrib.gis.db import models
from django.db.models import F, Func, Q

from core.actor import Actor
from grids.queries.reach import Reach, reach_in_keys
from registry.component_lifecycle import STATES

COMPONENT_KIND = "component"
MERCATOR = (
    "ST_SetSRID(ST_MakePoint(ST_X(%(expressions)s) * 111319.49079327358, "
    "6378137 * ln(tan(pi() / 4 + radians(ST_Y(%(expressions)s)) / 2))), 3857)"
)
"""EPSG:3857 by its formula: the database's own transformation costs ten times as much per row."""


class ComponentQuerySet(models.QuerySet["Component"]):
    def visible_to(self, actor: Actor) -> Self:
        """Components in the actor's reach: own areas, and those that own units answer for."""
        return self if actor.is_system else self.within(reach_in_keys(actor))

    def within(self, reach: Reach) -> Self:
        """Those inside the areas of a reach."""
        condition = Q(pk__in=[])
        for level, keys in reach.keys.items():
            condition |= Q(**{f"{level}_id__in": keys})
        return self.filter(condition)

    def standing(self) -> Self:
        return self.exclude(state="removed")


class Component(models.Model):
    """One asset. Written so that ten million of them load in minutes: no foreign key is checked by the database row by
    row, and there are four indexes.

    `place_key` says where it stands in one number (`rules.place_keys`): tiles, bins and neighbours are runs of it. It,
    `point` and the area keys are always written together. Units may be known (`…_unit_id`) or only by name.
    """

    code = models.CharField("部件代码", max_length=24, db_collation="C")
    version = models.IntegerField(default=1)
    place_key = models.BigIntegerField(editable=False)
    type = models.ForeignKey(
        "registry.ComponentType", models.PROTECT, verbose_name="类型", related_name="+", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    state = models.CharField("状态", max_length=9, choices=STATES, default="intact")
    district_id = models.IntegerField("区县", null=True)
    street_id = models.IntegerField("街道", null=True)
    community_id = models.IntegerField("社区", null=True)
    grid_id = models.IntegerField("网格", null=True)
    unit_grid = models.CharField("单元网格", max_length=18, null=True)  # noqa: DJ001  # an empty one takes no room
    department_id = models.IntegerField("主管部门", null=True)
    owner_unit_id = models.IntegerField("权属单位（机构）", null=True)
    maintainer_unit_id = models.IntegerField("养护单位（机构）", null=True)
    owner = models.CharField("权属单位", max_length=60, null=True)  # noqa: DJ001
    maintainer = models.CharField("养护单位", max_length=60, null=True)  # noqa: DJ001
    address = models.CharField("地址", max_length=120, null=True)  # noqa: DJ001
    source = models.CharField("来源", max_length=40, null=True)  # noqa: DJ001
    inspection_due = models.DateField("下次巡检", null=True)
    import_id = models.IntegerField("导入批次", null=True)
    point = models.PointField("位置", srid=4326, spatial_index=False)
    point_3857 = models.GeneratedField(
        expression=Func(F("point"), template=MERCATOR),
        output_field=models.PointField(srid=3857, spatial_index=False),
        db_persist=True,
    )

    objects = ComponentQuerySet.as_manager()

    if TYPE_CHECKING:
        type_id: int

    class Meta:
        verbose_name = verbose_name_plural = "部件"
        constraints = [models.UniqueConstraint(fields=["code"], name="a_component_code_is_given_once")]
        indexes = [
            models.Index(fields=["place_key"], name="components_by_place"),
            models.Index(fields=["community_id", "code"], condition=~Q(state="intact"), name="components_not_intact"),
            models.Index(
                fields=["inspection_due", "code"],
                condition=Q(inspection_due__isnull=False),
                name="components_by_inspection",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ComponentBin(models.Model):
    """How many components stand in one bin (1/64 of a tile's side, zooms 8 to 15) and one area, and how many of them
    are damaged or lost. `bin` is `rules.place_keys.bin_of`; `area_id` the deepest area, so that a tile counts only what
    its reader may see. Removed ones are not counted. Kept right by whatever changes a component.
    """

    pk = models.CompositePrimaryKey("bin", "area_id")
    bin = models.BigIntegerField()
    area_id = models.IntegerField()
    n = models.IntegerField()
    faulty = models.IntegerField(default=0)

    class Meta:
        db_table = "registry_component_bin"
        verbose_name = verbose_name_plural = "部件汇总"

    def __str__(self) -> str:
        return f"{self.bin}/{self.area_id}: {self.n}"
