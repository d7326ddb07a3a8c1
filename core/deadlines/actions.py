"""Starting, pausing and stopping clocks. The caller holds the subject's row lock and passes the moment."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from django.db import transaction

from core.deadlines.arithmetic import YELLOW_FROM, Limit, Run, counted, moment_after, overdue
from core.deadlines.ledger import counted_in, overrun_in, recompute, runs_of
from core.deadlines.registry import calendar_of, watch_of
from core.insert import insert, key_of_newest, new, together
from core.models import Deadline, DeadlineExtension, DeadlineInterval, DeadlineState
from core.prepared import prepared
from core.rows import Rows
from core.update import send, update

OPEN = (DeadlineState.RUNNING, DeadlineState.PAUSED)
CHANGING = (
    "state",
    "running_since",
    "counted_before",
    "warn_at",
    "due_at",
    "stopped_at",
    "overdue_seconds",
    "next_threshold",
    "fire_at",
)
_OPEN_CLOCKS = Rows(
    Deadline,
    "WHERE own.subject_kind = $1 AND own.subject_id = $2 AND own.state = ANY($3) ORDER BY own.id FOR UPDATE OF own",
    count=3,
    types=("varchar", "bigint", "varchar[]"),
)
_TURN_THE_PAGE = prepared(
    "UPDATE core_deadline_interval SET ended_at = $1 WHERE deadline_id = $2 AND ended_at IS NULL",
    count=2,
    types=("timestamptz", "bigint"),
)
"""What every move does with its clocks: composed and planned once."""


class Subject(NamedTuple):
    """What a clock is about: an app's word and a row id, opaque here."""

    kind: str
    id: int


@dataclass(frozen=True)
class Clock:
    """A clock to start."""

    kind: str
    limit: Limit
    calendar_key: str = ""


def start(
    *,
    subject: Subject,
    kind: str,
    limit: Limit,
    at: datetime,
    calendar_key: str = "",
    district_id: int | None = None,
) -> Deadline:
    """Start one clock. Fails on the constraint where one of this kind is open already."""
    return start_many(subject=subject, clocks=[Clock(kind, limit, calendar_key)], at=at, district_id=district_id)[0]


def start_many(
    *, subject: Subject, clocks: Sequence[Clock], at: datetime, district_id: int | None = None
) -> list[Deadline]:
    """Start several clocks of one subject."""
    return _store([_begin(subject, clock, at, district_id) for clock in clocks])


def planned(*, subject_kind: str, clock: Clock, at: datetime, district_id: int | None = None) -> Deadline:
    """A clock that starts at `at`, not stored: for a subject whose own row carries the due time and has no id yet."""
    return _begin(Subject(subject_kind, 0), clock, at, district_id)


def start_planned(deadline: Deadline, *, subject_id: int) -> Deadline:
    """Store a planned clock, now that its subject is: two statements."""
    deadline.subject_id = subject_id
    return _store([deadline])[0]


def _store(started: list[Deadline]) -> list[Deadline]:
    """Two statements for each: the clock and its first span."""
    for deadline in started:
        insert(deadline)
        run = _first_run(deadline)
        run.deadline_id = deadline.pk or key_of_newest(Deadline)
        insert(run)
    return started


def _first_run(deadline: Deadline) -> DeadlineInterval:
    return new(DeadlineInterval, deadline=deadline, kind=DeadlineInterval.Kind.RUN, started_at=deadline.started_at)


def stop(*, subject: Subject, kinds: Collection[str], at: datetime) -> list[Deadline]:
    """Stop the open clocks of these kinds; their overrun is kept. Kinds without an open clock are passed over."""
    return _change(subject, kinds, OPEN, at, lambda one, moment: _halt(one, DeadlineState.STOPPED, moment))


def stop_all(*, subject: Subject, at: datetime) -> list[Deadline]:
    """Stop every open clock of the subject: it has ended."""
    return _change(subject, None, OPEN, at, lambda one, moment: _halt(one, DeadlineState.STOPPED, moment))


def withdraw(*, subject: Subject, at: datetime, kinds: Collection[str] | None = None) -> list[Deadline]:
    """End open clocks (of these kinds, or all) without judging them: the step they measured was called off."""
    return _change(subject, kinds, OPEN, at, lambda one, moment: _halt(one, DeadlineState.WITHDRAWN, moment))


