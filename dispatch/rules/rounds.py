"""When what is due so often in a period is due: the period is cut into as many equal parts. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

FIRST_HOUR, LAST_HOUR = 7, 20
"""Nobody is sent on a patrol at night because a day begins at midnight."""
LEAST_LEFT = timedelta(minutes=30)
"""Nobody is sent on a round that ends sooner: who comes off another task would be late before setting out."""
SHORTEST_ROUND = timedelta(hours=1)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Round:
    """The `nth` time (from 1) in the period that begins on `starts_on`; due by `ends`."""

    starts_on: date
    nth: int
    ends: datetime


def period_of(per: str, day: date) -> tuple[date, date] | None:
    """First day of the period in which a day lies, and of the next one; weeks begin on Monday. None: when needed."""
    if per == "day":
        return day, day + timedelta(days=1)
    if per == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=7)
    months = _MONTHS.get(per)
    if months is None:
        return None
    begins = (day.month - 1) // months * months
    end = day.year * 12 + begins + months
    return date(day.year, begins + 1, 1), date(end // 12, end % 12 + 1, 1)


def round_at(per: str, times: int, at: datetime) -> Round | None:
    """The round that is on at a moment of the city's clock; None for what is done when needed."""
    period = period_of(per, at.date())
    if period is None:
        return None
    first, last = (datetime.combine(day, time(), at.tzinfo) for day in period)
    part = (last - first) / times
    nth = min(times, int((at - first) / part) + 1)
    return Round(starts_on=period[0], nth=nth, ends=first + part * nth)


def most_times(per: str) -> int | None:
    """How often a line may be due in its shortest period, so that no round is shorter than `SHORTEST_ROUND`; None for
    what is done when needed.
    """
    days = {"day": 1, "week": 7, "month": 28, "quarter": 90, "year": 365}.get(per)
    return None if days is None else timedelta(days=days) // SHORTEST_ROUND


def may_send(at: datetime) -> bool:
    """Whether people are asked at this moment of the city's clock."""
    return FIRST_HOUR <= at.hour < LAST_HOUR
