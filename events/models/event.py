"""Events: the cases that go round the loop."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Exists, F, Lookup, OuterRef, Q

from accounts.scope import unit_ids, within_areas
from core.actor import Actor
from core.checks import ExactlyWhen, NoneNegative, OneOf
from dispatch.models import FieldTask
from events.lifecycle import EVENT_STATES, HELD_ORDER_STATES, OPEN_STATES, STAGES
from events.models.catalogue import CheckMode, Level
from events.models.located import Located
from events.models.work_order import WorkOrder
from events.sources import CITIZEN_SOURCES, Source

SUBJECT_KIND = "event"
PROMISE_KIND = "promise"
"""What the clocks are about that run for the citizen behind an event; the id is the event's."""
WITH_CONDITION = ["filed", "dispatched", "returned", "handling", "suspended", "handled", "checking", "checked"]
WITH_LEAD = ["dispatched", "handling", "handled", "checking", "checked"]
COUNTS = [
    *("version", "settled_version", "run", "escalation", "urge_count", "rework_count", "return_count"),
    *("extension_count", "suspension_count", "hand_back_count"),
]
STATES = [(state, zh) for state, (zh, _) in EVENT_STATES.items() if state]


class Ending(models.TextChoices):
    """How a closed event came to its end."""

    CHECKED = "checked", "核查结案"
    SELF_HANDLED = "self_handled", "自行处置"
    FORCED = "forced", "强制结案"


class Audit(models.TextChoices):
    """Self-handled events are sampled: somebody else looks afterwards."""

    DUE = "due", "待抽查"
    PASSED = "passed", "抽查通过"
    FAILED = "failed", "抽查不通过"


class ContactOutcome(models.TextChoices):
    """Whether the citizen who reported was reached."""

    REACHED = "reached", "已联系上"
    NOT_REACHED = "not_reached", "未联系上"
    WRONG_NUMBER = "wrong_number", "号码有误"


