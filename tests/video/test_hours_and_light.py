"""When a zone is watched, and when it is night."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from video.rules.daylight import PictureLight, is_night_by_sun, sun_altitude
from video.rules.schedule import ScheduleFault, read_schedule

CITY = timezone(timedelta(hours=8))
NIGHTS = {"windows": [{"days": [5], "begins": "22:00", "ends": "06:00"}]}
OFFICE = {"windows": [{"days": [1, 2, 3, 4, 5], "begins": "08:00", "ends": "18:00"}]}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026; the 16th is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=CITY)


@pytest.mark.parametrize(
    ("raw", "moment", "runs"),
    [
        ({}, at(16, 3), True),
        (OFFICE, at(16, 8), True),
        (OFFICE, at(16, 18), False),
        (OFFICE, at(21, 10), False),
        (NIGHTS, at(20, 23), True),
        (NIGHTS, at(21, 5, 59), True),
        (NIGHTS, at(21, 6), False),
        (NIGHTS, at(21, 23), False),
        ({"windows": [{"days": [7], "begins": "22:00", "ends": "06:00"}]}, at(23, 1), True),
        ({"windows": [{"days": [1], "begins": "00:00", "ends": "24:00"}]}, at(16, 23, 59), True),
    ],
)
def test_a_window_holds_on_its_days_and_runs_over_midnight(raw, moment, runs):
    assert read_schedule(raw).runs_at(moment, dark=False) is runs


def test_a_zone_of_the_night_sleeps_by_day():
    schedule = read_schedule({"light": "night"})
    assert (schedule.runs_at(at(16, 12), dark=False), schedule.runs_at(at(16, 12), dark=True)) == (False, True)


@pytest.mark.parametrize("raw", [{"windows": [{"days": [1], "begins": "x", "ends": "06:00"}]}, {"windows": [3]}])
def test_a_wrong_window_names_its_place(raw):
    with pytest.raises(ScheduleFault) as fault:
        read_schedule(raw)
    assert fault.value.where.startswith("windows.0")


MINUTES = st.integers(0, 24 * 60 - 1)


@given(MINUTES, MINUTES, st.integers(1, 7), st.integers(0, 7 * 24 * 60 - 1))
def test_a_window_and_its_complement_cover_every_minute_of_the_week_once(begins, ends, day, minute):
    text = [f"{value // 60:02}:{value % 60:02}" for value in (begins, ends)]
    assume(begins != ends)
    days = list(range(1, 8))
    moment = at(16, 0) + timedelta(minutes=minute)
    one = read_schedule({"windows": [{"days": days, "begins": text[0], "ends": text[1]}]})
    other = read_schedule({"windows": [{"days": days, "begins": text[1], "ends": text[0]}]})
    assert one.runs_at(moment, dark=False) != other.runs_at(moment, dark=False)


# Sunrise and sunset of published almanacs, city clocks: the sun is within a degree of the horizon then.
@pytest.mark.parametrize(
    ("lng", "lat", "moment"),
    [
        (118.8, 32.06, datetime(2026, 6, 21, 4, 59, tzinfo=CITY)),
        (118.8, 32.06, datetime(2026, 6, 21, 19, 14, tzinfo=CITY)),
        (118.8, 32.06, datetime(2026, 12, 22, 7, 3, tzinfo=CITY)),
        (118.8, 32.06, datetime(2026, 12, 22, 17, 5, tzinfo=CITY)),
        (116.4, 39.9, datetime(2026, 3, 20, 6, 20, tzinfo=CITY)),
        (0.0, 51.48, datetime(2026, 6, 21, 3, 43, tzinfo=UTC)),
    ],
)
def test_the_sun_stands_on_the_horizon_at_sunrise_and_sunset(lng, lat, moment):
    assert abs(sun_altitude(lng, lat, moment) + 0.83) < 1.0


def test_noon_is_day_and_midnight_is_night():
    assert not is_night_by_sun(118.8, 32.06, datetime(2026, 12, 22, 12, tzinfo=CITY))
    assert is_night_by_sun(118.8, 32.06, datetime(2026, 6, 21, 0, tzinfo=CITY))


def test_a_headlight_makes_no_day():
    light = PictureLight()
    dark = [light.is_dark(float(second), 30) for second in range(300)]
    flash = [light.is_dark(300.0 + second, 200) for second in range(10)]
    morning = [light.is_dark(310.0 + second, 140) for second in range(300)]
    assert (all(dark), all(flash), morning[-1]) == (True, True, False)


def test_a_picture_between_dark_and_bright_stays_what_it_was():
    light = PictureLight()
    [light.is_dark(float(second), 30) for second in range(300)]
    assert all(light.is_dark(300.0 + second, 65) for second in range(600))
