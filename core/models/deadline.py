"""Clocks that run against a limit, the ledger of when they ran, and the thresholds they have crossed."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from core.checks import ExactlyWhen, NoneNegative
from core.deadlines.arithmetic import Limit, LimitType, Run


class DeadlineState(models.TextChoices):
    RUNNING = "running", "计时中"
    PAUSED = "paused", "暂停"
    STOPPED = "stopped", "已停止"
    WITHDRAWN = "withdrawn", "已撤回"


class Deadline(models.Model):
    """One clock of one subject. `kind` is the app's word for it (accept, dispatch, sign, handling, check, …).

    `due_at` and `warn_at` are what the ledger says, stored so that boards and lights are comparisons; while the clock
    stands they are what they were when it stopped. `counted_before` is what ran before `running_since`, in the limit's
    own measure. `fire_at` is when `next_threshold` percent are used and its handler is to be called. `limit_amount` is
    the limit it began with, `extended_amount` what was granted on top: the sum of its extensions.
    """

    subject_kind = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    district_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=32)
    limit_type = models.CharField(max_length=16, choices=[(t.value, t.value) for t in LimitType])
    limit_amount = models.DecimalField(max_digits=14, decimal_places=6)
    extended_amount = models.DecimalField(max_digits=14, decimal_places=6, default=Decimal(0))
    calendar_key = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=16, choices=DeadlineState.choices, default=DeadlineState.RUNNING)
    started_at = models.DateTimeField()
    running_since = models.DateTimeField(null=True)
    counted_before = models.DurationField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    overdue_seconds = models.IntegerField(default=0)
    next_threshold = models.SmallIntegerField(null=True)
    fire_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "core_deadline"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind"],
                condition=Q(state__in=["running", "paused"]),
                name="one_open_deadline_per_subject_and_kind",
            ),
            models.CheckConstraint(condition=Q(limit_amount__gt=Decimal(0)), name="a_deadline_has_a_limit"),
            models.CheckConstraint(condition=Q(extended_amount__gte=Decimal(0)), name="an_extension_only_adds"),
            models.CheckConstraint(
                condition=ExactlyWhen(Q(state="running"), Q(running_since__isnull=False)),
                name="a_deadline_runs_since_a_moment",
            ),
            models.CheckConstraint(
                condition=NoneNegative("overdue_seconds", "next_threshold"), name="a_deadline_counts_from_nought"
            ),
            models.CheckConstraint(condition=Q(warn_at__lte=F("due_at")), name="a_deadline_warns_before_it_is_due"),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="deadlines_of_a_subject"),
            models.Index(fields=["fire_at"], condition=Q(state="running"), name="deadlines_to_fire"),
            models.Index(
                fields=["calendar_key"],
                condition=Q(state__in=["running", "paused"]) & ~Q(calendar_key=""),
                name="deadlines_by_own_calendar",
            ),
            models.Index(
                fields=["subject_kind", "kind", "due_at"], condition=Q(state="running"), name="deadlines_running_by_due"
            ),
        ]

    @property
    def limit(self) -> Limit:
        """What it runs against now, extensions included."""
        return Limit(LimitType(self.limit_type), self.limit_amount + self.extended_amount)

    @property
    def first_limit(self) -> Limit:
        """What it began with: an extension usually grants as much again."""
        return Limit(LimitType(self.limit_type), self.limit_amount)

    @property
    def is_open(self) -> bool:
        return self.state in (DeadlineState.RUNNING, DeadlineState.PAUSED)

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.kind}: {self.state}, due {self.due_at:%Y-%m-%d %H:%M}"


class DeadlineInterval(models.Model):
    """The ledger: a span in which the clock ran or paused. At most one per deadline is open."""

    class Kind(models.TextChoices):
        RUN = "run", "计时"
        PAUSE = "pause", "暂停"

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="intervals")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=24, blank=True, help_text="the app's word for why the clock stood still")

    class Meta:
        db_table = "core_deadline_interval"
        ordering = ["started_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(ended_at=None), name="one_open_interval_per_deadline"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="an_interval_ends_after_it_starts"
            ),
        ]

    @property
    def run(self) -> Run:
        return Run(self.started_at, self.ended_at)

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%Y-%m-%d %H:%M}"


class DeadlineExtension(models.Model):
    """More time that was granted to a clock, in the measure of its limit. The other page of the ledger."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="extensions")
    amount = models.DecimalField(max_digits=14, decimal_places=6)
    granted_at = models.DateTimeField()
    reason = models.CharField(max_length=24, blank=True, help_text="the app's word for what granted it")

    class Meta:
        db_table = "core_deadline_extension"
        ordering = ["granted_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=Decimal(0)), name="an_extension_grants_something"),
        ]

    def __str__(self) -> str:
        return f"+{self.amount} {self.granted_at:%Y-%m-%d %H:%M}"


class DeadlineFiring(models.Model):
    """A threshold that was crossed and whose handler has done its work, once."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="firings")
    threshold = models.PositiveSmallIntegerField(help_text="percent of the limit")
    crossed_at = models.DateTimeField()
    fired_at = models.DateTimeField()

    class Meta:
        db_table = "core_deadline_firing"
        constraints = [models.UniqueConstraint(fields=["deadline", "threshold"], name="a_threshold_fires_once")]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.threshold}%"
