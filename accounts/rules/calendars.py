"""Which working hours an office may keep, and what should be said about them. Pure."""

from collections.abc import Collection, Sequence
from datetime import date, time

from accounts.errors import (
    CalendarEmpty,
    CalendarPeriodBackwards,
    CalendarPeriodsOverlap,
    CalendarTooLong,
    DayWorkedAndOff,
)
from core.deadlines.calendar import is_published

Period = tuple[time, time]
MOST_DAYS = 400
"""Of each kind of exception: more than a year's worth is a mistake in a file, not a calendar."""


def checked_periods(periods: Sequence[Period]) -> tuple[Period, ...]:
    """The daily working periods in order, or the refusal that says what is wrong with them."""
    if not periods:
        raise CalendarEmpty()
    for opens, closes in periods:
        if closes <= opens:
            raise CalendarPeriodBackwards(period=_shown(opens, closes))
    ordered = sorted(periods)
    for (opens, closes), (next_opens, next_closes) in zip(ordered, ordered[1:], strict=False):
        if next_opens < closes:
            raise CalendarPeriodsOverlap(one=_shown(opens, closes), other=_shown(next_opens, next_closes))
    return _joined(ordered)


def _joined(ordered: Sequence[Period]) -> tuple[Period, ...]:
    """Periods that touch are one: 08:00–12:00 and 12:00–14:00 is a morning without a break."""
    found = [ordered[0]]
    for opens, closes in ordered[1:]:
        if opens == found[-1][1]:
            found[-1] = (found[-1][0], closes)
        else:
            found.append((opens, closes))
    return tuple(found)


def checked_days(works_on: Collection[date], rests_on: Collection[date]) -> tuple[list[date], list[date]]:
    """Extra working days and days off, each once and in order; no day is both."""
    if max(len(works_on), len(rests_on)) > MOST_DAYS:
        raise CalendarTooLong(most=MOST_DAYS)
    both = sorted(set(works_on) & set(rests_on))
    if both:
        raise DayWorkedAndOff(days="、".join(day.isoformat() for day in both))
    return sorted(set(works_on)), sorted(set(rests_on))


def unpublished_years(today: date, *days: Collection[date]) -> list[int]:
    """Years this calendar speaks of, or that clocks run into soon, whose public holidays are not announced yet.

    Monday to Friday count as worked in them until they are.
    """
    years = {today.year, today.year + 1} | {day.year for some in days for day in some if day >= today}
    return sorted(year for year in years if not is_published(year))


def _shown(opens: time, closes: time) -> str:
    return f"{opens:%H:%M}–{closes:%H:%M}"
