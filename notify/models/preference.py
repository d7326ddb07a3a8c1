"""How people want to be told."""

from django.conf import settings
from django.db import models


class Mode(models.TextChoices):
    AT_ONCE = "at_once", "即时"
    DIGEST = "digest", "每 15 分钟汇总"
    DAILY = "daily", "每日汇总"
    OFF = "off", "不发送"


class Preference(models.Model):
    """One person's wish for one kind of message on one channel; without a user it is the site's own default."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="message_preferences",
        verbose_name="用户",
        help_text="留空为全站默认",
    )
    kind = models.CharField("消息类别", max_length=48)
    channel = models.CharField("渠道", max_length=16)
    mode = models.CharField("方式", max_length=8, choices=Mode)

    class Meta:
        verbose_name = verbose_name_plural = "消息偏好"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "channel"], nulls_distinct=False, name="one_wish_per_person_kind_and_channel"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel} {self.mode}"
