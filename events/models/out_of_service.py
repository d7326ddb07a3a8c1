"""停用: sources whose findings raise no alerts until somebody puts them back."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.scope import within_areas
from core.actor import Actor
from events.lifecycle import OUT_OF_SERVICE
from events.models.located import Located

SUBJECT_KIND = "out_of_service"
CAMERA = "camera"
"""The subject of findings that have a camera: an algorithm is taken out for all zones of it."""


class OutOfServiceQuerySet(models.QuerySet["OutOfService"]):
    def out(self) -> Self:
        return self.filter(state="out")

    def visible_to(self, actor: Actor) -> Self:
        """Those in the areas the actor covers; the same rule as `live.out_of_service_audience`."""
        return self if actor.is_system else self.filter(within_areas(actor, key_fields=True))


class OutOfService(Located):
    """One source and rule at one subject (a camera × an algorithm) taken out by an administrator.

    Its findings are counted, so that nothing is lost silently, and it is looked at every month: `reviewed_at` is when
    somebody last said that it has to stay out.
    """

    source = models.CharField("来源", max_length=16)
    rule = models.CharField("规则", max_length=64)
    subject_kind = models.CharField("对象类别", max_length=32)
    subject_id = models.BigIntegerField("对象编号")
    label = models.CharField("名称", max_length=120)
    rule_name = models.CharField("规则名称", max_length=120)
    state = models.CharField(
        "状态",
        max_length=8,
        choices=[(state, zh) for state, (zh, _) in OUT_OF_SERVICE.states.items() if state],
        default="out",
    )
    version = models.PositiveIntegerField(default=1)
    reason = models.CharField("停用理由", max_length=200)
    taken_out_at = models.DateTimeField("停用时间")
    taken_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="停用人", related_name="+")
    reviewed_at = models.DateTimeField("复核时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="复核人", related_name="+"
    )
    review_note = models.CharField("复核意见", max_length=200, blank=True)
    put_back_at = models.DateTimeField("恢复使用时间", null=True, blank=True)
    put_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="恢复人", related_name="+"
    )
    put_back_note = models.CharField("恢复说明", max_length=200, blank=True)
    finding_count = models.PositiveIntegerField("停用期间发现次数", default=0)
    last_finding_at = models.DateTimeField("最近一次发现", null=True, blank=True)

    objects = OutOfServiceQuerySet.as_manager()

    if TYPE_CHECKING:
        taken_out_by_id: int
        reviewed_by_id: int | None
        put_back_by_id: int | None

    class Meta:
        db_table = "events_out_of_service"
        verbose_name = verbose_name_plural = "告警停用"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "rule", "subject_kind", "subject_id"],
                condition=Q(state="out"),
                name="a_source_is_taken_out_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="out", put_back_at=None) | Q(state="back", put_back_at__isnull=False),
                name="what_is_back_says_since_when",
            ),
        ]
        indexes = [
            models.Index(fields=["district_id", "-taken_out_at", "-id"], name="out_of_service_of_a_district"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.rule_name}"
