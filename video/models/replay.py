"""Replays: a zone as it might be, run over what its camera saw in the past days, before anybody saves it."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.actor import Actor
from video.models.camera import Camera
from video.replay_lifecycle import REPLAY


class ReplayJobQuerySet(models.QuerySet["ReplayJob"]):
    def visible_to(self, actor: Actor) -> Self:
        """As visible as the camera."""
        return self if actor.is_system else self.filter(camera__in=Camera.objects.visible_to(actor))


class ReplayJob(models.Model):
    """`candidate` is the zone as it might be; `zone` the one it would replace, if any. `looked` of `total` looks are
    done; `seen_at` is when the run last gave a sign; `result` is the comparison (replay_shapes.ReplayResult)."""

    class Problem(models.TextChoices):
        NEEDS_PICTURES = "needs_pictures", "该规则要比对画面，不能回放"
        INTERRUPTED = "interrupted", "执行中断，多次重试未完成"
        FAULT = "fault", "系统出错"

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name="提出人"
    )
    camera = models.ForeignKey("video.Camera", models.CASCADE, related_name="+", verbose_name="摄像机")
    zone = models.ForeignKey(
        "video.Zone", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="现有区域"
    )
    candidate = models.JSONField("试用的区域")
    since = models.DateTimeField("起")
    until = models.DateTimeField("止")
    state = models.CharField(
        "状态", max_length=12, choices=[(state, zh) for state, (zh, _) in REPLAY.states.items() if state], default=""
    )
    version = models.IntegerField(default=0)
    attempt = models.SmallIntegerField("第几次执行", default=0)
    total = models.BigIntegerField("分析帧数", default=0)
    looked = models.BigIntegerField("已回放", default=0)
    result = models.JSONField("结果", default=dict, blank=True)
    problem = models.CharField("失败原因", max_length=16, choices=Problem, blank=True)
    created_at = models.DateTimeField("提出时间")
    started_at = models.DateTimeField("开始时间", null=True)
    seen_at = models.DateTimeField("最近进展", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    objects = ReplayJobQuerySet.as_manager()

    if TYPE_CHECKING:
        camera_id: int
        zone_id: int | None
        owner_id: int | None

    class Meta:
        verbose_name = verbose_name_plural = "回放"
        constraints = [
            models.UniqueConstraint(
                fields=["camera"], condition=Q(state__in=("queued", "running")), name="one_replay_of_a_camera_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(problem=""), name="a_failed_replay_says_why"),
        ]
        indexes = [models.Index(fields=["camera", "-created_at"], name="replays_of_a_camera")]

    def __str__(self) -> str:
        return f"{self.camera_id} {self.created_at:%Y-%m-%d %H:%M}"
