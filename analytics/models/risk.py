"""Risk 风险: rules over the measures of the assessment, as data, and what they found at the last judgement."""

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.scope import within_areas
from core.actor import Actor
from core.models import SiteSetting


class RiskRule(SiteSetting):
    """One way in which a place may be at risk: a measure, looked at over a window, with three thresholds."""

    class Kind(models.TextChoices):
        OUTBREAK = "outbreak", "群体突发"
        CYCLE = "cycle", "行业周期"
        SPREAD = "spread", "居民扩散"
        BACKLOG = "backlog", "积案沉降"

    class Statistic(models.TextChoices):
        SURGE = "surge", "与前几期均值之比"
        RECURRENCE = "recurrence", "达到起点数的期数"
        SPREAD = "spread", "涉及的下级区域数"
        NUMBER = "number", "件数"

    code = models.CharField("代码", max_length=48, unique=True)
    kind = models.CharField("风险类别", max_length=16, choices=Kind)
    name = models.CharField("名称", max_length=60)
    name_en = models.CharField("英文名称", max_length=80)
    statistic = models.CharField("算法", max_length=16, choices=Statistic)
    measure = models.CharField("指标数", max_length=48, help_text="考核指标所用的数，如 reported、standing")
    levels = models.JSONField("区域层级", default=list)
    type_codes = models.JSONField("限定案件类型", default=list, blank=True)
    citizens_only = models.BooleanField("仅市民诉求", default=False)
    window_days = models.PositiveSmallIntegerField("统计期（天）")
    compared = models.PositiveSmallIntegerField("比较的前期数", default=0)
    minimum = models.PositiveSmallIntegerField("起点数", help_text="本期不足此数不判定")
    attention = models.FloatField("关注")
    warning = models.FloatField("预警")
    alarm = models.FloatField("高风险")
    is_on = models.BooleanField("启用", default=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    shipped_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        db_table = "analytics_risk_rule"
        verbose_name = verbose_name_plural = "风险规则"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attention__gt=0, warning__gte=models.F("attention"), alarm__gte=models.F("warning")),
                name="a_risk_rises_with_its_thresholds",
            ),
            models.CheckConstraint(
                condition=Q(window_days__range=(1, 366), compared__lte=12, minimum__gte=1),
                name="a_risk_is_looked_for_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RiskFindingQuerySet(models.QuerySet["RiskFinding"]):
    def visible_to(self, actor: Actor) -> Self:
        """Of the areas that the actor covers."""
        return self if actor.is_system else self.filter(within_areas(actor))


class RiskFinding(models.Model):
    """A place at risk, with the reasons; written anew by every judgement."""

    rule = models.ForeignKey(RiskRule, models.CASCADE, related_name="findings", verbose_name="规则")
    level = models.CharField("层级", max_length=16)
    area_id = models.BigIntegerField("区域")
    area_path = models.CharField("区域路径", max_length=120)
    area_name = models.CharField("区域名称", max_length=80)
    type_code = models.CharField("案件类型", max_length=48)
    type_name = models.CharField("类型名称", max_length=60)
    rank = models.PositiveSmallIntegerField("等级", help_text="1 关注，2 预警，3 高风险")
    value = models.FloatField("值")
    current = models.PositiveIntegerField("本期件数")
    past = models.JSONField("前期件数", default=list)
    begins = models.DateTimeField("统计期起")
    ends = models.DateTimeField("统计期止")

    objects = RiskFindingQuerySet.as_manager()

    class Meta:
        db_table = "analytics_risk_finding"
        verbose_name = verbose_name_plural = "风险"
        indexes = [models.Index(fields=["-rank", "id"], name="risks_highest_first")]

    def __str__(self) -> str:
        return f"{self.area_name} {self.type_name}"


class RiskJudgement(models.Model):
    """When risk was last judged, and what it took."""

    judged_at = models.DateTimeField("判定时间")
    found = models.PositiveIntegerField("风险数")
    milliseconds = models.PositiveIntegerField("用时（毫秒）")
    is_truncated = models.BooleanField("有规则超出上限", default=False)

    class Meta:
        db_table = "analytics_risk_judgement"

    def __str__(self) -> str:
        return f"{self.judged_at:%Y-%m-%d %H:%M}"
