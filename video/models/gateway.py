"""Platforms that hold cameras of their own: GB/T 28181 and vendor platforms, spoken to over HTTP."""

from django.db import models

from video.gateways.kinds import GATEWAY_KINDS


class Gateway(models.Model):
    """One platform. `secret` is its user and password, encrypted; `checked_*` say how it answered last."""

    code = models.SlugField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("接口类型", max_length=20, choices=[(key, name) for key, name in GATEWAY_KINDS.items()])
    address = models.CharField("接口地址", max_length=300)
    secret = models.TextField("账号口令（密文）", blank=True, editable=False)
    enabled = models.BooleanField("启用", default=True)
    version = models.IntegerField("版本", default=1, editable=False)
    checked_at = models.DateTimeField("最近检查", null=True, editable=False)
    checked_reason = models.CharField("检查结果", max_length=40, blank=True, editable=False)
    checked_detail = models.CharField("结果说明", max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "视频平台"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