def pause(*, subject: Subject, at: datetime, kinds: Collection[str] | None = None, reason: str = "") -> list[Deadline]:
    """Hold running clocks (of these kinds, or all); `reason` is the app's word for why, and stays in the ledger."""
    return _change(
        subject,
        kinds,
        (DeadlineState.RUNNING,),
        at,
        lambda one, moment: _halt(one, DeadlineState.PAUSED, moment),
        then=DeadlineInterval.Kind.PAUSE,
        reason=reason,
    )


def resume(*, subject: Subject, at: datetime, kinds: Collection[str] | None = None) -> list[Deadline]:
    """Let paused clocks run on (of these kinds, or all)."""
    return _change(
        subject,
        kinds,
        (DeadlineState.PAUSED,),
        at,
        _run_on,
        then=DeadlineInterval.Kind.RUN,
    )


def run_on(*, subject: Subject, kind: str, at: datetime) -> Deadline | None:
    """Let the last stopped clock of this kind run on from where it stood (a failed check); None where there is none.

    Time between the stop and now does not count, and an overrun it already had is kept.
    """
    with transaction.atomic(savepoint=False):
        deadline = (
            Deadline.objects.filter(subject_kind=subject.kind, subject_id=subject.id, kind=kind)
            .filter(state=DeadlineState.STOPPED)
            .order_by("-id")
            .first()
        )
        if deadline is None:
            return None
        at = max(at, deadline.stopped_at or at)
        _run_on(deadline, at)
        deadline.save(update_fields=CHANGING)
        DeadlineInterval.objects.bulk_create(_opened([deadline], DeadlineInterval.Kind.RUN, at))
        return deadline


def extend(*, subject: Subject, kind: str, at: datetime, by: Limit | None = None, reason: str = "") -> Deadline | None:
    """Grant the open clock of this kind more time: `by`, in the measure of its limit, or once more what it began with.

    The whole clock is judged by the longer limit: lights and thresholds that are not crossed yet move with it; one that
    has fired is not called again. None where no clock of this kind is open.
    """
    with transaction.atomic(savepoint=False):
        found = Deadline.objects.filter(subject_kind=subject.kind, subject_id=subject.id, kind=kind, state__in=OPEN)
        deadline = found.select_for_update().first()
        if deadline is None:
            return None
        more = by or deadline.first_limit
        if more.type != deadline.limit_type:
            raise ValueError(f"{deadline} counts {deadline.limit_type}, not {more.type}")
        DeadlineExtension.objects.create(deadline=deadline, amount=more.amount, granted_at=at, reason=reason)
        deadline.extended_amount += more.amount
        restore(deadline, list(deadline.intervals.all()))
        deadline.save(update_fields=(*CHANGING, "extended_amount"))
        return deadline


def take_back_pause(*, subject: Subject, kind: str, reason: str = "") -> Deadline | None:
    """Let the standing clock of this kind run on as if its present pause had never been; None where none stands.

    The span counts as run, with `reason` beside it in the ledger; thresholds that fell into it are called late.
    """
    with transaction.atomic(savepoint=False):
        found = Deadline.objects.filter(subject_kind=subject.kind, subject_id=subject.id, kind=kind)
        deadline = found.filter(state=DeadlineState.PAUSED).select_for_update().first()
        if deadline is None:
            return None
        span = deadline.intervals.get(ended_at=None)
        span.kind, span.reason = DeadlineInterval.Kind.RUN, reason
        span.save(update_fields=["kind", "reason"])
        _run_on(deadline, span.started_at)
        deadline.save(update_fields=CHANGING)
        return deadline


def restore(deadline: Deadline, intervals: Sequence[DeadlineInterval]) -> None:
    """Set what is stored of a clock to what its ledger says; its next threshold keeps its place. Not saved here."""
    runs = runs_of(intervals)
    deadline.warn_at, deadline.due_at = recompute(deadline, intervals)
    deadline.counted_before = counted_in(deadline, runs)
    deadline.overdue_seconds = overrun_in(deadline.due_at, runs)
    if deadline.state == DeadlineState.RUNNING and deadline.next_threshold is not None:
        schedule_next(deadline, above=deadline.next_threshold - 1)


