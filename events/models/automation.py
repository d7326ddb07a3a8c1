"""What may happen without a person: for which source and rule, from which measured precision on, and what was done."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from events.models.alert import Alert

AUTOMATION_KIND = "automation"
STATES = [("off", "停用"), ("on", "启用"), ("stopped", "自动停用")]
LEAST_PRECISION, LEAST_SAMPLE, MOST_SAMPLE, MOST_DAYS = 0.5, 10, 100_000, 366


class AutomationQuerySet(models.QuerySet["Automation"]):
    def in_force(self) -> Self:
        return self.filter(state="on").order_by("id")


class Automation(models.Model):
    """自动判定与立案 of one source × rule: what an administrator allows above a measured precision.

    It switches itself off (`stopped`) when the precision falls below; only a person switches it on again.
    """

    source = models.CharField("来源", max_length=16, choices=Alert.Source)
    rule = models.CharField("规则", max_length=64)
    state = models.CharField("状态", max_length=8, choices=STATES, default="off")
    version = models.PositiveIntegerField(default=1)
    confirms = models.BooleanField("自动判定属实", default=True)
    files = models.BooleanField("自动立案", default=False)
    min_precision = models.FloatField("属实率下限")
    min_sample = models.PositiveIntegerField(
        "最少样本", validators=[MinValueValidator(LEAST_SAMPLE), MaxValueValidator(MOST_SAMPLE)]
    )
    window_days = models.PositiveSmallIntegerField(
        "统计天数", validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )
    audit_percent = models.PositiveSmallIntegerField(
        "抽样交人比例（%）", validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    edited_at = models.DateTimeField("编辑时间")
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    switched_at = models.DateTimeField("启停时间", null=True, blank=True)
    switched_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    stopped_because = models.CharField("自动停用原因", max_length=16, blank=True)
    stopped_figures = models.JSONField("自动停用时的数字", default=dict, blank=True)

    objects = AutomationQuerySet.as_manager()

    if TYPE_CHECKING:
        edited_by_id: int | None
        switched_by_id: int | None

    class Meta:
        db_table = "events_automation"
        verbose_name = verbose_name_plural = "自动判定与立案"
        constraints = [
            models.UniqueConstraint(fields=["source", "rule"], name="one_automation_per_source_and_rule"),
            models.CheckConstraint(
                condition=Q(min_precision__gt=LEAST_PRECISION, min_precision__lt=1),
                name="an_automation_asks_for_more_than_a_coin",
            ),
            models.CheckConstraint(
                condition=Q(min_sample__range=(LEAST_SAMPLE, MOST_SAMPLE), window_days__range=(1, MOST_DAYS)),
                name="an_automation_is_measured",
            ),
            models.CheckConstraint(
                condition=Q(audit_percent__range=(1, 100)), name="some_of_what_is_automatic_is_looked_at"
            ),
            models.CheckConstraint(
                condition=Q(state="off") | Q(confirms=True) | Q(files=True),
                name="an_automation_in_force_does_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.rule}"


class AutomaticVerdict(models.Model):
    """What the platform decided about one alert of an automation, once: that it is true, that it belongs to the sample
    people judge, or that a person has it in hand. `figures` is what the decision stood on.
    """

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", "自动判定属实"
        SAMPLED = "sampled", "抽样交人核实"
        LEFT = "left", "留给人处理"

    alert = models.OneToOneField(Alert, models.CASCADE, primary_key=True, related_name="automatic", verbose_name="告警")
    automation = models.ForeignKey(Automation, models.PROTECT, related_name="+", verbose_name="自动判定")
    kind = models.CharField("结果", max_length=16, choices=Kind)
    at = models.DateTimeField("时间")
    figures = models.JSONField("依据", default=dict)

    if TYPE_CHECKING:
        alert_id: int
        automation_id: int

    class Meta:
        db_table = "events_automatic_verdict"
        verbose_name = verbose_name_plural = "自动判定记录"

    def __str__(self) -> str:
        return f"{self.alert_id} {self.kind}"
