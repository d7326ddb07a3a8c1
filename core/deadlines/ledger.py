"""What the ledger of a clock says: the source from which everything stored of it can be computed again."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import ceil

from core.deadlines.arithmetic import YELLOW_FROM, Run, counted, overdue, reached_at
from core.deadlines.registry import calendar_of
from core.models import Deadline, DeadlineInterval


def runs_of(intervals: Iterable[DeadlineInterval]) -> list[Run]:
    return [interval.run for interval in intervals if interval.kind == DeadlineInterval.Kind.RUN]


def recompute(deadline: Deadline, intervals: Iterable[DeadlineInterval]) -> tuple[datetime, datetime]:
    """(warn_at, due_at) from the ledger alone; equal to what is stored unless the calendar changed meanwhile."""
    runs = runs_of(intervals) or [Run(deadline.started_at, None)]
    calendar = calendar_of(deadline.calendar_key)
    return (
        reached_at(deadline.limit, runs, calendar, percent=YELLOW_FROM),
        reached_at(deadline.limit, runs, calendar),
    )


def counted_in(deadline: Deadline, runs: Sequence[Run]) -> timedelta:
    """What the finished runs counted, in the limit's own measure."""
    calendar = calendar_of(deadline.calendar_key)
    return sum(
        (counted(deadline.limit, run.start, run.end, calendar) for run in runs if run.end is not None), timedelta()
    )


def overrun_in(due: datetime, runs: Iterable[Run]) -> int:
    """Seconds by which the finished runs passed `due`, each rounded up as it was when it ended."""
    return sum(ceil(overdue(due, [run], run.end).total_seconds()) for run in runs if run.end is not None)
