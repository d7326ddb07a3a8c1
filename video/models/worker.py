"""The processes that watch cameras."""

from django.db import models


class VideoWorker(models.Model):
    """One such process, while it lives: it says so with every renewal of its leases.

    How many there are and how much each can take decides how many cameras each should hold (rules/spreading.py).
    """

    holder = models.CharField("执行进程", max_length=120, primary_key=True)
    capacity = models.IntegerField("可看路数")
    since = models.DateTimeField("启动时间")
    seen_at = models.DateTimeField("最近在线")

    class Meta:
        verbose_name = verbose_name_plural = "视频分析进程"

    def __str__(self) -> str:
        return self.holder
