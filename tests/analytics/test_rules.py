from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from analytics.rules.days import today_of
from analytics.rules.rates import Closings, closed_rate, hours_so_far, mean_by_hour, on_time_rate, total
from core.clock import CITY_ZONE, local

figures = st.integers(0, 50)


def test_the_day_begins_at_the_citys_midnight_not_at_the_machines() -> None:
    today = today_of(local(datetime(2026, 11, 21, 16, 30, tzinfo=UTC)))
    assert today.start == datetime(2026, 11, 22, 0, 0, tzinfo=CITY_ZONE)
    assert today.yesterday_same_time == datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    assert today.mean_start == datetime(2026, 11, 15, 0, 0, tzinfo=CITY_ZONE)


def test_the_rates_of_ten_that_should_have_closed() -> None:
    ten = Closings(closed=8, closed_on_time=6, open_late=2)
    assert (closed_rate(ten), on_time_rate(ten)) == (0.8, 0.6)


def test_nothing_to_close_is_no_rate_rather_than_nought() -> None:
    assert on_time_rate(total([])) is None


@given(closed=figures, on_time=figures, late=figures)
def test_rates_are_shares_and_on_time_never_exceeds_closed(closed: int, on_time: int, late: int) -> None:
    closings = Closings(closed, min(on_time, closed), late)
    in_all, in_time = closed_rate(closings) or 0, on_time_rate(closings) or 0
    assert 0 <= in_time <= in_all <= 1


def test_hours_so_far_show_quiet_hours_and_none_to_come() -> None:
    assert [tuple(hour) for hour in hours_so_far({1: 4}, 2)] == [(0, 0), (1, 4), (2, 0)]


def test_the_mean_is_over_seven_days_for_each_hour() -> None:
    mean = mean_by_hour({9: 14})
    assert (len(mean), mean[9].number, mean[10].number) == (24, 2, 0)
