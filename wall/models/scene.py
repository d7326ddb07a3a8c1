"""Scene 场景: what stands where on a wall, under a name."""

from django.db import models
from django.db.models import Q

from core.models import SiteSetting


class Scene(SiteSetting):
    """A named layout of panels; every change is a version, and the history keeps what each one held.

    `layout` is {"wide": […], "ultra": […]} of {panel, x, y, w, h} (wall.rules.layout); the digit `key` calls it.
    """

    code = models.CharField("代码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=20)
    name_en = models.CharField("英文名称", max_length=40)
    key = models.PositiveSmallIntegerField("数字键", null=True, blank=True)
    watermark = models.BooleanField("显示“演示数据”水印", default=False)
    layout = models.JSONField("版面")
    shipped_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        db_table = "wall_scene"
        verbose_name = verbose_name_plural = "大屏场景"
        ordering = ["key", "code"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(key__isnull=False), name="a_digit_calls_one_scene"),
            models.CheckConstraint(condition=Q(key=None) | Q(key__range=(1, 9)), name="a_scene_is_called_by_a_digit"),
        ]

    def __str__(self) -> str:
        return self.name
