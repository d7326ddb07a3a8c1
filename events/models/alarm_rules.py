"""How alarms behave at the seats of this site (ISA-18.2, EEMUA 191): data an administrator edits."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class AlarmRules(models.Model):
    """One row; none is the usual. When a red alert nobody acknowledges is passed on stands in `ClockLimit` (its limit)
    and in `EscalationStep` (at how many percent of it)."""

    shelf_longest_minutes = models.PositiveSmallIntegerField(
        "搁置最长（分钟）", default=480, validators=[MinValueValidator(1), MaxValueValidator(480)]
    )
    recovered_leaves_minutes = models.PositiveSmallIntegerField(
        "恢复且已确认后几分钟离开列表", default=5, validators=[MinValueValidator(1), MaxValueValidator(1440)]
    )
    review_days = models.PositiveSmallIntegerField(
        "停用复核周期（天）", default=30, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    flood_count = models.PositiveSmallIntegerField(
        "告警泛滥：新告警超过（条）", default=10, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    flood_minutes = models.PositiveSmallIntegerField(
        "告警泛滥：统计时间（分钟）", default=10, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    flood_sound_seconds = models.PositiveSmallIntegerField(
        "告警泛滥：声音间隔（秒）", default=60, validators=[MinValueValidator(10), MaxValueValidator(600)]
    )
    silence_seconds = models.PositiveSmallIntegerField(
        "坐席静音（秒）", default=60, validators=[MinValueValidator(5), MaxValueValidator(300)]
    )

    class Meta:
        db_table = "events_alarm_rules"
        verbose_name = verbose_name_plural = "告警规则"

    def __str__(self) -> str:
        return "告警规则"
