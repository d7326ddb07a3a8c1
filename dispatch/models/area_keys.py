"""Where something belongs in the division tree, stored beside its path so that a scope is an equality."""

from django.db import models


class AreaKeys(models.Model):
    """`area_path` is the key; the numbers are the rows of its ancestors (opaque here), null below the area's level."""

    area_path = models.CharField("区域路径", max_length=120, blank=True, db_index=True)
    district_id = models.BigIntegerField("区县", null=True, blank=True)
    street_id = models.BigIntegerField("街道", null=True, blank=True)
    community_id = models.BigIntegerField("社区", null=True, blank=True)
    grid_id = models.BigIntegerField("网格", null=True, blank=True)

    class Meta:
        abstract = True
