"""Indicators: formulas over measures, as data that an administrator edits."""

from django.db import models


class Indicator(models.Model):
    """One figure of the assessment. `subjects` says of whom it is asked; `formula` names measures (`queries.measures`).

    `share` figures are shown in percent. An administrator's own text is kept when the shipped ones are loaded again.
    """

    class Unit(models.TextChoices):
        SHARE = "share", "百分比"
        MINUTES = "minutes", "分钟"
        COUNT = "count", "件数"

    code = models.CharField("代码", max_length=48, unique=True)
    name = models.CharField("名称", max_length=40)
    name_en = models.CharField("英文名称", max_length=80)
    subjects = models.JSONField("评价对象", default=list)
    formula = models.CharField("公式", max_length=300)
    unit = models.CharField("单位", max_length=16, choices=Unit, default=Unit.SHARE)
    higher_is_better = models.BooleanField("越高越好", default=True)
    explanation = models.CharField("说明", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    is_on = models.BooleanField("启用", default=True)
    shipped_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "考核指标"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
