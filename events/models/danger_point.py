"""What was found at the hidden-danger points 隐患点 of an event's procedure."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models


class DangerFinding(models.Model):
    """One point of the procedure, looked at in one run of the event; none for a point that nobody has looked at yet.

    `number` is the point's in the version of the scenario that the event was born with. `version` counts what was said
    of this point: two people who look at different points never meet.
    """

    class Finding(models.TextChoices):
        FOUND = "found", "发现隐患"
        NOT_FOUND = "not_found", "未发现"
        NOT_APPLICABLE = "not_applicable", "不适用"
        OPEN = "", "未查"
        """Taken back: it was marked by mistake."""

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="danger_findings", verbose_name="案件")
    run = models.SmallIntegerField("第几次办理", default=1)
    number = models.SmallIntegerField("隐患点")
    finding = models.CharField("结论", max_length=16, choices=Finding, blank=True)
    remark = models.TextField("说明", blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="查看人")
    marked_at = models.DateTimeField("查看时间")
    version = models.IntegerField(default=1)

    if TYPE_CHECKING:
        event_id: int

    class Meta:
        db_table = "events_danger_finding"
        verbose_name = verbose_name_plural = "隐患点核查"
        constraints = [
            models.UniqueConstraint(fields=["event", "run", "number"], name="a_point_is_marked_once_per_run"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.number} {self.get_finding_display()}"
