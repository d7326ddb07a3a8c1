"""What holds for the whole site as an administrator set it."""

from django.conf import settings
from django.db import models


class SiteSetting(models.Model):
    """Every change is a version, which the next one has to have seen; what was set is kept in the history."""

    version = models.PositiveIntegerField("版本", default=1)
    set_at = models.DateTimeField("设定时间", null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="设定人"
    )

    class Meta:
        abstract = True
