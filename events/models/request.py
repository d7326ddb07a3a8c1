"""Requests 申请单: what is asked and decided before it takes effect."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.scope import unit_ids, within_areas
from core.actor import Actor
from events.lifecycle import OPEN_REQUEST_STATES, REQUEST

SUBJECT_KIND = "request"


class RequestQuerySet(models.QuerySet["Request"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_REQUEST_STATES)

    def visible_to(self, actor: Actor) -> Self:
        """Requests about events in the areas the actor covers, those of the actor's department, those of departments
        that help it, and the actor's own; the same rule as `live.request_audience`.
        """
        if actor.is_system:
            return self
        scope = within_areas(actor, path_field="event__area_path")
        if units := unit_ids(actor):
            scope |= Q(unit_id__in=units) | Q(order__isnull=False, event__lead_unit_id__in=units)
        return self.filter(scope | Q(asked_by_id=actor.user_id))


class Request(models.Model):
    """One thing asked about an event. The event changes only when it is granted. It is about one run of the event: each
    run may be appealed once.

    `unit` is the department that asks (empty for a seat of the centre), `order` the co-handling leg that is to have
    more time. `until` is the end of a suspension. `reason` may hold personal words and is shown to those who decide.
    """

    class Kind(models.TextChoices):
        EXTENSION = "extension", "延期"
        LEG_EXTENSION = "leg_extension", "协办延期"
        SUSPENSION = "suspension", "挂账"
        CANCEL = "cancel", "作废"
        FORCE_CLOSE = "force_close", "强制结案"
        APPEAL = "appeal", "申诉"

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="requests", verbose_name="案件")
    kind = models.CharField("类别", max_length=16, choices=Kind)
    state = models.CharField(
        "状态", max_length=16, choices=[(state, zh) for state, (zh, _) in REQUEST.states.items() if state]
    )
    version = models.PositiveIntegerField(default=1)
    run = models.SmallIntegerField("第几次办理", default=1, help_text="申请所针对的那一次办理")
    unit = models.ForeignKey(
        "accounts.OrgUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申请部门"
    )
    order = models.ForeignKey(
        "events.WorkOrder", models.PROTECT, null=True, blank=True, related_name="requests", verbose_name="协办工单"
    )
    reason = models.TextField("理由")
    until = models.DateField("挂账至", null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    endorsed_at = models.DateTimeField("审核时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    decision = models.TextField("批复", blank=True)

    objects = RequestQuerySet.as_manager()

    if TYPE_CHECKING:
        event_id: int
        unit_id: int | None
        order_id: int | None
        asked_by_id: int

    class Meta:
        verbose_name = verbose_name_plural = "申请单"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "kind"],
                condition=Q(state__in=OPEN_REQUEST_STATES, order__isnull=True),
                name="one_open_request_of_a_kind_per_event",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state__in=OPEN_REQUEST_STATES), name="one_open_request_per_leg"
            ),
            models.CheckConstraint(
                condition=Q(kind="leg_extension", order__isnull=False)
                | (~Q(kind="leg_extension") & Q(order__isnull=True)),
                name="an_extension_of_a_leg_names_it",
            ),
            models.UniqueConstraint(
                fields=["event", "run"],
                condition=Q(kind="appeal") & ~Q(state="lapsed"),  # what lapsed was never judged
                name="a_run_is_appealed_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind="suspension") | Q(until__isnull=False), name="a_suspension_has_an_end"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "asked_at"], condition=Q(state__in=OPEN_REQUEST_STATES), name="open_requests"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REQUEST_STATES

    def __str__(self) -> str:
        return f"{self.event_id} {self.get_kind_display()} {self.get_state_display()}"
