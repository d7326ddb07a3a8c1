"""Detectors that a site brings itself, and which detector looks at which camera for what."""

from pathlib import Path

from django.db import models

from video.model_lifecycle import GONE, OWN_MODEL

PICTURES = Path("model-trials")
"""Where the pictures of trials lie, under the media root; faces in them are hidden."""
_STATES = [(key, names[0]) for key, names in OWN_MODEL.states.items() if key != GONE]


class OwnModel(models.Model):
    """A detector that somebody sent: told what it is, tried on the site's pictures, switched on or refused.

    `labels` are the words of its classes in order (an empty one is left out); `report` is what the trial said.
    Workers read none of this: switching on writes a record beside the file (detectors/own.py).
    """

    name = models.SlugField("名称", max_length=60, unique=True)
    labels = models.JSONField("类别词", default=list)
    layout = models.CharField("输出布局", max_length=20, blank=True)
    colour = models.CharField("颜色顺序", max_length=4, blank=True)
    scale = models.CharField("像素取值", max_length=10, blank=True)
    height = models.SmallIntegerField("输入高", default=384)
    width = models.SmallIntegerField("输入宽", default=640)
    threshold = models.FloatField("最低置信度", default=0.25)
    stretched = models.BooleanField("画面拉伸", default=False)
    calibrate = models.BooleanField("用本地画面做 int8 校准", default=False)
    licence = models.CharField("许可证", max_length=80)
    origin = models.CharField("来源", max_length=300, blank=True)
    state = models.CharField("状态", max_length=12, choices=_STATES)
    version = models.IntegerField("版本", default=0)
    reason = models.CharField("原因代码", max_length=24, blank=True)
    detail = models.CharField("说明", max_length=1000, blank=True)
    sha256 = models.CharField("校验和", max_length=64, blank=True)
    bytes = models.BigIntegerField("大小", default=0)
    report = models.JSONField("试运行结果", default=dict, blank=True)
    tried_at = models.DateTimeField("试运行时间", null=True)
    sent_by = models.CharField("上传人", max_length=80, blank=True)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "自有模型"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ModelUse(models.Model):
    """Which detector is used: for one camera and one algorithm, for all of a camera, for one algorithm, or for all.

    The narrowest choice counts; without any, the default detector.
    """

    camera = models.ForeignKey("video.Camera", models.CASCADE, null=True, blank=True, related_name="model_uses")
    algorithm = models.CharField("算法", max_length=40, blank=True)
    model = models.CharField("模型", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "模型选用"
        ordering = ("camera_id", "algorithm")
        constraints = [
            models.UniqueConstraint(
                fields=["camera", "algorithm"], nulls_distinct=False, name="one_model_is_chosen_for_one_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.camera_id or '*'} {self.algorithm or '*'} {self.model}"
