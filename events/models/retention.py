"""For how long what shows people is kept, by kind, and what must not go meanwhile."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core.models import SiteSetting
from events.models.alert import Alert
from events.models.event import Event

LONGEST_DAYS = 36_500


class RetentionRule(SiteSetting):
    """One kind of recordings and how many days it is kept. What is older goes by itself, and nobody brings it back."""

    code = models.CharField("代码", max_length=32, unique=True)
    name = models.CharField("类别", max_length=60)
    name_en = models.CharField("英文名称", max_length=60)
    counted = models.CharField("起算", max_length=60)
    counted_en = models.CharField("起算（英文）", max_length=60)
    days = models.PositiveIntegerField("保留天数", validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DAYS)])
    rank = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        db_table = "events_retention_rule"
        verbose_name = verbose_name_plural = "保留期限"
        ordering = ["rank", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=LONGEST_DAYS), name="recordings_are_kept_for_a_day_at_least"
            )
        ]

    def __str__(self) -> str:
        return self.name


class EvidenceHold(models.Model):
    """封存: the recordings of an event or alert stay, however old they are, until somebody lets them go."""

    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, verbose_name="案件", related_name="holds")
    alert = models.ForeignKey(Alert, models.PROTECT, null=True, blank=True, verbose_name="告警", related_name="holds")
    reason = models.CharField("封存事由", max_length=200)
    held_at = models.DateTimeField("封存时间")
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="封存人", related_name="+"
    )
    released_at = models.DateTimeField("解除时间", null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="解除人", related_name="+"
    )

    if TYPE_CHECKING:
        event_id: int | None
        alert_id: int | None
        held_by_id: int | None
        released_by_id: int | None

    class Meta:
        db_table = "events_evidence_hold"
        verbose_name = verbose_name_plural = "证据封存"
        constraints = [
            models.CheckConstraint(
                condition=Q(event=None, alert__isnull=False) | Q(event__isnull=False, alert=None),
                name="a_hold_is_of_an_event_or_of_an_alert",
            ),
            models.UniqueConstraint(
                fields=["event"], condition=Q(released_at=None), name="an_event_is_held_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["alert"], condition=Q(released_at=None), name="an_alert_is_held_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.reason
