"""Work orders: one department's leg of an event."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.scope import unit_ids, within_areas
from core.actor import Actor
from core.checks import NoneNegative, OneOf
from events.lifecycle import HELD_ORDER_STATES, OPEN_ORDER_STATES, WORK_ORDER
from events.models.located import Located

ORDER_KIND = "order"
"""What the clocks of a co-handling leg are about; those of the lead's leg are the event's own."""


class WorkOrderQuerySet(models.QuerySet["WorkOrder"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_ORDER_STATES)

    def visible_to(self, actor: Actor) -> Self:
        """Legs in the areas the actor covers, and those of the actor's departments while they hold them; the same rule
        as `live.order_audience`.
        """
        if actor.is_system:
            return self
        scope = within_areas(actor, key_fields=True)
        if units := unit_ids(actor):
            scope |= Q(unit_id__in=units, state__in=HELD_ORDER_STATES)
        return self.filter(scope)


class WorkOrder(Located):
    """A leg: the lead 主办, or one of the co-handling departments 协办. It keeps the place of its event.

    A leg belongs to one run of the event: after a reopening the first run's legs stay as they ended.
    `settled_version` is the last version made by a move: a click on it is fresh, whatever was only noted since.
    `reply_due_at` is when the department's next reply to an urging is due, empty where nobody waits for one.
    """

    class Role(models.TextChoices):
        LEAD = "lead", "主办"
        CO = "co", "协办"

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="work_orders", verbose_name="案件")
    unit = models.ForeignKey(
        "accounts.OrgUnit", models.PROTECT, related_name="+", verbose_name="承办部门", db_index=False
    )
    role = models.CharField("主协办", max_length=8, choices=Role, default=Role.LEAD)
    is_mandatory = models.BooleanField("必办", default=True)
    state = models.CharField(
        "状态",
        max_length=16,
        choices=[(state, zh) for state, (zh, _) in WORK_ORDER.states.items() if state],
        default="issued",
    )
    version = models.IntegerField(default=1)
    settled_version = models.IntegerField(default=1)
    run = models.SmallIntegerField("第几次办理", default=1, help_text="案件重开后的工单属于新的一次")
    note = models.TextField("派遣说明", blank=True)
    result = models.TextField("处置结果", blank=True)
    photo_count = models.SmallIntegerField("照片数", default=0)
    is_rework = models.BooleanField("返工", default=False)
    issued_at = models.DateTimeField("派遣时间")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    seen_at = models.DateTimeField("送达时间", null=True, blank=True, help_text="承办部门首次看到")
    signed_at = models.DateTimeField("签收时间", null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    done_at = models.DateTimeField("办结时间", null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    assignee = models.ForeignKey(
        "dispatch.Responder",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="二级派遣",
        db_index=False,
    )
    returned_at = models.DateTimeField("回退时间", null=True, blank=True)
    return_reason = models.TextField("回退理由", blank=True)
    proposed_unit = models.ForeignKey(
        "accounts.OrgUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="建议承办部门",
        db_index=False,
    )
    waived_at = models.DateTimeField("免办时间", null=True, blank=True)
    waive_reason = models.TextField("免办理由", blank=True)
    reply_due_at = models.DateTimeField("催督办回复时限", null=True, blank=True)
    is_over = models.BooleanField("已了结", default=False, help_text="案件已结束，或已重新办理")
    due_kind = models.CharField("当前时限", max_length=16, blank=True)
    due_started_at = models.DateTimeField("时限起点", null=True, blank=True)
    warn_at = models.DateTimeField("预警时间", null=True, blank=True)
    due_at = models.DateTimeField("到期时间")

    objects = WorkOrderQuerySet.as_manager()

    if TYPE_CHECKING:
        event_id: int
        unit_id: int
        issued_by_id: int | None
        signed_by_id: int | None
        done_by_id: int | None
        assignee_id: int | None

    class Meta:
        db_table = "events_work_order"
        verbose_name = verbose_name_plural = "工单"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "run"],
                condition=Q(role="lead", state__in=HELD_ORDER_STATES),
                name="one_lead_per_event",
            ),
            models.UniqueConstraint(
                fields=["event", "unit"], condition=Q(state__in=OPEN_ORDER_STATES), name="one_open_leg_per_department"
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=False) | ~Q(OneOf("state", ["signed", "assigned", "done"])),
                name="a_signed_leg_says_when",
            ),
            models.CheckConstraint(
                condition=NoneNegative("version", "settled_version", "run", "photo_count"),
                name="a_leg_counts_from_nought",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_at"], name="legs_of_a_department"),
            models.Index(
                fields=["unit", "due_at", "id"], condition=Q(is_over=False), name="present_legs_of_a_department"
            ),
            models.Index(fields=["unit"], condition=Q(reply_due_at__isnull=False), name="legs_waiting_for_a_reply"),
            models.Index(fields=["district_id", "issued_at", "id"], name="legs_of_a_district"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ORDER_STATES

    @property
    def is_in_hand(self) -> bool:
        """Signed for, by the department or its team, and not done yet."""
        return self.state in ("signed", "assigned")

    @property
    def is_held(self) -> bool:
        return self.state in HELD_ORDER_STATES

    def __str__(self) -> str:
        return f"{self.event_id} {self.unit_id} {self.state}"
