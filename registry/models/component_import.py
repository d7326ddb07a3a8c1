"""Bringing components in from a file, in the background; and what it changed on each."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.actor import Actor
from registry.import_lifecycle import IMPORT

IMPORT_KIND = "component_import"


class ComponentImportQuerySet(models.QuerySet["ComponentImport"]):
    def visible_to(self, actor: Actor) -> Self:
        """A file may hold more than its reader's area: it is for whoever brought it."""
        return self if actor.is_system else self.filter(owner_id=actor.user_id)


class ComponentImport(models.Model):
    """One file on its way into the register. `path` and `faults_path` are relative to the media folder; `preview` is
    what was found when it was looked at. Rows: `total` in the file as far as known, `read`, and of these `created`,
    `updated`, `unchanged` and `refused`; the first three are known when it is done.
    """

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel"
        GPKG = "gpkg", "GeoPackage"

    class Problem(models.TextChoices):
        NOT_ALLOWED = "not_allowed", "账号已停用或不再有权限"
        UNREADABLE = "unreadable", "文件无法读取"
        INTERRUPTED = "interrupted", "执行中断，多次重试未完成"
        FAULT = "fault", "系统出错"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")
    file_name = models.CharField("文件名", max_length=120)
    format = models.CharField("格式", max_length=4, choices=Format)
    datum = models.CharField("坐标系", max_length=8, default="wgs84")
    path = models.CharField("文件", max_length=120)
    size = models.PositiveBigIntegerField("文件大小")
    state = models.CharField(
        "状态", max_length=12, choices=[(state, zh) for state, (zh, _) in IMPORT.states.items() if state], default=""
    )
    version = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField("第几次执行", default=0)
    preview = models.JSONField("预览", default=dict)
    total = models.PositiveIntegerField("总行数", null=True)
    read = models.PositiveIntegerField("已读行数", default=0)
    created = models.PositiveIntegerField("新增", default=0)
    updated = models.PositiveIntegerField("更新", default=0)
    unchanged = models.PositiveIntegerField("无变化", default=0)
    refused = models.PositiveIntegerField("未导入", default=0)
    faults = models.JSONField("错误行（前若干条）", default=list)
    faults_path = models.CharField("错误行文件", max_length=120, blank=True)
    problem = models.CharField("失败原因", max_length=16, choices=Problem, blank=True)
    detail = models.CharField("说明", max_length=300, blank=True)
    created_at = models.DateTimeField("上传时间")
    started_at = models.DateTimeField("开始时间", null=True)
    seen_at = models.DateTimeField("最近进展", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    objects = ComponentImportQuerySet.as_manager()

    if TYPE_CHECKING:
        owner_id: int

    class Meta:
        db_table = "registry_component_import"
        verbose_name = verbose_name_plural = "部件导入"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="running"), name="one_import_runs_at_a_time"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(problem=""), name="a_failed_import_says_why"),
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "-created_at"], name="imports_of_a_person")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.created_at:%Y-%m-%d %H:%M}"


class ComponentChange(models.Model):
    """What an import changed on a component that was there already: appended, never edited. A component's history is
    its own rows and these; one that an import brought new names the import itself.
    """

    component_id = models.BigIntegerField()
    import_id = models.IntegerField()
    at = models.DateTimeField("时间")
    before = models.JSONField("原值")
    after = models.JSONField("新值")

    class Meta:
        db_table = "registry_component_change"
        verbose_name = verbose_name_plural = "部件导入变更"
        indexes: ClassVar = [models.Index(fields=["component_id", "id"], name="changes_of_a_component")]

    def __str__(self) -> str:
        return f"{self.component_id} / {self.import_id}"
