"""Reading clocks: the shape that details, history rows and the API show."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from math import ceil
from typing import Any

from django.db.models import prefetch_related_objects

from core.deadlines.actions import OPEN, Subject
from core.deadlines.arithmetic import YELLOW_FROM, Light, Run, elapsed, light, overdue
from core.deadlines.ledger import runs_of
from core.deadlines.registry import calendar_of
from core.models import Deadline, DeadlineInterval, DeadlineState
from core.rows import Rows

_RUNNING = Rows(
    Deadline,
    "WHERE own.subject_kind = $1 AND own.subject_id = $2 AND own.kind = $3 "
    f"AND own.state = '{DeadlineState.RUNNING}' LIMIT 1",
    count=3,
    types=("varchar", "bigint", "varchar"),
)


def readings(*, subject: Subject, at: datetime) -> list[dict[str, Any]]:
    """Every clock of the subject, oldest first: two statements, and a third where one was extended."""
    return readings_of_many(kind=subject.kind, ids=[subject.id], at=at)[subject.id]


def readings_of_many(*, kind: str, ids: Collection[int], at: datetime) -> defaultdict[int, list[dict[str, Any]]]:
    """The readings of several subjects of one kind: two statements, three with extensions, however many."""
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    deadlines = list(Deadline.objects.filter(subject_kind=kind, subject_id__in=ids).order_by("id"))
    prefetch_related_objects(deadlines, "intervals")
    prefetch_related_objects([deadline for deadline in deadlines if deadline.extended_amount], "extensions")
    for deadline in deadlines:
        found[deadline.subject_id].append(reading(deadline, deadline.intervals.all(), at))
    return found


def short_readings(deadlines: Iterable[Deadline], *, at: datetime) -> list[dict[str, Any]]:
    """What history keeps of clocks at the moment of a move: kind, due time, overrun, light. No statement."""
    return [
        {
            "kind": deadline.kind,
            "due_at": deadline.due_at.isoformat(),
            "state": deadline.state,
            "overdue_seconds": overdue_seconds(deadline, at),
            "light": light_of(deadline, at),
        }
        for deadline in deadlines
    ]


def reading(deadline: Deadline, intervals: Iterable[DeadlineInterval], at: datetime) -> dict[str, Any]:
    ledger = list(intervals)
    used = elapsed(deadline.limit, runs_of(ledger), at, calendar_of(deadline.calendar_key))
    return {
        "kind": deadline.kind,
        "limit": {"type": deadline.limit_type, "amount": float(deadline.limit.amount)},
        "state": deadline.state,
        "started_at": deadline.started_at,
        "due_at": deadline.due_at,
        "stopped_at": deadline.stopped_at,
        "elapsed_seconds": int(used.total_seconds()),
        "overdue_seconds": overdue_seconds(deadline, at),
        "running": deadline.state == DeadlineState.RUNNING,
        "light": light_of(deadline, at),
        "intervals": [{"from": i.started_at, "to": i.ended_at, "kind": i.kind, "reason": i.reason} for i in ledger],
        "extensions": _extensions_of(deadline),
    }


def _extensions_of(deadline: Deadline) -> list[dict[str, Any]]:
    granted = deadline.extensions.all() if deadline.extended_amount else ()
    return [{"at": e.granted_at, "amount": float(e.amount), "reason": e.reason} for e in granted]


def light_of(deadline: Deadline, at: datetime) -> Light:
    """The light at `at`; a standing clock shows the light it stopped with."""
    if deadline.state == DeadlineState.RUNNING:
        return light(at, warn_at=deadline.warn_at, due_at=deadline.due_at)
    if deadline.overdue_seconds:
        return "red"
    return "yellow" if deadline.counted_before >= deadline.limit.part(YELLOW_FROM) else "green"


def overdue_seconds(deadline: Deadline, at: datetime) -> int:
    """Plain seconds past the due time while the clock ran, rounded up."""
    if deadline.running_since is None:
        return deadline.overdue_seconds
    running = overdue(deadline.due_at, [Run(deadline.running_since, None)], at)
    return deadline.overdue_seconds + ceil(running.total_seconds())


def overdue_from_ledger(deadline: Deadline, intervals: Iterable[DeadlineInterval], at: datetime) -> float:
    """Seconds past the due time from the ledger alone, to check what is stored."""
    return overdue(deadline.due_at, runs_of(intervals), at).total_seconds()


def running_clock(subject: Subject, kind: str) -> Deadline | None:
    """The subject's running clock of a kind."""
    return _RUNNING.first(subject.kind, subject.id, kind)


def open_clocks(*, kind: str, ids: Collection[int]) -> defaultdict[int, list[Deadline]]:
    """The running and paused clocks of several subjects of one kind, for rows and boards: one statement."""
    found: defaultdict[int, list[Deadline]] = defaultdict(list)
    for deadline in Deadline.objects.filter(subject_kind=kind, subject_id__in=ids, state__in=OPEN).order_by("id"):
        found[deadline.subject_id].append(deadline)
    return found
