"""Sensors: what the city measures, where, and who answers for the device."""

from typing import TYPE_CHECKING, Self

from django.contrib.gis.db import models
from django.db.models import Q

from core.actor import Actor
from core.checks import OneOf
from grids.queries.reach import Reach, reach_in_keys
from sensors.kinds import KINDS
from sensors.lifecycle import IN_USE, REMOVED, STATES

SENSOR_KIND = "sensor"
"""The subject kind of its history and live updates."""


class SensorQuerySet(models.QuerySet["Sensor"]):
    def visible_to(self, actor: Actor) -> Self:
        """Sensors in the actor's reach: own areas, and those that own units answer for."""
        return self if actor.is_system else self.within(reach_in_keys(actor))

    def within(self, reach: Reach) -> Self:
        """Those inside the areas of a reach."""
        condition = Q(pk__in=[])
        for level, keys in reach.keys.items():
            condition |= Q(**{f"{level}_id__in": keys})
        return self.filter(condition)

    def standing(self) -> Self:
        return self.exclude(state=REMOVED)


class Sensor(models.Model):
    """One device that measures one thing. What it tells is not kept here: this is the register of devices.

    `point`, `area_path` and the area keys are always written together. `model_name` is the maker's name of the type.
    """

    code = models.CharField("编码", max_length=40)
    name = models.CharField("名称", max_length=80)
    version = models.IntegerField("版本", default=1, editable=False)
    kind = models.CharField("类型", max_length=24, choices=[(kind.value, row.zh) for kind, row in KINDS.items()])
    state = models.CharField("状态", max_length=12, choices=STATES, default=IN_USE)
    area_path = models.CharField("区域路径", max_length=120, editable=False)
    district_id = models.BigIntegerField("区县", null=True, editable=False)
    street_id = models.BigIntegerField("街道", null=True, editable=False)
    community_id = models.BigIntegerField("社区", null=True, editable=False)
    grid_id = models.BigIntegerField("网格", null=True, editable=False)
    point = models.PointField("位置", srid=4326)
    address = models.CharField("地址", max_length=120, blank=True)
    maker = models.CharField("厂商", max_length=60, blank=True)
    model_name = models.CharField("型号", max_length=60, blank=True)
    installed_on = models.DateField("安装日期", null=True, blank=True)
    unit = models.ForeignKey(
        "accounts.OrgUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主管单位"
    )

    objects = SensorQuerySet.as_manager()

    if TYPE_CHECKING:
        unit_id: int | None

    class Meta:
        verbose_name = verbose_name_plural = "传感器"
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(fields=["code"], name="a_sensor_code_is_given_once"),
            models.CheckConstraint(
                condition=OneOf("kind", [kind.value for kind in KINDS]), name="a_sensor_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=OneOf("state", [state for state, _ in STATES]), name="a_sensor_is_in_a_known_state"
            ),
        ]
        indexes = [
            models.Index(fields=["district_id", "code"], name="sensors_of_a_district"),
            models.Index(fields=["street_id", "code"], name="sensors_of_a_street"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def lng(self) -> float:
        return float(self.point.x)

    @property
    def lat(self) -> float:
        return float(self.point.y)
