"""A model on trial beside the one in use on a camera: what both saw in the same pictures, and would have raised."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.actor import Actor
from video.models.camera import Camera


class ModelShadowQuerySet(models.QuerySet["ModelShadow"]):
    def visible_to(self, actor: Actor) -> Self:
        """As visible as the camera."""
        return self if actor.is_system else self.filter(camera__in=Camera.objects.visible_to(actor))


class ModelShadow(models.Model):
    """`every`: one in so many of the pictures that the model in use looks at. `looks` pictures were seen by both and
    `dropped` passed over because others needed the time; `seconds` are what the candidate took. `counted`: kind of
    thing → [boxes of the model in use, of the candidate, of both]. Kept when it has ended, for its report."""

    camera = models.ForeignKey("video.Camera", models.CASCADE, related_name="model_shadows", verbose_name="摄像机")
    model = models.CharField("候选模型", max_length=60)
    every = models.IntegerField("每几帧看一帧", default=5)
    started_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    started_by = models.CharField("发起人", max_length=80, blank=True)
    looks = models.BigIntegerField("对比帧数", default=0)
    dropped = models.BigIntegerField("让出帧数", default=0)
    seconds = models.FloatField("候选推理秒数", default=0)
    counted = models.JSONField("目标计数", default=dict, blank=True)
    missing = models.CharField("缺少模型", max_length=300, blank=True)

    objects = ModelShadowQuerySet.as_manager()

    if TYPE_CHECKING:
        camera_id: int

    class Meta:
        verbose_name = verbose_name_plural = "模型试运行"
        ordering = ("-started_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["camera"], condition=Q(ended_at=None), name="one_model_is_on_trial_on_a_camera"
            )
        ]

    def __str__(self) -> str:
        return f"{self.camera_id} {self.model}"


class ModelShadowFinding(models.Model):
    """What a zone would have raised by one of the two models, from the pictures that both looked at."""

    shadow = models.ForeignKey(ModelShadow, models.CASCADE, related_name="findings", verbose_name="模型试运行")
    zone = models.ForeignKey("video.Zone", models.CASCADE, related_name="+", verbose_name="监测区域")
    by_candidate = models.BooleanField("由候选模型发现")
    found_at = models.DateTimeField("发现时间")
    last_seen_at = models.DateTimeField("最近出现")
    over_at = models.DateTimeField("结束时间", null=True, blank=True)
    confidence = models.FloatField("置信度", default=0)

    if TYPE_CHECKING:
        zone_id: int

    class Meta:
        verbose_name = verbose_name_plural = "模型试运行发现"
        indexes = [
            models.Index(fields=["shadow", "zone", "by_candidate", "-found_at"], name="what_a_model_on_trial_found")
        ]

    def __str__(self) -> str:
        return f"{self.zone_id} {'*' if self.by_candidate else ''}{self.found_at:%Y-%m-%d %H:%M:%S}"
