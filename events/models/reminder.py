"""Reminders: somebody above asks why an event is not done, and waits for the reply."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q


class Reminder(models.Model):
    """催办 (urge) or 督办 (supervise). The colour of a supervision costs quality points: 0, 5 or 10.

    It is addressed to `unit`: the lead department while it holds the event, else the owning centre.
    """

    class Kind(models.TextChoices):
        URGE = "urge", "催办"
        SUPERVISE = "supervise", "督办"

    class Colour(models.TextChoices):
        ORDINARY = "ordinary", "普通督办"
        YELLOW = "yellow", "黄牌督办"
        RED = "red", "红牌督办"

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="reminders", verbose_name="案件")
    kind = models.CharField("类别", max_length=16, choices=Kind)
    colour = models.CharField("督办等级", max_length=16, choices=Colour, blank=True)
    unit = models.ForeignKey("accounts.OrgUnit", models.PROTECT, related_name="+", verbose_name="回复单位")
    note = models.TextField("要求", blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发出人"
    )
    issued_at = models.DateTimeField("发出时间")
    reply_due_at = models.DateTimeField("回复时限")
    replied_at = models.DateTimeField("回复时间", null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="回复人"
    )
    reply = models.TextField("回复", blank=True)

    if TYPE_CHECKING:
        event_id: int
        unit_id: int

    class Meta:
        verbose_name = verbose_name_plural = "催督办"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="urge", colour="") | Q(Q(kind="supervise") & ~Q(colour="")),
                name="a_supervision_has_a_colour",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "reply_due_at"], condition=Q(replied_at=None), name="reminders_waiting_for_a_reply"
            ),
            models.Index(fields=["event", "id"], name="reminders_of_an_event"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.get_kind_display()}"
