"""A file of official boundaries on its way into a draft: what was read from it, and what was decided on each shape."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.actor import Actor
from grids.models.area import AreaLevel
from grids.rules.datums import DATUM_NAMES, Datum
from grids.scope import reach_of


class ImportState(models.TextChoices):
    RECEIVED = "received", "等待读取"
    READING = "reading", "读取中"
    REFUSED = "refused", "未能读取"
    READ = "read", "已读取"
    PLACED = "placed", "已定坐标"
    DRAFTED = "drafted", "已进草稿"
    DROPPED = "dropped", "已放弃"


class BoundaryImportQuerySet(models.QuerySet["BoundaryImport"]):
    def visible_to(self, actor: Actor) -> Self:
        """Imports into what lies inside the actor's reach."""
        if actor.is_system:
            return self
        condition = Q(pk__in=[])
        for prefix in reach_of(actor):
            condition |= Q(root__path=prefix) | Q(root__path__startswith=prefix + ".")
        return self.filter(condition)


class BoundaryImport(models.Model):
    """One file, imported below `root` as areas of one `level`. The file itself is not kept: its shapes are.

    A large one waits at `path` (below the media folder) until a worker has read it: `read` of `total` shapes so far.
    `problem` says in words (`reason`, `zh`, `en`) why it could not be read.

    Until `state` is "placed" nobody has said what the numbers of the file are (`projection`, `datum`, `swapped`:
    see `grids.importing.placing`). `layers` tells what was found in the file: name, fields, extent, coordinate system.
    """

    root = models.ForeignKey("grids.Area", models.PROTECT, related_name="+", verbose_name="范围")
    level = models.CharField("层级", max_length=12, choices=AreaLevel)
    state = models.CharField("状态", max_length=8, choices=ImportState, default=ImportState.READ)
    version = models.IntegerField(default=1, editable=False)
    file_name = models.CharField("文件名", max_length=120)
    size = models.BigIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)
    format = models.CharField("格式", max_length=12, blank=True)
    path = models.CharField("待读文件", max_length=120, blank=True, default="", editable=False)
    attempt = models.SmallIntegerField("读取次数", default=0, editable=False)
    read = models.IntegerField("已读图形", default=0, editable=False)
    total = models.IntegerField("图形总数", null=True, editable=False)
    problem = models.JSONField("未能读取的原因", default=dict, editable=False)
    layers = models.JSONField("图层", default=list)
    layer = models.CharField("所选图层", max_length=120, blank=True)
    projection = models.CharField("投影", max_length=12, blank=True)
    datum = models.CharField(
        "坐标系", max_length=8, blank=True, choices=[(one.value, DATUM_NAMES[one]) for one in Datum]
    )
    swapped = models.BooleanField("经纬度互换", default=False)
    name_field = models.CharField("名称字段", max_length=120, blank=True)
    code_field = models.CharField("代码字段", max_length=120, blank=True)
    draft = models.ForeignKey("grids.BoundaryDraft", models.SET_NULL, null=True, related_name="+", verbose_name="草稿")
    created_at = models.DateTimeField("导入时间")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = BoundaryImportQuerySet.as_manager()

    if TYPE_CHECKING:
        root_id: int
        draft_id: int | None

    class Meta:
        db_table = "grids_boundary_import"
        verbose_name = verbose_name_plural = "边界导入"
        indexes = [models.Index(fields=["root", "created_at"], name="imports_into_an_area")]

    def __str__(self) -> str:
        return f"{self.file_name} → {self.root_id}"


class ImportedShape(models.Model):
    """One shape of the file. `wkb` is in the file's own numbers; nothing else of it is ever changed by a computation.

    `name`, `code`, `taken` and `repaired` are what a person decided for this row; null means that the proposal holds.
    """

    source = models.ForeignKey(BoundaryImport, models.CASCADE, related_name="shapes", verbose_name="导入")
    layer = models.CharField("图层", max_length=120)
    number = models.IntegerField("序号")
    attributes = models.JSONField("属性", default=dict)
    wkb = models.BinaryField("图形")
    name = models.CharField("名称", max_length=40, null=True)
    code = models.CharField("代码", max_length=24, null=True)
    taken = models.BooleanField("导入", default=True)
    repaired = models.BooleanField("同意修复", default=False)

    class Meta:
        db_table = "grids_imported_shape"
        verbose_name = verbose_name_plural = "导入的图形"
        constraints = [
            models.UniqueConstraint(fields=["source", "layer", "number"], name="shapes_of_a_file_are_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} #{self.number}"
