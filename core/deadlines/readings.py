"""Reading clocks: the shape that details, history rows and the API show."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from core.deadlines.actions import Subject, runs_of
from core.deadlines.arithmetic import Light, elapsed, light, overdue
from core.deadlines.registry import calendar_of
from core.models import Deadline, DeadlineInterval, DeadlineState


def readings(*, subject: Subject, at: datetime) -> list[dict[str, Any]]:
    """Every clock of the subject, oldest first: two statements."""
    return readings_of_many(kind=subject.kind, ids=[subject.id], at=at)[subject.id]


def readings_of_many(*, kind: str, ids: Collection[int], at: datetime) -> defaultdict[int, list[dict[str, Any]]]:
    """The readings of several subjects of one kind: two statements, however many."""
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    deadlines = Deadline.objects.filter(subject_kind=kind, subject_id__in=ids).order_by("id")
    for deadline in deadlines.prefetch_related("intervals"):
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
        "limit": {"type": deadline.limit_type, "amount": float(deadline.limit_amount)},
        "state": deadline.state,
        "started_at": deadline.started_at,
        "due_at": deadline.due_at,
        "stopped_at": deadline.stopped_at,
        "elapsed_seconds": int(used.total_seconds()),
        "overdue_seconds": overdue_seconds(deadline, at),
        "running": deadline.state == DeadlineState.RUNNING,
        "light": light_of(deadline, at, ledger),
        "intervals": [{"from": i.started_at, "to": i.ended_at, "kind": i.kind} for i in ledger],
    }


def light_of(deadline: Deadline, at: datetime, intervals: Iterable[DeadlineInterval] = ()) -> Light:
    """The light at `at`; a standing clock shows the light it stopped with (`intervals` tell when a paused one stood)."""
    stood_at = deadline.stopped_at
    if deadline.state == DeadlineState.PAUSED:
        ends = [interval.ended_at for interval in intervals if interval.kind == DeadlineInterval.Kind.RUN]
        stood_at = max((end for end in ends if end is not None), default=None)
        if stood_at is None:
            stood_at = deadline.due_at if not deadline.overdue_seconds else at
            return _standing_light(deadline)
    return light(stood_at or at, warn_at=deadline.warn_at, due_at=deadline.due_at)


def overdue_seconds(deadline: Deadline, at: datetime) -> int:
    """Plain seconds past the due time while the clock ran."""
    if deadline.running_since is None:
        return deadline.overdue_seconds
    running = overdue(deadline.due_at, [(deadline.running_since, None)], at)
    return deadline.overdue_seconds + int(running.total_seconds())


def _standing_light(deadline: Deadline) -> Light:
    if deadline.overdue_seconds:
        return "red"
    return "yellow" if deadline.counted_before >= deadline.limit.part(80) else "green"
