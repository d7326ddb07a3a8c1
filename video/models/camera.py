"""Cameras: where they stand, what they send, whether they are watched."""

from typing import TYPE_CHECKING, Self

from django.contrib.gis.db.models import PointField
from django.db import models
from django.db.models import Q

from accounts.scope import within_areas
from core.actor import Actor

if TYPE_CHECKING:
    from video.models.lease import CameraLease
    from video.models.zone import ZoneQuerySet


class CameraQuerySet(models.QuerySet["Camera"]):
    def visible_to(self, actor: Actor) -> Self:
        """Cameras in the areas the actor covers; the same rule as `live.audience_of`."""
        return self if actor.is_system else self.filter(within_areas(actor, key_fields=True))


class Camera(models.Model):
    """One video source.

    `version` rises with every change of the camera or its zones: a running worker takes the change up by it. How the
    camera is doing stands in its `CameraLease`, which is written all the time and says nothing of the configuration.
    """

    class Sampling(models.TextChoices):
        TIMED = "timed", "定时采样"
        KEY_FRAMES = "key_frames", "仅关键帧"

    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80)
    source = models.CharField("视频地址", max_length=500, help_text="rtsp://、rtsps:// 或 file:///")
    sampling = models.CharField("采样方式", max_length=12, choices=Sampling, default=Sampling.TIMED)
    pictures_per_second = models.FloatField("每秒分析帧数", default=5.0)
    enabled = models.BooleanField("启用", default=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    area_path = models.CharField("区域路径", max_length=120, editable=False)
    area_label = models.CharField("区域", max_length=120, editable=False)
    district_id = models.BigIntegerField("区县", null=True, editable=False)
    street_id = models.BigIntegerField("街道", null=True, editable=False)
    community_id = models.BigIntegerField("社区", null=True, editable=False)
    grid_id = models.BigIntegerField("网格", null=True, editable=False)
    point = PointField("位置", geography=True, srid=4326)

    objects = CameraQuerySet.as_manager()

    if TYPE_CHECKING:
        lease: CameraLease
        zones: ZoneQuerySet

    class Meta:
        verbose_name = verbose_name_plural = "摄像机"
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=Q(pictures_per_second__gt=0) & Q(pictures_per_second__lte=25),
                name="a_camera_is_sampled_at_most_25_times_a_second",
            )
        ]
        indexes = [
            models.Index(fields=["district_id", "code"], name="cameras_of_a_district"),
            models.Index(fields=["street_id", "code"], name="cameras_of_a_street"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def lng(self) -> float:
        return float(self.point.x)

    @property
    def lat(self) -> float:
        return float(self.point.y)
