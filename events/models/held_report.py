"""Reports from the public that a person looks at first, and the rules by which they are held."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.gis.db.models import PointField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.scope import within_areas
from core.actor import Actor
from core.models import SiteSetting
from events.sources import Source


class HeldReportQuerySet(models.QuerySet["HeldReport"]):
    def waiting(self) -> Self:
        return self.filter(state=HeldReport.State.WAITING)

    def visible_to(self, actor: Actor) -> Self:
        """Those in the areas the actor covers; what has no place yet belongs to the whole district."""
        return self if actor.is_system else self.filter(within_areas(actor))


class HeldReport(models.Model):
    """A report that is not an event yet: it lacks a place or a kind, or it looks like spam.

    Its receipt is valid at once; accepted, the event's reporter takes it over. Nothing is lost without a person saying
    so.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待甄别"
        ACCEPTED = "accepted", "已采纳"
        REJECTED = "rejected", "不予采纳"

    receipt = models.CharField("回执号", max_length=16, unique=True)
    submission = models.CharField("提交标识", max_length=64, unique=True, null=True, blank=True, editable=False)
    state = models.CharField("状态", max_length=12, choices=State, default=State.WAITING)
    reasons = models.JSONField("待甄别原因", default=list)
    channel = models.CharField("渠道", max_length=24, choices=Source)
    type_code = models.CharField("类型代码", max_length=48, blank=True)
    description = models.TextField("描述")
    address = models.CharField("地址", max_length=200, blank=True)
    area_path = models.CharField("区域路径", max_length=120)
    area_label = models.CharField("区域", max_length=120, blank=True)
    point = PointField("位置", geography=True, srid=4326, null=True, blank=True, spatial_index=False)
    attachment_ids = models.JSONField("照片", default=list)
    contact_name = models.CharField("称呼", max_length=40, blank=True)
    contact_phone = models.CharField("电话", max_length=20, blank=True)
    contact_erased_at = models.DateTimeField("联系方式删除时间", null=True, blank=True)
    created_at = models.DateTimeField("时间")
    decided_at = models.DateTimeField("甄别时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="甄别人"
    )
    decision = models.CharField("答复", max_length=500, blank=True)
    event = models.ForeignKey(
        "events.Event", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="案件"
    )

    objects = HeldReportQuerySet.as_manager()

    if TYPE_CHECKING:
        event_id: int | None
        decided_by_id: int | None

    class Meta:
        db_table = "events_held_report"
        verbose_name = verbose_name_plural = "待甄别上报"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(event__isnull=False), name="an_accepted_report_has_its_event"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | ~Q(state="waiting") & Q(decided_at__isnull=False),
                name="a_held_report_says_when_it_was_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["area_path", "id"], condition=Q(state="waiting"), name="held_reports_waiting"),
            models.Index(fields=["created_at"], name="held_reports_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.get_state_display()}"


class PublicRules(SiteSetting):
    """What the site allows the public, and when a report is looked at by a person first. One row; none is the usual.
    `rules.public_rules` has the bounds.
    """

    reports_held_above = models.PositiveSmallIntegerField(
        "每网络地址 10 分钟内超过几件转甄别", default=5, validators=[MinValueValidator(1)]
    )
    reports_refused_above = models.PositiveSmallIntegerField(
        "每网络地址每小时超过几件拒绝", default=40, validators=[MinValueValidator(1)]
    )
    near_metres = models.PositiveSmallIntegerField("同地点范围（米）", default=30)
    near_minutes = models.PositiveSmallIntegerField("同地点时间（分钟）", default=10)
    near_reports = models.PositiveSmallIntegerField("同地点超过几件转甄别", default=5)
    same_text_percent = models.PositiveSmallIntegerField(
        "文字相似度（%）", default=85, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    same_text_minutes = models.PositiveSmallIntegerField("文字比对时间（分钟）", default=60)
    minimum_seconds = models.PositiveSmallIntegerField("最短填写时间（秒）", default=5)
    proof_bits = models.PositiveSmallIntegerField(
        "提交前计算量（比特）", default=12, validators=[MaxValueValidator(22)], help_text="每加一比特，计算量翻倍"
    )
    show_near_metres = models.PositiveSmallIntegerField("“我也遇到”范围（米）", default=100)
    contact_kept_days = models.PositiveSmallIntegerField("联系方式保留（天）", default=180)
    urgent_words = models.JSONField(
        "紧急词与电话", default=list, blank=True, help_text="[{number, words}]，留空用通用词表"
    )

    class Meta:
        db_table = "events_public_rules"
        verbose_name = verbose_name_plural = "公众上报规则"

    def __str__(self) -> str:
        return "公众上报规则"
