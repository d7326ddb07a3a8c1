"""Where responders are: one row each, the latest. No track is kept."""

from django.contrib.gis.db.models import PointField
from django.db import models
from django.db.models import Q


class Position(models.Model):
    """The latest fix of a responder. `point` is geography, so its index serves nearest-first in metres."""

    responder = models.OneToOneField(
        "dispatch.Responder", models.CASCADE, primary_key=True, verbose_name="处置力量", related_name="position"
    )
    point = PointField("位置", geography=True, srid=4326)
    accuracy_m = models.FloatField("精度（米）", default=0)
    at = models.DateTimeField("定位时间")

    class Meta:
        verbose_name = verbose_name_plural = "最新位置"
        constraints = [models.CheckConstraint(condition=Q(accuracy_m__gte=0), name="an_accuracy_is_not_negative")]

    def __str__(self) -> str:
        return f"{self.responder_id} {self.at:%Y-%m-%d %H:%M:%S}"
