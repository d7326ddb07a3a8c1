"""Messages to people, and how each channel fared with them."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.actor import Actor


class MessageQuerySet(models.QuerySet["Message"]):
    def of(self, actor: Actor) -> Self:
        """The actor's own messages; nobody reads another's."""
        return self.filter(user_id=actor.user_id) if actor.user_id is not None else self.none()

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Message(models.Model):
    """One message to one person: a user, or somebody outside reached at `address`.

    `recipient` names the person for whoever asked (`user:5`, `reporter:9`); `address` is opaque here and may be erased.
    The text is the kind's, filled with `values`.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name="收件人"
    )
    recipient = models.CharField("收件对象", max_length=48)
    address = models.CharField("外部联系方式", max_length=120, blank=True)
    kind = models.CharField("类别", max_length=48)
    values = models.JSONField("内容", default=dict)
    is_urgent = models.BooleanField("紧急", default=False)
    subject_kind = models.CharField("对象类别", max_length=32)
    subject_id = models.BigIntegerField("对象编号")
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    if TYPE_CHECKING:
        user_id: int | None

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        indexes = [
            models.Index(fields=["user", "-id"], name="messages_of_a_person"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="unread_messages"),
            models.Index(fields=["subject_kind", "subject_id"], name="messages_about_a_subject"),
            models.Index(fields=["recipient"], condition=Q(user=None), name="messages_to_the_outside"),
            models.Index(fields=["created_at"], name="messages_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.recipient}"


class Delivery(models.Model):
    """One message on one channel. A failed try goes back to `queued` with a later `send_after`."""

    class State(models.TextChoices):
        QUEUED = "queued", "待发送"
        SENT = "sent", "已发送"
        DELIVERED = "delivered", "已送达"
        FAILED = "failed", "发送失败"
        SUPPRESSED = "suppressed", "未发送"

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries", verbose_name="消息")
    channel = models.CharField("渠道", max_length=16)
    state = models.CharField("状态", max_length=12, choices=State)
    reason = models.CharField("原因", max_length=24, blank=True, help_text="未发送的原因")
    is_bundled = models.BooleanField("合并发送", default=False)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    error = models.CharField("错误", max_length=200, blank=True)
    reference = models.CharField("网关编号", max_length=80, blank=True)
    send_after = models.DateTimeField("最早发送", null=True, blank=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    delivered_at = models.DateTimeField("送达时间", null=True, blank=True)

    if TYPE_CHECKING:
        message_id: int

    class Meta:
        verbose_name = verbose_name_plural = "投递"
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="a_message_goes_once_by_each_channel"),
            models.CheckConstraint(
                condition=~Q(state="queued") | Q(send_after__isnull=False), name="a_queued_delivery_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["send_after", "id"], condition=Q(state="queued"), name="deliveries_to_send"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"
