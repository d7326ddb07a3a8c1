"""Alerts: what machines found and no person has verified yet."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.scope import within_areas
from core.actor import Actor
from events.lifecycle import ALERT
from events.models.catalogue import Level
from events.models.located import Located


class AlertQuerySet(models.QuerySet["Alert"]):
    def open(self) -> Self:
        return self.filter(state="open")

    def on_shelf(self) -> Self:
        """搁置: open, and put aside for a time."""
        return self.open().filter(shelved_until__isnull=False)

    def off_shelf(self) -> Self:
        """Open and asking for attention."""
        return self.open().filter(shelved_until=None)

    def visible_to(self, actor: Actor) -> Self:
        """Alerts in the areas the actor covers; the same rule as `live.alert_audience`."""
        return self if actor.is_system else self.filter(within_areas(actor, key_fields=True))


SHELVED_AT_MOST = timedelta(hours=8)


class Alert(Located):
    """A finding of (source, rule) about a subject: the zone, datastream or row it watches, never a track.

    While it is open a repeated finding counts up; after it was confirmed further findings join its event.
    `settled_version` is the last version made by a person: a click on it is fresh, however often it counted up since.

    That somebody has seen it, that its condition is over, and that it is put aside are marks on an open alert: it still
    waits for a person's judgement.
    """

    class Source(models.TextChoices):
        VIDEO = "video", "视频"
        SENSOR = "sensor", "物联感知"
        DATA = "data", "数据比对"

    class Dismissal(models.TextChoices):
        """Why a finding was no case: what `decision_reason` holds, unless somebody wrote words of their own."""

        NOTHING_THERE = "nothing_there", "画面中没有所报情况"
        ALLOWED = "allowed", "属于正常或已许可的情况"
        WRONG_OBJECT = "wrong_object", "识别错了对象"
        BAD_PICTURE = "bad_picture", "画面模糊、遮挡或反光"
        TEST = "test", "测试或演练"
        OTHER = "other", "其他"

    source = models.CharField("来源", max_length=16, choices=Source)
    rule = models.CharField("规则", max_length=64)
    subject_kind = models.CharField("对象类别", max_length=32)
    subject_id = models.BigIntegerField("对象编号")
    state = models.CharField(
        "状态", max_length=16, choices=[(state, zh) for state, (zh, _) in ALERT.states.items() if state], default="open"
    )
    version = models.PositiveIntegerField(default=1)
    settled_version = models.PositiveIntegerField(default=1)
    level = models.PositiveSmallIntegerField("级别", choices=Level)
    type_code = models.CharField("案件类型", max_length=48)
    type_name = models.CharField("类型名称", max_length=60)
    title = models.CharField("标题", max_length=120)
    confidence = models.FloatField("置信度", null=True)
    found_at = models.DateTimeField("发现时间")
    last_seen_at = models.DateTimeField("最近出现")
    seen_count = models.PositiveIntegerField("出现次数", default=1)
    due_at = models.DateTimeField("处理时限")
    escalation = models.PositiveSmallIntegerField("升级", default=0, help_text="最近越过的时限百分比")
    acknowledged_at = models.DateTimeField("确认时间", null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="确认人", related_name="+"
    )
    recovered_at = models.DateTimeField("恢复时间", null=True)
    shelved_at = models.DateTimeField("搁置时间", null=True)
    shelved_until = models.DateTimeField("搁置至", null=True)
    shelved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="搁置人", related_name="+"
    )
    shelve_reason = models.CharField("搁置理由", max_length=200, blank=True)
    decided_at = models.DateTimeField("判定时间", null=True)
    decision_reason = models.CharField("判定理由", max_length=200, blank=True)
    event = models.ForeignKey(
        "events.Event", models.PROTECT, null=True, blank=True, related_name="alerts", verbose_name="案件"
    )
    still = models.ForeignKey(
        "events.Attachment", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="截图"
    )
    clip = models.ForeignKey(
        "events.Attachment", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="片段"
    )
    camera_id = models.BigIntegerField("摄像机", null=True, blank=True)
    camera_name = models.CharField("摄像机名称", max_length=80, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    boxes = models.JSONField("目标框", default=list, blank=True)
    zone_polygon = models.JSONField("区域多边形", default=list, blank=True)
    detail = models.JSONField("细节", default=dict, blank=True)

    objects = AlertQuerySet.as_manager()

    if TYPE_CHECKING:
        event_id: int | None
        still_id: int | None
        clip_id: int | None
        acknowledged_by_id: int | None
        shelved_by_id: int | None

    class Meta:
        verbose_name = verbose_name_plural = "告警"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "rule", "subject_kind", "subject_id"],
                condition=Q(state="open"),
                name="one_open_alert_per_source_rule_and_subject",
            ),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="an_alert_has_a_level_of_four"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(event__isnull=False), name="a_confirmed_alert_has_its_event"
            ),
            models.CheckConstraint(
                condition=Q(shelved_until=None) | Q(state="open"), name="only_an_open_alert_is_shelved"
            ),
            models.CheckConstraint(
                condition=Q(shelved_at=None, shelved_until=None)
                | Q(shelved_at__isnull=False, shelved_until__lte=F("shelved_at") + SHELVED_AT_MOST),
                name="an_alert_is_shelved_for_eight_hours_at_most",
            ),
        ]
        indexes = [
            models.Index(
                fields=["source", "rule", "subject_kind", "subject_id", "-found_at"], name="alerts_of_a_subject"
            ),
            models.Index(
                fields=["district_id", "level", "found_at"], condition=Q(state="open"), name="open_alerts_district"
            ),
            models.Index(
                fields=["street_id", "level", "found_at"], condition=Q(state="open"), name="open_alerts_street"
            ),
            models.Index(fields=["district_id", "found_at", "id"], name="alerts_of_a_district"),
            models.Index(fields=["source", "rule", "found_at"], name="alerts_of_a_rule"),
            models.Index(fields=["last_seen_at"], condition=Q(state="open"), name="open_alerts_by_age"),
            models.Index(
                fields=["shelved_until"], condition=Q(shelved_until__isnull=False), name="shelved_alerts_by_their_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.found_at:%Y-%m-%d %H:%M}"

    @property
    def is_quiet(self) -> bool:
        """Its condition is over, or it is put aside: it neither sounds nor runs towards an escalation."""
        return self.recovered_at is not None or self.shelved_until is not None
