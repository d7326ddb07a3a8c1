"""What an ended event is worth in the assessment."""

from django.db import models
from django.db.models import Q


class Evaluation(models.Model):
    """Points from 0 to 100, one row for each run of the event.

    `satisfaction` is the citizen's rating, empty where there was none.
    """

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="evaluations", verbose_name="案件")
    run = models.PositiveSmallIntegerField("第几次办理", default=1)
    timeliness = models.PositiveSmallIntegerField("及时性")
    quality = models.PositiveSmallIntegerField("质量")
    satisfaction = models.PositiveSmallIntegerField("满意度", null=True, blank=True)
    overdue_seconds = models.PositiveIntegerField("超时秒数", default=0)
    evaluated_at = models.DateTimeField("评价时间")

    class Meta:
        verbose_name = verbose_name_plural = "评价"
        constraints = [
            models.UniqueConstraint(fields=["event", "run"], name="a_run_is_evaluated_once"),
            models.CheckConstraint(
                condition=Q(timeliness__lte=100, quality__lte=100), name="an_evaluation_is_at_most_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.timeliness}/{self.quality}"
