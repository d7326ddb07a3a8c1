"""How strictly a kind of task is signed in; set by administrators."""

from django.db import models

from core.models import SiteSetting
from dispatch.rules.geofence import GEOFENCE

DEFAULT_GEOFENCE_METRES = GEOFENCE.usual


class TaskRule(SiteSetting):
    """For one kind of task, how near to the place its assignee must be to sign in; without a row the default holds."""

    kind = models.CharField("任务类别", max_length=16, unique=True)
    geofence_metres = models.PositiveIntegerField("签到范围（米）", default=DEFAULT_GEOFENCE_METRES)

    class Meta:
        verbose_name = verbose_name_plural = "任务规则"

    def __str__(self) -> str:
        return f"{self.kind} ≤ {self.geofence_metres} m"