class EventQuerySet(models.QuerySet["Event"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def visible_to(self, actor: Actor) -> Self:
        """Events that an area grant covers, in which the actor's department holds a leg or was asked, that the actor
        reported, or whose open task the actor holds; the same rule as `live.event_audience`.

        The few tasks are read before the rows, so that who sees one grid only finds its events by indexes.
        """
        if actor.is_system:
            return self
        scope = within_areas(actor, key_fields=True)
        if actor.user_id is not None:
            tasks = FieldTask.objects.open().filter(subject_kind=SUBJECT_KIND, assignee_user_id=actor.user_id)
            scope |= Q(reporter_id=actor.user_id) | Q(pk__among=ArraySubquery(tasks.values("subject_id")))
        if units := unit_ids(actor):
            legs = WorkOrder.objects.filter(event_id=OuterRef("pk"), unit_id__in=units, state__in=HELD_ORDER_STATES)
            scope |= Q(Exists(legs)) | Q(asked_unit_id__in=units)
        return self.filter(scope)

    def open_to(self, actor: Actor, states: Collection[str] = OPEN_STATES) -> Self:
        """`visible_to`, of the open events in these states, asked in a way that finds the few of one who sees few
        without looking at all of them: what is held is known before, so every part of the scope has an index.

        A leg of a run before a reopening is over although its event is open: those few events have an index too.
        """
        events = self.filter(state__in=set(states) & set(OPEN_STATES))
        if actor.is_system:
            return events
        scope = within_areas(actor, key_fields=True)
        if actor.user_id is not None:
            tasks = FieldTask.objects.open().filter(subject_kind=SUBJECT_KIND, assignee_user_id=actor.user_id)
            scope |= Q(reporter_id=actor.user_id) | Q(pk__among=ArraySubquery(tasks.values("subject_id")))
        if units := unit_ids(actor):
            legs = WorkOrder.objects.filter(unit_id__in=units, state__in=HELD_ORDER_STATES)
            reopened = Event.objects.open().filter(Exists(legs.filter(event_id=OuterRef("pk"))), run__gt=1)
            scope |= Q(asked_unit_id__in=units)
            scope |= Q(pk__among=ArraySubquery(legs.filter(is_over=False).values("event_id")))
            scope |= Q(pk__among=ArraySubquery(reopened.values("pk")))
        return events.filter(scope)


@models.Field.register_lookup
class Among(Lookup[Any]):
    """`field__among=ArraySubquery(…)`: an array that is read once, before the rows, so that an index serves it."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", (*left_values, *right_values)


class Event(Located):
    """One case 案件.

    Every move writes this row and all its indexes anew: a key has an index only where a screen asks by it.

    `due_*` and `warn_at` copy the running stage clock, so that boards and lights are comparisons. `owner_unit` is the
    centre that answers for it: exactly one at any time. `number` is given by a trigger on insert, from a sequence of
    the district's day, and comes back with the same statement. `settled_version` is the last version made by somebody's
    move: a click on it is fresh, whatever clocks have noted since.
    """

    number = models.CharField("案卷号", max_length=24, db_default="", editable=False)
    version = models.IntegerField(default=1)
    settled_version = models.IntegerField(default=1)
    state = models.CharField("状态", max_length=16, choices=STATES, default="reported")
    type = models.ForeignKey(
        "events.EventType", models.PROTECT, verbose_name="案件类型", related_name="+", db_index=False
    )
    type_code = models.CharField("类型代码", max_length=48)
    condition = models.ForeignKey(
        "events.Condition",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="立案条件",
        related_name="+",
        db_index=False,
    )
    scenario = models.ForeignKey(
        "events.Scenario", models.PROTECT, null=True, blank=True, verbose_name="场景", related_name="+", db_index=False
    )
    level = models.SmallIntegerField("级别", choices=Level)
    title = models.CharField("标题", max_length=120)
    description = models.TextField("描述", blank=True)
    source = models.CharField("来源", max_length=24, choices=Source)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="上报人",
        related_name="+",
        db_index=False,
    )
    has_citizen = models.BooleanField("有市民上报人", default=False)
    address = models.CharField("地址", max_length=200, blank=True)
    owner_unit = models.ForeignKey(
        "accounts.OrgUnit", models.PROTECT, verbose_name="主责中心", related_name="+", db_index=False
    )
    lead_unit = models.ForeignKey(
        "accounts.OrgUnit",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="主办部门",
        related_name="+",
        db_index=False,
    )
    asked_unit = models.ForeignKey(
        "accounts.OrgUnit",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="受托核实单位",
        related_name="+",
        db_index=False,
    )
    check_mode = models.CharField("核查方式", max_length=16, choices=CheckMode, blank=True)
    reported_at = models.DateTimeField("上报时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    due_kind = models.CharField("当前时限", max_length=16, blank=True)
    due_started_at = models.DateTimeField("时限起点", null=True, blank=True)
    warn_at = models.DateTimeField("预警时间", null=True, blank=True)
    due_at = models.DateTimeField("到期时间")
    escalation = models.SmallIntegerField("升级", default=0, help_text="最近越过的时限百分比")
    rework_count = models.SmallIntegerField("返工次数", default=0)
    return_count = models.SmallIntegerField("回退次数", default=0)
    extension_count = models.SmallIntegerField("批准延期次数", default=0)
    suspension_count = models.SmallIntegerField("挂账次数", default=0)
    suspended_until = models.DateField("挂账至", null=True, blank=True)
    run = models.SmallIntegerField("第几次办理", default=1, help_text="重开一次加一")
    was_filed = models.BooleanField("曾立案", default=False)
    reopened_at = models.DateTimeField("重开时间", null=True, blank=True, help_text="本次办理从此时起")
    main_event = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="主案件",
        related_name="followers",
        db_index=False,
    )
    merged_from = models.CharField("并案前状态", max_length=16, blank=True)
    ending = models.CharField("结案方式", max_length=16, choices=Ending, blank=True)
    supervision = models.CharField("督办", max_length=16, blank=True, help_text="最高的督办等级")
    urge_count = models.SmallIntegerField("催办次数", default=0)
    assigned_from = models.ForeignKey(
        "accounts.OrgUnit",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="下派中心",
        related_name="+",
        db_index=False,
    )
    hand_back_count = models.SmallIntegerField("下派退回次数", default=0)
    is_exempt = models.BooleanField("免考核", default=False, help_text="申诉成立")
    audit = models.CharField("抽查", max_length=8, choices=Audit, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="接办人",
        related_name="+",
        db_index=False,
    )
    taken_at = models.DateTimeField("接办时间", null=True, blank=True)
    routing = models.JSONField("分派依据", null=True, blank=True, help_text="最近一次分派建议及其理由")
    component_id = models.BigIntegerField("部件", null=True, blank=True)

    objects = EventQuerySet.as_manager()

    if TYPE_CHECKING:
        type_id: int
        condition_id: int | None
        reporter_id: int | None
        owner_unit_id: int
        lead_unit_id: int | None
        asked_unit_id: int | None
        main_event_id: int | None
        assigned_from_id: int | None
        taken_by_id: int | None

    class Meta:
        verbose_name = verbose_name_plural = "案件"
        constraints = [
            models.UniqueConstraint(fields=["district_id", "number"], name="an_event_number_is_unique_in_its_district"),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="an_event_has_a_level_of_four"),
            models.CheckConstraint(condition=NoneNegative(*COUNTS), name="an_event_counts_from_nought"),
            models.CheckConstraint(
                condition=Q(condition__isnull=False) | ~Q(OneOf("state", WITH_CONDITION)),
                name="a_filed_event_has_its_condition",
            ),
            models.CheckConstraint(
                condition=Q(lead_unit__isnull=False) | ~Q(OneOf("state", WITH_LEAD)),
                name="a_dispatched_event_has_its_lead",
            ),
            models.CheckConstraint(
                condition=ExactlyWhen(Q(ended_at=None), OneOf("state", OPEN_STATES)), name="an_ended_event_says_when"
            ),
            models.CheckConstraint(
                condition=ExactlyWhen(Q(state="merged"), Q(main_event__isnull=False))
                & ExactlyWhen(Q(merged_from=""), Q(main_event=None)),
                name="a_merged_event_follows_its_main_event",
            ),
            models.CheckConstraint(condition=~Q(main_event=F("id")), name="an_event_does_not_follow_itself"),
            models.CheckConstraint(
                condition=~Q(state="suspended") | Q(suspended_until__isnull=False), name="a_suspended_event_has_an_end"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state__in=OPEN_STATES), name="open_events_by_due"),
            models.Index(
                fields=["-reported_at", "-id"], condition=Q(state__in=OPEN_STATES), name="open_events_newest_first"
            ),
            models.Index(fields=["-reported_at", "-id"], name="events_newest_first"),
            models.Index(fields=["reporter", "-reported_at"], name="events_of_a_reporter"),
            models.Index(fields=["asked_unit"], condition=Q(asked_unit__isnull=False), name="events_asked_of_a_unit"),
            models.Index(fields=["main_event"], condition=Q(main_event__isnull=False), name="followers_of_an_event"),
            models.Index(fields=["suspended_until"], condition=Q(state="suspended"), name="events_to_resume"),
            models.Index(fields=["id"], condition=Q(audit="due"), name="events_to_audit"),
            models.Index(
                fields=["component_id", "-reported_at"],
                condition=Q(component_id__isnull=False),
                name="events_of_a_component",
            ),
            models.Index(fields=["street_id"], condition=Q(state__in=OPEN_STATES), name="open_events_of_a_street"),
            models.Index(
                fields=["community_id"], condition=Q(state__in=OPEN_STATES), name="open_events_of_a_community"
            ),
            models.Index(fields=["grid_id", "state"], name="events_of_a_grid"),
            models.Index(fields=["id"], condition=Q(state__in=OPEN_STATES, run__gt=1), name="open_events_reopened"),
            GistIndex(fields=["point"], condition=Q(state__in=OPEN_STATES), name="open_events_nearby"),
        ]

    @property
    def stage(self) -> str:
        return STAGES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_from_citizen(self) -> bool:
        """Came by a channel behind which a citizen waits to be contacted, answered and called back."""
        return self.source in CITIZEN_SOURCES

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
