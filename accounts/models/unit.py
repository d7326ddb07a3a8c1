"""Organisation units: centres, departments, offices and teams."""

from django.db import models


class OrgUnit(models.Model):
    """A centre, department, office or team; users belong to one.

    `area_path` and `area_key` name the area it answers for (opaque here: the division tree lies above this app).
    """

    class Kind(models.TextChoices):
        CENTRE = "centre", "指挥中心"
        DEPARTMENT = "department", "部门"
        OFFICE = "office", "街道科室"
        TEAM = "team", "队伍"

    code = models.CharField("代码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=20)
    kind = models.CharField("类别", max_length=16, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="上级机构", related_name="children"
    )
    area_path = models.CharField("负责区域", max_length=120, blank=True, db_index=True)
    area_level = models.CharField("区域层级", max_length=16, blank=True)
    area_key = models.BigIntegerField("区域编号", null=True, blank=True)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        db_table = "accounts_org_unit"
        verbose_name = verbose_name_plural = "机构"

    def __str__(self) -> str:
        return self.name
