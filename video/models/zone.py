"""Zones: the part of a camera's picture that is watched, for what, when, and what a finding becomes."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q


class ZoneQuerySet(models.QuerySet["Zone"]):
    def enabled(self) -> Self:
        return self.filter(enabled=True)


class Zone(models.Model):
    """A polygon in fractions of the picture ([[x, y], …], 0,0 top left), or a line of such points, an algorithm with
    its parameters, and the event type that its alerts name. Without `level` the event type's own applies.

    `sensitivity` and `night_parameters` move parameters as the algorithm declares; `schedule` says when it is watched
    (empty: always); `night_by` how night is told. Where `ignore_still_after_seconds` is set, what stands still for
    longer is left out. After a finding was told the zone is silent for `cool_down_seconds` (None: as the algorithm
    declares).

    `version` rises with every change of the zone, so that of two people who draw at once the slower is told.

    A zone that `is_shadow` raises no alerts: what it finds is kept apart (models/shadow.py) and compared with what
    `compares_with`, the zone in force, raised.
    """

    class Shape(models.TextChoices):
        AREA = "area", "区域"
        LINE = "line", "警戒线"

    class Sensitivity(models.TextChoices):
        LOW = "low", "低"
        NORMAL = "normal", "中"
        HIGH = "high", "高"

    class NightBy(models.TextChoices):
        SUN = "sun", "日出日落"
        PICTURE = "picture", "画面亮度"

    camera = models.ForeignKey("video.Camera", models.CASCADE, related_name="zones", verbose_name="摄像机")
    name = models.CharField("名称", max_length=60)
    shape = models.CharField("形状", max_length=4, choices=Shape, default=Shape.AREA)
    polygon = models.JSONField("顶点")
    algorithm = models.CharField("算法", max_length=40)
    parameters = models.JSONField("参数", default=dict, blank=True)
    sensitivity = models.CharField("灵敏度", max_length=6, choices=Sensitivity, default=Sensitivity.NORMAL)
    night_by = models.CharField("昼夜判定", max_length=7, choices=NightBy, default=NightBy.SUN)
    night_parameters = models.JSONField("夜间参数", default=dict, blank=True)
    schedule = models.JSONField("布防时段", default=dict, blank=True)
    ignore_still_after_seconds = models.FloatField("静止目标抑制（秒）", null=True, blank=True)
    cool_down_seconds = models.FloatField("冷却时间（秒）", null=True, blank=True)
    type_code = models.CharField("案件类型", max_length=48)
    level = models.PositiveSmallIntegerField("级别", null=True, blank=True)
    enabled = models.BooleanField("启用", default=True)
    version = models.IntegerField("版本", default=1, db_default=1, editable=False)
    is_shadow = models.BooleanField("试运行", default=False, db_default=False)
    compares_with = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="对比的区域"
    )

    objects = ZoneQuerySet.as_manager()

    if TYPE_CHECKING:
        camera_id: int
        compares_with_id: int | None

    class Meta:
        verbose_name = verbose_name_plural = "监测区域"
        ordering = ("camera", "id")
        constraints = [
            models.UniqueConstraint(fields=["camera", "name"], name="zones_of_a_camera_have_different_names"),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__range=(1, 4)), name="a_zone_raises_one_of_four_levels"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.camera_id} {self.name}"
