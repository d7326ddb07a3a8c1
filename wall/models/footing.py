"""Footing 平战: whether an area works as on any day, or by an emergency plan."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q


class Footing(models.Model):
    """One row for each area that ever changed it. Two people in two posts make the change: one asks, one confirms.

    `plan` names the shipped plan (wall/reference_data/plans.yaml) by which the area works or is asked to work;
    `checklist` holds its steps with who ticked each and when.
    """

    area_path = models.CharField("区域路径", max_length=120, unique=True)
    state = models.CharField("状态", max_length=12, default="peace")
    version = models.PositiveIntegerField("版本", default=1)
    plan = models.CharField("预案", max_length=32, blank=True)
    checklist = models.JSONField("清单", default=list)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_role = models.CharField(max_length=24, blank=True)
    asked_at = models.DateTimeField(null=True)
    since = models.DateTimeField("自何时", null=True)

    if TYPE_CHECKING:
        asked_by_id: int | None

    class Meta:
        db_table = "wall_footing"
        verbose_name = verbose_name_plural = "平战状态"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["peace", "war"], asked_by=None)
                | Q(state__in=["war_asked", "peace_asked"], asked_by__isnull=False),
                name="a_change_of_footing_was_asked_by_somebody",
            ),
            models.CheckConstraint(condition=Q(state="peace") | ~Q(plan=""), name="an_emergency_goes_by_a_plan"),
        ]
