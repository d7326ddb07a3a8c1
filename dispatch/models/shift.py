"""Duty shifts: who is on duty when."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.roles import Role


class DutyShiftQuerySet(models.QuerySet["DutyShift"]):
    def covering(self, at: datetime) -> Self:
        return self.filter(starts_at__lte=at, ends_at__gt=at)


class DutyShift(models.Model):
    """A span of duty: of a responder in the field, or of a person at a seat of a centre.

    On duty now = a shift covers now. A seat is named by the role it is held in (duty_chief …) and the area it answers
    for.
    """

    responder = models.ForeignKey(
        "dispatch.Responder", models.CASCADE, null=True, blank=True, verbose_name="处置力量", related_name="shifts"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name="席位人员",
        related_name="seat_shifts",
    )
    seat = models.CharField("席位", max_length=24, choices=Role, blank=True)
    area_path = models.CharField("席位区域", max_length=120, blank=True)
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")

    objects = DutyShiftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "值班"
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_shift_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(responder__isnull=False, user__isnull=True, seat="")
                | Q(Q(responder__isnull=True, user__isnull=False) & ~Q(seat="") & ~Q(area_path="")),
                name="a_shift_is_of_a_responder_or_at_a_seat",
            ),
        ]
        indexes = [
            models.Index(fields=["responder", "ends_at"], name="shifts_of_a_responder"),
            models.Index(fields=["seat", "area_path", "ends_at"], name="shifts_at_a_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.responder or self.user} {self.starts_at:%Y-%m-%d %H:%M}–{self.ends_at:%m-%d %H:%M}"
