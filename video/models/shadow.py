"""What zones on trial found: recorded apart, raising nothing."""

from typing import TYPE_CHECKING

from django.db import models


class ShadowFinding(models.Model):
    """A finding of a zone in shadow mode. While it goes on it counts up; `over_at` is when it ended. It has a still
    and no clip, and both go after `KEPT_FOR` (actions/shadow.py)."""

    zone = models.ForeignKey("video.Zone", models.CASCADE, related_name="shadow_findings", verbose_name="监测区域")
    found_at = models.DateTimeField("发现时间")
    last_seen_at = models.DateTimeField("最近出现")
    over_at = models.DateTimeField("结束时间", null=True, blank=True)
    seen_count = models.IntegerField("出现次数", default=1)
    confidence = models.FloatField("置信度", null=True)
    boxes = models.JSONField("目标框", default=list, blank=True)
    still = models.ForeignKey(
        "events.Attachment", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="截图"
    )

    if TYPE_CHECKING:
        zone_id: int
        still_id: int | None

    class Meta:
        verbose_name = verbose_name_plural = "试运行发现"
        indexes = [
            models.Index(fields=["zone", "-found_at"], name="shadow_findings_of_a_zone"),
            models.Index(fields=["last_seen_at"], name="shadow_findings_by_their_age"),
        ]

    def __str__(self) -> str:
        return f"{self.zone_id} {self.found_at:%Y-%m-%d %H:%M:%S}"
