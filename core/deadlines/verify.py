"""Checking that what is stored of every clock is what its ledger says, over the whole database."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from django.db.models import prefetch_related_objects

from core.deadlines.calendar import CalendarError
from core.deadlines.ledger import counted_in, overrun_in, recompute, runs_of
from core.deadlines.registry import copies
from core.models import Deadline, DeadlineInterval, DeadlineState

BATCH = 2000


def differences(*, batch: int = BATCH) -> Iterator[str]:
    """One sentence for each stored value that its ledger contradicts, then those of rows that copy a clock's times."""
    last = 0
    while clocks := list(Deadline.objects.filter(id__gt=last).order_by("id")[:batch]):
        prefetch_related_objects(clocks, "intervals")
        prefetch_related_objects([clock for clock in clocks if clock.extended_amount], "extensions")
        for clock in clocks:
            yield from (f"{_name(clock)}: {problem}" for problem in problems_of(clock))
        last = clocks[-1].pk
    for compare in copies():
        yield from compare()


def problems_of(clock: Deadline) -> list[str]:
    """What is wrong with one clock, given its intervals and extensions."""
    ledger = list(clock.intervals.all())
    found = [*_ledger_problems(clock, ledger)]
    granted = sum((one.amount for one in clock.extensions.all()), Decimal(0)) if clock.extended_amount else Decimal(0)
    if granted != clock.extended_amount:
        found.append(f"extended by {clock.extended_amount}, its extensions add up to {granted}")
    try:
        return found + _value_problems(clock, ledger)
    except CalendarError as error:
        return [*found, str(error)]


def _value_problems(clock: Deadline, ledger: Sequence[DeadlineInterval]) -> list[str]:
    runs = runs_of(ledger)
    warn_at, due_at = recompute(clock, ledger)
    return [
        *_compare("warn_at", clock.warn_at, warn_at),
        *_compare("due_at", clock.due_at, due_at),
        *_compare("counted_before", clock.counted_before, counted_in(clock, runs)),
        *_compare("overdue_seconds", clock.overdue_seconds, overrun_in(due_at, runs)),
    ]


def _ledger_problems(clock: Deadline, ledger: Sequence[DeadlineInterval]) -> Iterator[str]:
    if not ledger:
        yield "has no ledger"
        return
    for before, after in pairwise(ledger):
        if before.ended_at is None or before.ended_at > after.started_at:
            yield f"its span from {_shown(before.started_at)} overlaps the next one"
    tail = ledger[-1]
    running = tail.ended_at is None and tail.kind == DeadlineInterval.Kind.RUN
    standing = tail.ended_at is None and tail.kind == DeadlineInterval.Kind.PAUSE
    if running != (clock.state == DeadlineState.RUNNING) or standing != (clock.state == DeadlineState.PAUSED):
        yield f"is {clock.state}, its ledger says {'running' if running else 'paused' if standing else 'ended'}"
    if running and clock.running_since != tail.started_at:
        yield f"runs since {_shown(clock.running_since)}, its ledger says {_shown(tail.started_at)}"


def _compare(name: str, stored: object, reckoned: object) -> list[str]:
    return [] if stored == reckoned else [f"{name} is {_shown(stored)}, its ledger says {_shown(reckoned)}"]


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value.total_seconds()) + " s" if isinstance(value, timedelta) else str(value)


def _name(clock: Deadline) -> str:
    return f"{clock.subject_kind} {clock.subject_id} clock {clock.pk} ({clock.kind})"
