"""Working time: daily periods, public holidays with their make-up weekends (调休), and a department's own exceptions.

Pure: the caller passes every moment in. All moments are aware; the arithmetic is done in UTC.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import chinese_calendar

from core.clock import CITY_ZONE

logger = logging.getLogger(__name__)

DEFAULT_PERIODS = ((time(8), time(12)), (time(14), time(18)))
SATURDAY = 5
NO_WORKING_DAY_WITHIN = timedelta(days=3660)

Span = tuple[datetime, datetime]


class CalendarError(ValueError):
    """The calendar cannot answer: its periods are wrong, or it holds no working time to count."""


@lru_cache(maxsize=64)
def is_published(year: int) -> bool:
    """Whether the public holidays of `year` are known. They are announced each November for the year that follows."""
    try:
        chinese_calendar.is_workday(date(year, 6, 1))
    except NotImplementedError:
        logger.warning("public holidays of %s are not published: Monday to Friday count as working days", year)
        return False
    return True


@lru_cache(maxsize=8192)
def is_statutory_working_day(day: date) -> bool:
    """Whether `day` is worked by law, 调休 included. For a year that is not published yet: Monday to Friday."""
    return bool(chinese_calendar.is_workday(day)) if is_published(day.year) else day.weekday() < SATURDAY


class LegalDay(NamedTuple):
    """What the law makes of a day: `work`, `weekend`, `holiday` or `make_up` (调休), and of which holiday."""

    kind: str
    zh: str = ""
    en: str = ""


@lru_cache(maxsize=8192)
def legal_day(day: date) -> LegalDay:
    """Why a day is worked or not by law. For a year that is not published yet nothing but weekends is known."""
    is_weekend = day.weekday() >= SATURDAY
    usual = LegalDay("weekend" if is_weekend else "work")
    if not is_published(day.year):
        return usual
    is_off, name = chinese_calendar.get_holiday_detail(day)
    if name is None:
        return usual
    return LegalDay("holiday" if is_off else "make_up", str(chinese_calendar.Holiday(name).chinese), str(name))


@dataclass(frozen=True)
class WorkCalendar:
    """When an office works. `works_on` and `rests_on` are the office's own exceptions and outrank the law."""

    key: str = ""
    periods: tuple[tuple[time, time], ...] = DEFAULT_PERIODS
    works_on: frozenset[date] = frozenset()
    rests_on: frozenset[date] = frozenset()
    zone: ZoneInfo = CITY_ZONE

    def __post_init__(self) -> None:
        flat = [moment for period in self.periods for moment in period]
        if not flat or flat != sorted(set(flat)):
            raise CalendarError(f"calendar {self.key!r}: working periods must be in order and not overlap")

    def is_working_day(self, day: date) -> bool:
        if day in self.works_on:
            return True
        return day not in self.rests_on and is_statutory_working_day(day)

    def spans_of(self, day: date) -> tuple[Span, ...]:
        """The working periods of `day` as UTC moments; empty on a day off."""
        return _spans(self.periods, self.zone, day) if self.is_working_day(day) else ()

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two moments; zero where `end` is not after `start`."""
        total = timedelta()
        for opens, closes in self._spans_from(start, until=end):
            total += max(timedelta(), min(closes, end) - max(opens, start))
        return total

    def after(self, start: datetime, work: timedelta) -> datetime:
        """The earliest moment at which `work` of working time has passed since `start`."""
        if work <= timedelta():
            return start
        left = work
        for opens, closes in self._spans_from(start):
            begins = max(opens, start)
            if closes <= begins:
                continue
            if left <= closes - begins:
                return begins + left
            left -= closes - begins
        raise CalendarError(f"calendar {self.key!r}: no working day in ten years after {start:%Y-%m-%d}")

    def _spans_from(self, start: datetime, until: datetime | None = None) -> Iterator[Span]:
        day = start.astimezone(self.zone).date()
        last = until.astimezone(self.zone).date() if until else None
        idle_since = day
        while last is None or day <= last:
            spans = self.spans_of(day)
            if spans:
                idle_since = day
                yield from spans
            elif last is None and day - idle_since > NO_WORKING_DAY_WITHIN:
                return
            day += timedelta(days=1)


@lru_cache(maxsize=8192)
def _spans(periods: tuple[tuple[time, time], ...], zone: ZoneInfo, day: date) -> tuple[Span, ...]:
    def moment(clock_time: time) -> datetime:
        return datetime.combine(day, clock_time, tzinfo=zone).astimezone(UTC)

    return tuple((moment(opens), moment(closes)) for opens, closes in periods)
