"""Further maps of a site: raster tiles or WMTS through its own address, and PMTiles archives beside it."""

import re

from django.core.exceptions import ValidationError
from django.db import models

ADDRESS = re.compile(r"/[^/\\\s][^\\\s]*")
FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,70}\.pmtiles")


class MapSourceQuerySet(models.QuerySet["MapSource"]):
    def shown(self) -> "MapSourceQuerySet":
        return self.filter(enabled=True).order_by("position", "id")


class MapSource(models.Model):
    """One map that may be laid under everything else. Pages load from their own address only, so a raster source is a
    path of this site (nginx passes it on to the government's service, with its key), and an archive a file in the
    folder `maps` of the platform.
    """

    class Kind(models.TextChoices):
        RASTER = "raster", "栅格瓦片 / WMTS"
        PMTILES = "pmtiles", "PMTiles 文件"

    name = models.CharField("名称", max_length=40)
    kind = models.CharField("类别", max_length=8, choices=Kind)
    address = models.CharField(
        "地址", max_length=300, blank=True,
        help_text="本站路径，含 {z}、{x}、{y}，如 /maps/image/{z}/{x}/{y}；由前端服务器转发到天地图等服务",
    )  # fmt: skip
    file = models.CharField("文件", max_length=80, blank=True, help_text="服务器 maps 目录中的文件名，如 image.pmtiles")
    attribution = models.CharField("来源与审图号", max_length=120, blank=True)
    min_zoom = models.PositiveSmallIntegerField("最小级别", default=8)
    max_zoom = models.PositiveSmallIntegerField("最大级别", default=18)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    enabled = models.BooleanField("启用", default=True)

    objects = MapSourceQuerySet.as_manager()

    class Meta:
        db_table = "grids_map_source"
        verbose_name = verbose_name_plural = "地图来源"
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="raster", file="") | models.Q(kind="pmtiles", address=""),
                name="a_map_source_is_an_address_or_a_file",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.kind == self.Kind.RASTER:
            placed = all(part in self.address for part in ("{z}", "{x}", "{y}"))
            if not ADDRESS.fullmatch(self.address) or self.address.startswith("//") or not placed:
                raise ValidationError({"address": "请填写以 / 开头的本站路径，并含 {z}、{x}、{y}。"})
            if self.file:
                raise ValidationError({"file": "栅格来源不需要文件。"})
        else:
            if not FILE.fullmatch(self.file):
                raise ValidationError({"file": "请填写 maps 目录中以 .pmtiles 结尾的文件名。"})
            if self.address:
                raise ValidationError({"address": "PMTiles 来源不需要地址。"})
        if self.min_zoom > self.max_zoom or self.max_zoom > 22:
            raise ValidationError({"max_zoom": "级别应在 0 到 22 之间，且不小于最小级别。"})