def schedule_next(deadline: Deadline, *, above: int) -> None:
    """Set the next threshold above `above` percent and the moment it is crossed, for a running clock."""
    watch = watch_of(deadline.subject_kind, deadline.kind)
    coming = next((percent for percent in watch.thresholds if percent > above), None) if watch else None
    deadline.next_threshold = coming
    deadline.fire_at = _moment_of(deadline, coming) if coming is not None else None


def _begin(subject: Subject, clock: Clock, at: datetime, district_id: int | None) -> Deadline:
    deadline = new(
        Deadline,
        subject_kind=subject.kind,
        subject_id=subject.id,
        district_id=district_id,
        kind=clock.kind,
        limit_type=clock.limit.type.value,
        limit_amount=clock.limit.amount,
        calendar_key=clock.calendar_key,
        state=DeadlineState.RUNNING,
        started_at=at,
        running_since=at,
        counted_before=timedelta(),
    )
    deadline.warn_at = _moment_of(deadline, YELLOW_FROM)
    deadline.due_at = _moment_of(deadline, 100)
    schedule_next(deadline, above=0)
    return deadline


def _moment_of(deadline: Deadline, percent: int) -> datetime:
    """When a running clock reaches `percent`, given what it counted before; its start of running where that is past."""
    limit, running_since = deadline.limit, deadline.running_since
    if running_since is None:
        raise ValueError(f"{deadline} does not run")
    left = limit.part(percent) - deadline.counted_before
    return moment_after(limit, running_since, max(timedelta(), left), calendar_of(deadline.calendar_key))


def _halt(deadline: Deadline, state: DeadlineState, at: datetime) -> None:
    if deadline.running_since is not None:
        since = deadline.running_since
        deadline.counted_before += counted(deadline.limit, since, at, calendar_of(deadline.calendar_key))
        late = overdue(deadline.due_at, [Run(since, at)], at)
        deadline.overdue_seconds += ceil(late.total_seconds())
    deadline.running_since = None
    deadline.fire_at = None
    deadline.state = state
    if state != DeadlineState.PAUSED:
        deadline.stopped_at = at


def _run_on(deadline: Deadline, at: datetime) -> None:
    limit = deadline.limit
    deadline.state = DeadlineState.RUNNING
    deadline.running_since = at
    deadline.stopped_at = None
    if deadline.counted_before < limit.part(YELLOW_FROM):
        deadline.warn_at = _moment_of(deadline, YELLOW_FROM)
    if deadline.counted_before < limit.length:
        deadline.due_at = _moment_of(deadline, 100)
    if deadline.next_threshold is not None:
        schedule_next(deadline, above=deadline.next_threshold - 1)


@transaction.atomic(savepoint=False)
def _change(
    subject: Subject,
    kinds: Collection[str] | None,
    states: Sequence[str],
    at: datetime,
    apply: Callable[[Deadline, datetime], None],
    *,
    then: DeadlineInterval.Kind | None = None,
    reason: str = "",
) -> list[Deadline]:
    """Load, change and store open clocks of a subject and turn the page of their ledgers: one read, one message."""
    found = _OPEN_CLOCKS.all(subject.kind, subject.id, [str(state) for state in states])
    deadlines = [deadline for deadline in found if kinds is None or deadline.kind in kinds]
    if not deadlines:
        return []
    at = _not_before_the_page_began(deadlines, at)
    with together():
        for deadline in deadlines:
            apply(deadline, at)
            update(deadline, CHANGING)
            send(_TURN_THE_PAGE, (at, deadline.pk))
        if then is not None:
            for span in _opened(deadlines, then, at, reason):
                insert(span)
    return deadlines


def _not_before_the_page_began(deadlines: Sequence[Deadline], at: datetime) -> datetime:
    """`at`, or the beginning of the open spans where the system's clock has stepped back behind it: no span ends before
    it starts, and nothing counts less than nothing.
    """
    began = [deadline.running_since for deadline in deadlines if deadline.running_since is not None]
    standing = [deadline for deadline in deadlines if deadline.running_since is None]
    if standing:
        spans = DeadlineInterval.objects.filter(deadline__in=standing, ended_at=None)
        began += spans.order_by().values_list("started_at", flat=True)
    return max([at, *began])


def _opened(
    deadlines: Iterable[Deadline], kind: DeadlineInterval.Kind, at: datetime, reason: str = ""
) -> list[DeadlineInterval]:
    return [DeadlineInterval(deadline=deadline, kind=kind, started_at=at, reason=reason) for deadline in deadlines]
