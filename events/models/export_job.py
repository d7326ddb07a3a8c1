"""A list that somebody takes away as a file, written in the background."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.actor import Actor
from events.export_lifecycle import EXPORT

EXPORT_KIND = "export"


class ExportJobQuerySet(models.QuerySet["ExportJob"]):
    def visible_to(self, actor: Actor) -> Self:
        """A file holds what its owner may see: nobody else sees it, whatever the post; the same rule as
        `live.publish_export`.
        """
        return self if actor.is_system else self.filter(owner_id=actor.user_id)


class ExportJob(models.Model):
    """One export: which list, narrowed how, in which form, and how far it is.

    `total` is how many rows the filters found when it began, `most` how many of them the form holds; it is truncated
    where the first is greater. `attempt` counts the runs: only the newest one may write. `seen_at` is when the run
    last gave a sign. `path` is relative to the media folder.
    """

    class Kind(models.TextChoices):
        EVENTS = "events", "案件"
        ORDERS = "orders", "工单"
        ALERTS = "alerts", "告警"

    class Format(models.TextChoices):
        XLSX = "xlsx", "Excel"
        PDF = "pdf", "PDF"
        CSV = "csv", "CSV"

    class Problem(models.TextChoices):
        """Why there is no file."""

        NOT_ALLOWED = "not_allowed", "账号已停用"
        NO_ROOM = "no_room", "服务器磁盘空间不足"
        INTERRUPTED = "interrupted", "执行中断，多次重试未完成"
        FAULT = "fault", "系统出错"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="导出人")
    kind = models.CharField("内容", max_length=8, choices=Kind)
    format = models.CharField("格式", max_length=4, choices=Format)
    filters = models.JSONField("筛选条件", default=dict)
    language = models.CharField("语言", max_length=2, choices=[("zh", "中文"), ("en", "English")], default="zh")
    state = models.CharField(
        "状态",
        max_length=12,
        choices=[(state, zh) for state, (zh, _) in EXPORT.states.items() if state],
        default="",
    )
    version = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField("总行数", null=True)
    written = models.PositiveIntegerField("已写行数", default=0)
    most = models.PositiveIntegerField("行数上限")
    attempt = models.PositiveSmallIntegerField("第几次执行", default=0)
    path = models.CharField("文件", max_length=120, blank=True)
    size = models.PositiveBigIntegerField("文件大小", null=True)
    problem = models.CharField("失败原因", max_length=16, choices=Problem, blank=True)
    created_at = models.DateTimeField("提出时间")
    started_at = models.DateTimeField("开始时间", null=True)
    seen_at = models.DateTimeField("最近进展", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    expires_at = models.DateTimeField("保留至")

    objects = ExportJobQuerySet.as_manager()

    if TYPE_CHECKING:
        owner_id: int

    class Meta:
        db_table = "events_export_job"
        verbose_name = verbose_name_plural = "导出任务"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(state="running"), name="one_export_runs_for_a_person_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(state="done") | ~Q(path=""), name="a_finished_export_has_its_file"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(problem=""), name="a_failed_export_says_why"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "-created_at"], name="exports_of_a_person"),
            models.Index(fields=["expires_at"], name="exports_by_their_end"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.format} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_truncated(self) -> bool:
        return self.total is not None and self.total > self.most
