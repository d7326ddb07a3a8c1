"""Field tasks: a thing asked of one responder, about an opaque subject."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.gis.db.models import PointField
from django.db import models
from django.db.models import Q

from accounts.scope import within_areas
from core.actor import Actor
from dispatch.lifecycle import ENDED_STATES, FIELD_TASK, OPEN_STATES
from dispatch.models.area_keys import AreaKeys


class FieldTaskQuerySet(models.QuerySet["FieldTask"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def ended(self) -> Self:
        return self.filter(state__in=ENDED_STATES)

    def held_by(self, actor: Actor) -> Self:
        return self.filter(assignee_user_id=actor.user_id) if actor.user_id is not None else self.none()

    def visible_to(self, actor: Actor) -> Self:
        """Tasks in the areas the actor covers, and those the actor holds; the same rule as `dispatch.live`."""
        if actor.is_system:
            return self
        scope = within_areas(actor, key_fields=True)
        return self.filter(scope | Q(assignee_user_id=actor.user_id))


class FieldTask(AreaKeys):
    """A thing asked of one responder: to verify, check, handle, patrol or visit.

    The subject (kind, id) belongs to an app above. `on_site` tasks need a sign-in at `point` before they are done.
    """

    class Kind(models.TextChoices):
        VERIFY = "verify", "核实"
        CHECK = "check", "核查"
        HANDLE = "handle", "处置"
        PATROL = "patrol", "巡查"
        VISIT = "visit", "走访"

    kind = models.CharField("类别", max_length=16, choices=Kind)
    subject_kind = models.CharField("对象类别", max_length=32)
    subject_id = models.BigIntegerField("对象编号")
    state = models.CharField(
        "状态", max_length=16, choices=[(k, zh) for k, (zh, _) in FIELD_TASK.states.items()], default="issued"
    )
    version = models.PositiveIntegerField(default=1)
    assignee = models.ForeignKey("dispatch.Responder", models.PROTECT, verbose_name="承办力量", related_name="tasks")
    assignee_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="承办人", related_name="field_tasks"
    )
    title = models.CharField("标题", max_length=120)
    note = models.TextField("说明", blank=True)
    level = models.PositiveSmallIntegerField("级别", default=4)
    area_label = models.CharField("区域", max_length=120, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    point = PointField("地点", srid=4326)
    on_site = models.BooleanField("需到场", default=True)
    payload = models.JSONField("附加信息", default=dict, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="下达人", related_name="+"
    )
    issued_at = models.DateTimeField("下达时间")
    due_at = models.DateTimeField("时限", null=True)
    seen_at = models.DateTimeField("查看时间", null=True)
    accepted_at = models.DateTimeField("接受时间", null=True)
    arrived_at = models.DateTimeField("到场时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="结束人", related_name="+"
    )
    result = models.JSONField("结果", null=True)

    objects = FieldTaskQuerySet.as_manager()

    if TYPE_CHECKING:
        assignee_id: int
        assignee_user_id: int | None

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind"],
                condition=Q(kind__in=["verify", "check"], state__in=list(OPEN_STATES)),
                name="one_open_verification_and_check_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(OPEN_STATES), ended_at=None)
                | Q(state__in=list(ENDED_STATES), ended_at__isnull=False),
                name="an_ended_task_says_when",
            ),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="a_task_has_a_level_of_four"),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="tasks_of_a_subject"),
            models.Index(fields=["assignee_user", "issued_at", "id"], name="tasks_of_a_person"),
            models.Index(
                fields=["assignee"], condition=Q(state__in=list(OPEN_STATES)), name="open_tasks_of_a_responder"
            ),
            models.Index(fields=["due_at"], condition=Q(state__in=list(OPEN_STATES)), name="open_tasks_by_due"),
            models.Index(fields=["district_id", "issued_at", "id"], name="tasks_of_a_district"),
            models.Index(fields=["street_id", "issued_at", "id"], name="tasks_of_a_street"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title}"
