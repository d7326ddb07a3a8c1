"""The base map of a site: water, roads, green, the first view; and the stamp that tells caches what is new."""

import secrets

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Transform
from django.contrib.postgres.indexes import GistIndex


class MapFeature(models.Model):
    """Something drawn under everything else, shown from `min_zoom` on."""

    class Kind(models.TextChoices):
        WATER = "water", "水系"
        ROAD = "road", "道路"
        GREEN = "green", "绿地"

    kind = models.CharField("类别", max_length=8, choices=Kind)
    feature_class = models.CharField("等级", max_length=16)
    name = models.CharField("名称", max_length=40, blank=True)
    min_zoom = models.PositiveSmallIntegerField("起始级别", default=10)
    geometry = models.GeometryField("形状", srid=4326)
    geometry_3857 = models.GeneratedField(
        expression=Transform("geometry", 3857),
        output_field=models.GeometryField(srid=3857, spatial_index=False),
        db_persist=True,
    )

    class Meta:
        db_table = "grids_map_feature"
        verbose_name = verbose_name_plural = "底图要素"
        indexes = [GistIndex(fields=["geometry_3857"], name="map_feature_for_tiles")]

    def __str__(self) -> str:
        return self.name or f"{self.get_kind_display()} {self.pk}"


class MapView(models.Model):
    """How the map of an area first looks: where the camera stands, and the name over it."""

    area = models.OneToOneField("grids.Area", models.CASCADE, related_name="map_view", verbose_name="区域")
    center_name = models.CharField("中心名称", max_length=40)
    center = models.PointField("中心", srid=4326)
    zoom = models.FloatField("级别", default=12.0)
    pitch = models.FloatField("倾角", default=0.0)
    bearing = models.FloatField("方位角", default=0.0)

    class Meta:
        db_table = "grids_map_view"
        verbose_name = verbose_name_plural = "初始视图"

    def __str__(self) -> str:
        return self.center_name


def new_stamp() -> str:
    """A value no earlier state of the data ever had, also not before a restored backup."""
    return secrets.token_hex(8)


class MapDataset(models.Model):
    """A set of map data (areas, base, buildings). `stamp` changes with every change: tiles are cached under it."""

    name = models.CharField("数据集", max_length=24, unique=True)
    stamp = models.CharField("版本标记", max_length=16)
    source = models.CharField("来源", max_length=80, blank=True)
    changed_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        db_table = "grids_map_dataset"
        verbose_name = verbose_name_plural = "地图数据集"

    def __str__(self) -> str:
        return self.name
