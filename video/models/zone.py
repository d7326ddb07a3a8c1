"""Zones: the part of a camera's picture that is watched, for what, and what a finding becomes."""

from typing import Self

from django.db import models
from django.db.models import Q


class ZoneQuerySet(models.QuerySet["Zone"]):
    def enabled(self) -> Self:
        return self.filter(enabled=True)


class Zone(models.Model):
    """A polygon in fractions of the picture ([[x, y], …], 0,0 top left), an algorithm with its parameters, and the
    event type that its alerts name. Without `level` the event type's own applies."""

    camera = models.ForeignKey("video.Camera", models.CASCADE, related_name="zones", verbose_name="摄像机")
    name = models.CharField("名称", max_length=60)
    polygon = models.JSONField("多边形")
    algorithm = models.CharField("算法", max_length=40)
    parameters = models.JSONField("参数", default=dict, blank=True)
    type_code = models.CharField("案件类型", max_length=48)
    level = models.PositiveSmallIntegerField("级别", null=True, blank=True)
    enabled = models.BooleanField("启用", default=True)

    objects = ZoneQuerySet.as_manager()

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
