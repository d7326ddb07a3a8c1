"""The clock of a limit: when it runs out, how much of it is used, and which light it shows. Pure.

A clock counts only while it runs. Its runs are half-open spans in order; the last one may still be open. Time is
counted in the clock's own measure: working time for working limits, plain time for the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal, NamedTuple

from core.deadlines.calendar import WorkCalendar

Light = Literal["green", "yellow", "red"]
YELLOW_FROM = 80
"""Percent of the limit at which the light turns yellow; it turns red when the limit has passed."""


class LimitType(StrEnum):
    """The four measures of a limit; the values are stored and sent."""

    URGENT_HOURS = "urgent_hours"
    """紧急工作时: hours around the clock."""
    WORKING_HOURS = "working_hours"
    """工作时: hours in which the office works."""
    WORKING_DAYS = "working_days"
    """工作日: eight working hours each."""
    CALENDAR_DAYS = "calendar_days"
    """自然日: 24 hours each."""


UNIT_SECONDS = {
    LimitType.URGENT_HOURS: 3600,
    LimitType.WORKING_HOURS: 3600,
    LimitType.WORKING_DAYS: 8 * 3600,
    LimitType.CALENDAR_DAYS: 24 * 3600,
}
WORKING = frozenset({LimitType.WORKING_HOURS, LimitType.WORKING_DAYS})
AMOUNT_PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class Limit:
    """So many hours or days. Whole seconds are exact: an amount has six decimals, as the database stores it."""

    type: LimitType
    amount: Decimal

    def __post_init__(self) -> None:
        object.__setattr__(self, "type", LimitType(self.type))
        object.__setattr__(self, "amount", Decimal(self.amount).quantize(AMOUNT_PLACES))
        if self.seconds <= 0:
            raise ValueError(f"a limit must be longer than nothing, got {self.amount} {self.type}")

    @classmethod
    def minutes(cls, count: int) -> "Limit":
        """So many minutes around the clock."""
        return cls(LimitType.URGENT_HOURS, Decimal(count) / 60)

    @classmethod
    def hours(cls, count: int) -> "Limit":
        """So many hours around the clock."""
        return cls(LimitType.URGENT_HOURS, Decimal(count))

    @property
    def seconds(self) -> int:
        """The limit's length in the clock's own measure, in whole seconds."""
        return round(self.amount * UNIT_SECONDS[self.type])

    @property
    def length(self) -> timedelta:
        return timedelta(seconds=self.seconds)

    @property
    def is_working(self) -> bool:
        return self.type in WORKING

    def part(self, percent: int) -> timedelta:
        """`percent` of the limit, to the microsecond."""
        return timedelta(microseconds=int(Fraction(self.seconds * 1_000_000 * percent, 100)))

    def share_at_most(self, other: "Limit", *, percent: int) -> "Limit":
        """This limit, cut to `percent` of `other` where it is longer (signing takes no more of the handling time).

        Limits of different measure are compared by the working day: eight working hours are one day.
        """
        share = Limit(other.type, other.amount * percent / 100)
        own_day, other_day = _share_of_a_day(self), _share_of_a_day(share)
        return self if own_day <= other_day else share


def _share_of_a_day(limit: Limit) -> Fraction:
    return Fraction(limit.seconds, 8 * 3600 if limit.is_working else 24 * 3600)


class Run(NamedTuple):
    """A span in which the clock ran; `end` is None while it runs."""

    start: datetime
    end: datetime | None


def runs_between(start: datetime, pauses: Iterable[tuple[datetime, datetime | None]]) -> list[Run]:
    """The runs of a clock that began at `start` and stood still during `pauses` (in order; the last may be open)."""
    runs, begins = [], start
    for paused, resumed in pauses:
        if paused > begins:
            runs.append(Run(begins, paused))
        if resumed is None:
            return runs or [Run(start, start)]
        begins = max(begins, resumed)
    return [*runs, Run(begins, None)]


def counted(limit: Limit, start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    """Time between two moments in the limit's own measure."""
    if limit.is_working:
        return calendar.working_time(start, end)
    return max(timedelta(), end - start)


def moment_after(limit: Limit, start: datetime, length: timedelta, calendar: WorkCalendar) -> datetime:
    """When `length`, in the limit's own measure, has passed since `start`."""
    return calendar.after(start, length) if limit.is_working else start + length


def reached_at(limit: Limit, runs: Sequence[Run], calendar: WorkCalendar, *, percent: int = 100) -> datetime:
    """The earliest moment at which `percent` of the limit is used; a clock that stands is taken as resumed at once."""
    left = limit.part(percent)
    for run in runs[:-1]:
        end = run.start if run.end is None else run.end
        used = counted(limit, run.start, end, calendar)
        if left <= used:
            return moment_after(limit, run.start, left, calendar)
        left -= used
    return moment_after(limit, runs[-1].start, left, calendar)


def due_at(
    start: datetime,
    limit: Limit,
    pauses: Iterable[tuple[datetime, datetime | None]],
    calendar: WorkCalendar,
    *,
    percent: int = 100,
) -> datetime:
    """When a clock that began at `start` and paused so runs out (or reaches `percent`)."""
    return reached_at(limit, runs_between(start, pauses), calendar, percent=percent)


def elapsed(limit: Limit, runs: Iterable[Run], until: datetime, calendar: WorkCalendar) -> timedelta:
    """What the clock has counted up to `until`, in the limit's own measure."""
    total = timedelta()
    for run in runs:
        end = until if run.end is None else min(run.end, until)
        total += counted(limit, run.start, end, calendar)
    return total


def overdue(due: datetime, runs: Iterable[Run], until: datetime) -> timedelta:
    """Plain time the clock ran past `due`: what people mean by 'two hours late', nights included, pauses not."""
    total = timedelta()
    for run in runs:
        end = until if run.end is None else min(run.end, until)
        total += max(timedelta(), end - max(run.start, due))
    return total


def light(at: datetime, *, warn_at: datetime, due_at: datetime) -> Light:
    """Green before 80 % of the limit is used, yellow until it is due, red after. Holds for a running clock."""
    if at > due_at:
        return "red"
    return "yellow" if at >= warn_at else "green"
