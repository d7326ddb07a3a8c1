"""One time that a line of a list was due in one grid."""

from typing import TYPE_CHECKING

from django.db import models

ROUND_KIND = "duty_round"


class DutyRound(models.Model):
    """The `nth` of the times that an entry is due in a grid in the period that begins on `starts_on`. Whoever went is
    asked by `task`; how it ended is the task's to say. A line that is removed leaves its rounds.
    """

    entry = models.ForeignKey(
        "dispatch.DutyEntry", models.SET_NULL, null=True, related_name="rounds", verbose_name="清单事项"
    )
    grid_path = models.CharField("网格", max_length=120)
    starts_on = models.DateField("周期起始")
    nth = models.SmallIntegerField("第几次")
    task = models.OneToOneField(
        "dispatch.FieldTask", models.SET_NULL, null=True, related_name="+", verbose_name="巡查任务"
    )

    if TYPE_CHECKING:
        entry_id: int | None
        task_id: int | None

    class Meta:
        db_table = "dispatch_duty_round"
        verbose_name = verbose_name_plural = "清单执行"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "starts_on", "nth", "grid_path"], name="a_round_is_asked_for_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grid_path} {self.starts_on} {self.nth}"
