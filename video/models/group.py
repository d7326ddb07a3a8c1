"""Groups of cameras: how a city sorts them for itself, besides the area in which they stand."""

from django.db import models


class CameraGroup(models.Model):
    """A named group, such as 沿河卡口. A camera is in at most one; taking the group away leaves its cameras."""

    name = models.CharField("名称", max_length=40, unique=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "摄像机分组"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
