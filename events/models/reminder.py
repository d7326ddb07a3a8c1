"""Reminders: somebody above asks why an event is not done, and waits for the reply."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.scope import unit_ids, within_areas
from core.actor import Actor

SUBJECT_KIND = "reminder"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def waiting(self) -> Self:
        """Nobody has replied, and the event is still open."""
        return self.filter(settled_at=None)

    def visible_to(self, actor: Actor) -> Self:
        """Reminders about events in the areas the actor covers, and those addressed to the actor's departments; the
        same rule as `live.reminder_audience`.
        """
        if actor.is_system:
            return self
        scope = within_areas(actor, path_field="event__area_path")
        if units := unit_ids(actor):
            scope |= Q(unit_id__in=units)
        return self.filter(scope)


class Reminder(models.Model):
    """催办 (urge) or 督办 (supervise). The colour of a supervision costs quality points: 0, 5 or 10.

    It is addressed to `unit`: the lead department while it holds the event, else the owning centre. It waits until it
    is settled: by the reply, or by the end of the event. `lapsed_at` is when the limit of the reply ran out.
    """

    class Kind(models.TextChoices):
        URGE = "urge", "催办"
        SUPERVISE = "supervise", "督办"

    class Colour(models.TextChoices):
        ORDINARY = "ordinary", "普通督办"
        YELLOW = "yellow", "黄牌督办"
        RED = "red", "红牌督办"

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="reminders", verbose_name="案件")
    run = models.PositiveSmallIntegerField("第几次办理", default=1)
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
    warn_at = models.DateTimeField("预警时间")
    lapsed_at = models.DateTimeField("逾期时间", null=True, blank=True)
    settled_at = models.DateTimeField("了结时间", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReminderQuerySet.as_manager()

    if TYPE_CHECKING:
        event_id: int
        unit_id: int
        issued_by_id: int | None
        replied_by_id: int | None

    class Meta:
        verbose_name = verbose_name_plural = "催督办"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="urge", colour="") | Q(Q(kind="supervise") & ~Q(colour="")),
                name="a_supervision_has_a_colour",
            ),
            models.CheckConstraint(
                condition=Q(replied_at=None) | Q(settled_at__isnull=False), name="an_answered_reminder_is_settled"
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "reply_due_at"], condition=Q(settled_at=None), name="reminders_waiting_for_a_reply"
            ),
            models.Index(fields=["event", "id"], name="reminders_of_an_event"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.get_kind_display()}"
