"""At which part of a limit somebody further up is told: data an administrator edits."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.rules.escalation import Step


class EscalationStep(models.Model):
    """One step of one clock. A clock with rows here has these steps and no others; without rows the usual ones hold."""

    class Subject(models.TextChoices):
        EVENT = "event", "案件"
        ORDER = "order", "工单"
        ALERT = "alert", "告警"
        REMINDER = "reminder", "催督办"

    class Told(models.TextChoices):
        HANDLER = Step.HANDLER.value, "承办人及其负责人"
        CHIEF = Step.CHIEF.value, "值班长"
        LEADER = Step.LEADER.value, "分管领导（自动督办）"

    subject_kind = models.CharField("对象", max_length=16, choices=Subject)
    clock = models.CharField("时限", max_length=32)
    percent = models.PositiveSmallIntegerField("时限百分比")
    step = models.CharField("告知", max_length=16, choices=Told)
    urgent = models.BooleanField("不分时段立即送达", default=True)
    supervises = models.BooleanField("自动督办", default=False)

    class Meta:
        db_table = "events_escalation_step"
        verbose_name = verbose_name_plural = "超时升级"
        ordering = ["subject_kind", "clock", "percent"]
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "clock", "percent"], name="a_step_is_set_once_per_clock"),
            models.CheckConstraint(condition=Q(percent__range=(1, 1000)), name="a_step_is_a_part_of_the_limit"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.clock} {self.percent}%: {self.get_step_display()}"


class EscalationPlan(models.Model):
    """The steps of one clock as somebody set them together; each change of them is a version."""

    subject_kind = models.CharField("对象", max_length=16, choices=EscalationStep.Subject)
    clock = models.CharField("时限", max_length=32)
    version = models.PositiveIntegerField("版本", default=1)
    set_at = models.DateTimeField("设定时间")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="设定人"
    )

    class Meta:
        db_table = "events_escalation_plan"
        verbose_name = verbose_name_plural = "超时升级设定"
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "clock"], name="a_clock_has_one_plan_of_steps"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.clock} v{self.version}"
