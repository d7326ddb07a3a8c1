"""What a site wants its indicators to be; edited by administrators."""

from django.db import models

DEFAULT_GOALS = {"on_time_rate": 0.95}


class Goal(models.Model):
    """The goal of one indicator as a share; without a row the default holds."""

    class Indicator(models.TextChoices):
        ON_TIME_RATE = "on_time_rate", "按期结案率"

    indicator = models.CharField("指标", max_length=32, choices=Indicator, unique=True)
    share = models.FloatField("目标", help_text="0.95 = 95 %")

    class Meta:
        verbose_name = verbose_name_plural = "指标目标"
        constraints = [
            models.CheckConstraint(condition=models.Q(share__gt=0, share__lte=1), name="a_goal_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()} {self.share:.0%}"
