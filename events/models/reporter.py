"""Reporters: the people who wait for an answer about an event, whether they have an account or not."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.sources import Source

SUBJECT_KIND = "reporter"


class Reporter(models.Model):
    """One person's report of an event, or "me too" to somebody else's. A merged event keeps its reporters.

    The receipt cannot be guessed and is the only key to the public page. Name and phone are asked of nobody, shown to
    those who need them when they say why, and erased some time after the event was evaluated.
    """

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="reporters", verbose_name="案件")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    channel = models.CharField("渠道", max_length=24, choices=Source)
    receipt = models.CharField("回执号", max_length=16, unique=True)
    submission = models.CharField("提交标识", max_length=64, unique=True, null=True, blank=True, editable=False)
    is_first = models.BooleanField("首报", default=False)
    contact_name = models.CharField("称呼", max_length=40, blank=True)
    contact_phone = models.CharField("电话", max_length=20, blank=True)
    contact_erased_at = models.DateTimeField("联系方式删除时间", null=True, blank=True)
    created_at = models.DateTimeField("时间")
    rating = models.PositiveSmallIntegerField("满意度", null=True, blank=True)
    rating_note = models.CharField("评价说明", max_length=500, blank=True)
    rated_at = models.DateTimeField("评价时间", null=True, blank=True)
    rated_run = models.PositiveSmallIntegerField("评价的办理次数", null=True, blank=True)

    if TYPE_CHECKING:
        event_id: int
        user_id: int | None

    class Meta:
        verbose_name = verbose_name_plural = "上报人"
        constraints = [
            models.UniqueConstraint(fields=["event"], condition=Q(is_first=True), name="an_event_has_one_first_report"),
            models.CheckConstraint(
                condition=Q(rating=None, rated_at=None, rated_run=None)
                | Q(rating__range=(1, 5), rated_at__isnull=False, rated_run__isnull=False),
                name="a_rating_is_one_to_five_and_says_when",
            ),
            models.CheckConstraint(
                condition=Q(contact_erased_at=None) | Q(contact_name="", contact_phone=""),
                name="an_erased_contact_is_empty",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=~Q(contact_name="") | ~Q(contact_phone=""),
                name="reporters_with_a_contact",
            ),
        ]

    @property
    def has_contact(self) -> bool:
        return bool(self.contact_name or self.contact_phone)

    def __str__(self) -> str:
        return f"{self.event_id} {self.get_channel_display()}"
