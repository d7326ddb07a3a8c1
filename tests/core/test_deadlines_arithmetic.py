"""The clock arithmetic, attacked with a minute-by-minute oracle."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import CITY_ZONE
from core.deadlines.arithmetic import (
    WORKING,
    Limit,
    LimitType,
    Run,
    counted,
    due_at,
    elapsed,
    light,
    overdue,
    reached_at,
    runs_between,
)
from core.deadlines.calendar import CalendarError, WorkCalendar, is_published, is_statutory_working_day

CALENDAR = WorkCalendar()
MINUTE = timedelta(minutes=1)


def city(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY_ZONE)


def hours(amount: str) -> Limit:
    return Limit(LimitType.WORKING_HOURS, Decimal(amount))


minutes_of_2026 = st.integers(0, 364 * 24 * 60).map(lambda m: datetime(2026, 1, 1, tzinfo=UTC) + m * MINUTE)
# Whole minutes, so that the oracle below, which only knows minutes, is exact.
limits = st.one_of(
    st.builds(Limit, st.just(LimitType.URGENT_HOURS), st.integers(1, 300).map(lambda n: Decimal(n) / 60)),
    st.builds(Limit, st.just(LimitType.WORKING_HOURS), st.integers(1, 3000).map(lambda n: Decimal(n) / 60)),
    st.builds(Limit, st.just(LimitType.WORKING_DAYS), st.integers(1, 40).map(lambda n: Decimal(n) / 8)),
    st.builds(Limit, st.just(LimitType.CALENDAR_DAYS), st.integers(1, 20).map(lambda n: Decimal(n) / 4)),
)
pause_lengths = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 3000)), max_size=4)


def pauses_from(start: datetime, lengths: list[tuple[int, int]]) -> list[tuple[datetime, datetime | None]]:
    found: list[tuple[datetime, datetime | None]] = []
    at = start
    for runs, stands in lengths:
        found.append((at + runs * MINUTE, at + (runs + stands) * MINUTE))
        at += (runs + stands) * MINUTE
    return found


class Oracle:
    """Walks minute by minute and knows nothing of spans."""

    def __init__(self, limit: Limit, pauses: list[tuple[datetime, datetime | None]]) -> None:
        self.limit, self.pauses = limit, pauses

    def counts(self, minute: datetime) -> bool:
        if any(begin <= minute and (end is None or minute < end) for begin, end in self.pauses):
            return False
        if self.limit.type not in WORKING:
            return True
        there = minute.astimezone(CITY_ZONE)
        open_now = time(8) <= there.time() < time(12) or time(14) <= there.time() < time(18)
        return open_now and is_statutory_working_day(there.date())

    def due(self, start: datetime) -> datetime:
        left, minute = self.limit.seconds // 60, start
        while left:
            left -= self.counts(minute)
            minute += MINUTE
        return minute

    def elapsed(self, start: datetime, until: datetime) -> timedelta:
        count = int((until - start) / MINUTE)
        return sum(self.counts(start + n * MINUTE) for n in range(count)) * MINUTE


@given(start=minutes_of_2026, limit=limits, lengths=pause_lengths)
def test_the_due_time_is_the_one_a_minute_by_minute_walk_finds(start, limit, lengths):
    pauses = pauses_from(start, lengths)
    assert due_at(start, limit, pauses, CALENDAR) == Oracle(limit, pauses).due(start)


@given(start=minutes_of_2026, limit=limits, lengths=pause_lengths, after=st.integers(0, 12_000))
def test_elapsed_time_is_the_one_a_minute_by_minute_walk_counts(start, limit, lengths, after):
    pauses, until = pauses_from(start, lengths), start + after * MINUTE
    assert elapsed(limit, runs_between(start, pauses), until, CALENDAR) == Oracle(limit, pauses).elapsed(start, until)


@given(start=minutes_of_2026, limit=limits, lengths=pause_lengths, percent=st.integers(1, 250))
def test_at_a_threshold_exactly_its_part_has_elapsed_and_not_a_moment_before(start, limit, lengths, percent):
    runs = runs_between(start, pauses_from(start, lengths))
    reached = reached_at(limit, runs, CALENDAR, percent=percent)
    assert elapsed(limit, runs, reached, CALENDAR) == limit.part(percent)
    assert elapsed(limit, runs, reached - timedelta(microseconds=1), CALENDAR) < limit.part(percent)


@given(start=minutes_of_2026, limit=limits)
def test_thresholds_follow_each_other(start, limit):
    moments = [due_at(start, limit, [], CALENDAR, percent=percent) for percent in (80, 100, 120, 200)]
    assert moments == sorted(moments)


def test_working_hours_bridge_the_noon_break_and_the_night():
    assert due_at(city("2026-03-03T11:00"), hours("4"), [], CALENDAR) == city("2026-03-03T17:00")
    assert due_at(city("2026-03-03T17:00"), hours("4"), [], CALENDAR) == city("2026-03-04T11:00")


def test_two_working_days_over_the_spring_festival_use_the_working_weekend():
    # 2026: the festival ends on 23 February, 28 February is a Saturday that is worked.
    assert due_at(city("2026-02-27T08:00"), Limit(LimitType.WORKING_DAYS, Decimal(2)), [], CALENDAR) == city(
        "2026-02-28T18:00"
    )
    assert not CALENDAR.is_working_day(date(2026, 2, 17))


def test_urgent_hours_run_through_nights_and_holidays():
    assert due_at(city("2026-10-01T23:00"), Limit.hours(2), [], CALENDAR) == city("2026-10-02T01:00")


def test_a_department_may_work_on_a_holiday_and_rest_on_a_working_day():
    own = WorkCalendar(
        "drainage", works_on=frozenset({date(2026, 10, 1)}), rests_on=frozenset({date(2026, 9, 30), date(2026, 10, 8)})
    )
    assert due_at(city("2026-09-29T18:00"), hours("8"), [], own) == city("2026-10-01T18:00")


def test_a_pause_moves_the_due_time_by_the_working_time_it_covers():
    pause = [(city("2026-03-03T10:00"), city("2026-03-03T15:00"))]
    assert due_at(city("2026-03-03T09:00"), hours("4"), pause, CALENDAR) == city("2026-03-03T18:00")


def test_an_open_pause_reads_as_if_the_clock_ran_on_at_once():
    start = city("2026-03-03T09:00")
    assert due_at(start, hours("4"), [(city("2026-03-03T10:00"), None)], CALENDAR) == due_at(
        start, hours("4"), [], CALENDAR
    )


def test_lights_change_at_eighty_percent_and_after_the_due_time():
    warn, due = city("2026-03-03T10:00"), city("2026-03-03T11:00")
    moments = [warn - MINUTE, warn, due, due + timedelta(microseconds=1)]
    assert [light(at, warn_at=warn, due_at=due) for at in moments] == ["green", "yellow", "yellow", "red"]


def test_overdue_time_leaves_out_the_pauses():
    runs = [Run(city("2026-03-03T08:00"), city("2026-03-03T10:00")), Run(city("2026-03-03T12:00"), None)]
    assert overdue(city("2026-03-03T09:00"), runs, city("2026-03-03T13:00")) == timedelta(hours=2)


def test_signing_never_takes_more_than_a_quarter_of_the_handling_limit():
    assert Limit.minutes(15).share_at_most(Limit.hours(2), percent=25) == Limit.minutes(15)
    assert hours("2").share_at_most(hours("4"), percent=25) == hours("1")
    assert hours("2").share_at_most(Limit(LimitType.WORKING_DAYS, Decimal(2)), percent=25) == hours("2")


def test_minutes_are_exact_in_the_six_decimals_that_are_stored():
    assert [Limit.minutes(n).seconds for n in range(1, 600)] == [60 * n for n in range(1, 600)]


def test_a_year_without_published_holidays_counts_monday_to_friday_and_says_so():
    assert is_published(2026)
    assert not is_published(2999)
    assert [is_statutory_working_day(date(2999, 1, day)) for day in range(1, 8)] == [
        date(2999, 1, day).weekday() < 5 for day in range(1, 8)
    ]


def test_a_calendar_with_overlapping_periods_is_refused():
    with pytest.raises(CalendarError):
        WorkCalendar("wrong", periods=((time(8), time(12)), (time(11), time(18))))


def test_a_limit_of_nothing_is_refused():
    with pytest.raises(ValueError, match="longer than nothing"):
        Limit(LimitType.WORKING_HOURS, Decimal(0))


def test_a_long_limit_is_counted_in_days_not_minutes():
    assert counted(hours("1"), city("2020-01-01T00:00"), city("2026-01-01T00:00"), CALENDAR) > timedelta(hours=11_000)
