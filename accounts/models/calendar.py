"""The hours a department keeps, where they are not the statutory ones."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class UnitCalendar(models.Model):
    """One version of a unit's working hours, or without a unit those of the whole site; the highest is in force. Clocks
    that have ended keep the one they ran by.

    `periods` are pairs of local times, in order. `works_on` and `rests_on` outrank the public holidays, a unit's those
    of the site. A unit that `follows_site` has days of its own, or none, but the hours of the site.
    """

    unit = models.ForeignKey(
        "accounts.OrgUnit", models.CASCADE, null=True, blank=True, related_name="calendars", verbose_name="机构"
    )
    version = models.PositiveIntegerField("版本")
    periods = ArrayField(ArrayField(models.TimeField(), size=2), verbose_name="上班时段")
    follows_site = models.BooleanField("按全区时段", default=False)
    works_on = ArrayField(models.DateField(), default=list, blank=True, verbose_name="加班日")
    rests_on = ArrayField(models.DateField(), default=list, blank=True, verbose_name="休息日")
    set_at = models.DateTimeField("设定时间")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="设定人"
    )

    if TYPE_CHECKING:
        unit_id: int | None

    class Meta:
        db_table = "accounts_unit_calendar"
        verbose_name = verbose_name_plural = "工作日历"
        ordering = ["unit", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "version"], name="a_calendar_version_is_written_once"),
            models.UniqueConstraint(
                fields=["version"],
                condition=models.Q(unit=None),
                name="a_version_of_the_sites_calendar_is_written_once",
            ),
            models.CheckConstraint(condition=models.Q(periods__len__gt=0), name="a_calendar_has_a_working_period"),
        ]

    def __str__(self) -> str:
        return f"{self.unit or '全区'} v{self.version}"
