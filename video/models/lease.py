"""Who watches a camera just now, and how the camera is doing."""

from datetime import datetime

from django.db import models
from django.db.models import Q, Value


class CameraLease(models.Model):
    """The truth about which worker watches a camera: one row per camera, made with it.

    A worker holds the camera until `expires_at` and renews in time; `generation` rises with every new holder, and every
    write of a worker names the generation it works under, so that a worker that lost a camera unawares writes nothing.

    `state_reason` is the code of why it is not well (rules/health.py); `problems` are what its picture has, as
    [{"reason", "since"}, …]: a camera may be online and all the same black, frozen, turned away or blurred.
    """

    class State(models.TextChoices):
        CONNECTING = "connecting", "连接中"
        ONLINE = "online", "在线"
        DEAD_STREAM = "dead_stream", "视频流中断"
        BROKEN_FILE = "broken_file", "文件损坏"
        MISSING_MODEL = "missing_model", "缺少模型"

    camera = models.OneToOneField("video.Camera", models.CASCADE, primary_key=True, related_name="lease")
    holder = models.CharField("执行进程", max_length=120, blank=True)
    generation = models.PositiveBigIntegerField("代次", default=0)
    expires_at = models.DateTimeField("租约到期", null=True)
    state = models.CharField("状态", max_length=16, choices=State, default=State.CONNECTING)
    state_since = models.DateTimeField("状态起始", null=True)
    state_reason = models.CharField("原因", max_length=24, blank=True, db_default="")
    state_detail = models.CharField("状态说明", max_length=300, blank=True)
    problems = models.JSONField("画面问题", default=list, blank=True, db_default=Value([], models.JSONField()))
    fps = models.FloatField("每秒分析帧数", default=0)
    still_path = models.CharField("最近画面", max_length=200, blank=True)
    still_at = models.DateTimeField("画面时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "摄像机租约"
        constraints = [
            models.CheckConstraint(condition=Q(holder="") | Q(expires_at__isnull=False), name="a_held_lease_has_an_end")
        ]

    def __str__(self) -> str:
        return f"{self.camera_id} {self.holder or '—'}"

    def is_held(self, at: datetime) -> bool:
        return bool(self.holder) and self.expires_at is not None and self.expires_at > at
