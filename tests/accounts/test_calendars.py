"""A department's own hours: what is refused, who may set them, and that a written version never changes."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.actions.calendars import set_calendar
from accounts.calendars import calendar_key, calendar_named, forget_versions
from accounts.errors import (
    CalendarEmpty,
    CalendarPeriodBackwards,
    CalendarPeriodsOverlap,
    CalendarTooLong,
    DayWorkedAndOff,
)
from accounts.models import OrgUnit, UnitCalendar, User
from accounts.roles import Role
from accounts.rules.calendars import checked_days, checked_periods, unpublished_years
from core.actor import SYSTEM
from core.deadlines.calendar import WorkCalendar
from core.errors import Forbidden, NotFound, StaleVersion
from tests.factories import OrgUnitFactory, UserFactory, person_with

MORNING, AFTERNOON = (time(9), time(12)), (time(13), time(17))


@pytest.fixture
def unit(db: None) -> OrgUnit:
    forget_versions()
    return OrgUnitFactory.create(name="园林局")


@pytest.fixture
def admin(unit: OrgUnit) -> User:
    person = UserFactory.create(name="吴管理")
    person.grants.create(role=Role.SYSTEM_ADMIN, area_path="3299.05", area_level="district", area_key=1)
    return person


def browser(user: User | None) -> APIClient:
    client = APIClient()
    client.force_login(user) if user else None
    return client


def put(user: User, unit: OrgUnit, **values: Any) -> Any:
    body = {"version": 0, "periods": [{"opens": "09:00", "closes": "17:00"}]} | values
    return browser(user).put(f"/api/v1/units/{unit.pk}/calendar", body, format="json")


def test_periods_are_put_in_order() -> None:
    assert checked_periods([AFTERNOON, MORNING]) == (MORNING, AFTERNOON)


def test_periods_that_touch_are_one() -> None:
    assert checked_periods([(time(8), time(12)), (time(12), time(14))]) == ((time(8), time(14)),)


@pytest.mark.parametrize(
    ("periods", "refusal"),
    [
        ([], CalendarEmpty),
        ([(time(22), time(6))], CalendarPeriodBackwards),
        ([(time(9), time(9))], CalendarPeriodBackwards),
        ([(time(8), time(12)), (time(11, 59), time(18))], CalendarPeriodsOverlap),
    ],
)
def test_hours_that_cannot_be_counted_are_refused(periods: list[tuple[time, time]], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        checked_periods(periods)


def test_a_day_is_not_worked_and_off_at_once() -> None:
    with pytest.raises(DayWorkedAndOff, match="2026-05-02"):
        checked_days([date(2026, 5, 2)], [date(2026, 5, 2)])


def test_more_days_than_a_year_has_are_refused() -> None:
    with pytest.raises(CalendarTooLong):
        checked_days([date.fromordinal(740_000 + n) for n in range(401)], [])


def test_years_whose_holidays_are_not_announced_are_named() -> None:
    assert unpublished_years(date(2026, 11, 22), [date(2031, 1, 1)], []) == [2027, 2031]


times = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))


@given(st.lists(st.tuples(times, times), max_size=6))
def test_whatever_is_accepted_makes_a_calendar(periods: list[tuple[time, time]]) -> None:
    try:
        accepted = checked_periods(periods)
    except (CalendarEmpty, CalendarPeriodBackwards, CalendarPeriodsOverlap):
        return
    assert WorkCalendar(periods=accepted).periods == accepted


def test_a_version_once_written_keeps_its_hours(unit: OrgUnit) -> None:
    set_calendar(unit_id=unit.pk, actor=SYSTEM, version=0, periods=[MORNING])
    first = calendar_key(unit.pk)
    set_calendar(unit_id=unit.pk, actor=SYSTEM, version=1, periods=[AFTERNOON], works_on=[date(2026, 5, 2)])
    second = calendar_key(unit.pk)
    assert (first, second) == (f"unit:{unit.pk}:1", f"unit:{unit.pk}:2")
    old, new = calendar_named(first), calendar_named(second)
    assert old is not None
    assert new is not None
    assert (old.periods, new.periods) == ((MORNING,), (AFTERNOON,))
    assert new.is_working_day(date(2026, 5, 2))


def test_a_unit_that_set_nothing_works_by_law(unit: OrgUnit) -> None:
    assert calendar_named(calendar_key(unit.pk)) == WorkCalendar()


@pytest.mark.parametrize("key", ["holidays", "unit:", "unit:x:1", "unit:7:99"])
def test_a_name_nobody_wrote_is_not_answered_for(unit: OrgUnit, key: str) -> None:
    assert calendar_named(key) is None


def test_two_administrators_do_not_overwrite_each_other(unit: OrgUnit, admin: User) -> None:
    set_calendar(unit_id=unit.pk, actor=admin.as_actor(), version=0, periods=[MORNING])
    with pytest.raises(StaleVersion):
        set_calendar(unit_id=unit.pk, actor=admin.as_actor(), version=0, periods=[AFTERNOON])
    assert UnitCalendar.objects.count() == 1


def test_only_a_system_administrator_sets_hours(unit: OrgUnit) -> None:
    desk = person_with(Role.DEPARTMENT_DESK, unit=unit)
    with pytest.raises(Forbidden):
        set_calendar(unit_id=unit.pk, actor=desk.as_actor(), version=0, periods=[MORNING])


def test_hours_of_a_unit_that_is_no_more_are_not_found(unit: OrgUnit, admin: User) -> None:
    OrgUnit.objects.update(is_active=False)
    with pytest.raises(NotFound):
        set_calendar(unit_id=unit.pk, actor=admin.as_actor(), version=0, periods=[MORNING])


def test_hours_are_read_and_set_over_http(unit: OrgUnit, admin: User) -> None:
    shown = browser(admin).get(f"/api/v1/units/{unit.pk}/calendar").json()
    assert (shown["version"], shown["periods"][0], shown["unit"]["name"]) == (
        0,
        {"opens": "08:00", "closes": "12:00"},
        "园林局",
    )
    answer = put(admin, unit, works_on=["2031-05-03"], rests_on=["2026-12-31"])
    assert (answer.status_code, answer.json()["version"], answer.json()["set_by"]) == (200, 1, "吴管理")
    assert answer.json()["periods"] == [{"opens": "09:00", "closes": "17:00"}]
    assert 2031 in answer.json()["years_without_holidays"]


def test_bad_hours_are_refused_over_http_with_their_code(unit: OrgUnit, admin: User) -> None:
    overlap = [{"opens": "08:00", "closes": "12:00"}, {"opens": "11:00", "closes": "18:00"}]
    assert put(admin, unit, periods=overlap).json()["code"] == "calendar_periods_overlap"
    assert put(admin, unit, periods=[]).json()["code"] == "calendar_empty"
    assert put(admin, unit, periods=[{"opens": "noon", "closes": "18:00"}]).status_code == 422
    assert put(admin, unit, version=4).status_code == 409


def test_hours_are_forbidden_and_hidden_where_they_must_be(unit: OrgUnit, admin: User) -> None:
    desk = person_with(Role.DEPARTMENT_DESK, unit=unit)
    assert browser(desk).get(f"/api/v1/units/{unit.pk}/calendar").status_code == 403
    assert put(desk, unit).status_code == 403
    assert browser(admin).get("/api/v1/units/999999/calendar").status_code == 404
    assert browser(None).get(f"/api/v1/units/{unit.pk}/calendar").status_code in {401, 403}


def test_reading_hours_takes_a_fixed_number_of_statements(
    unit: OrgUnit, admin: User, django_assert_max_num_queries: Any
) -> None:
    set_calendar(unit_id=unit.pk, actor=admin.as_actor(), version=0, periods=[MORNING])
    client = browser(admin)
    with django_assert_max_num_queries(6):
        client.get(f"/api/v1/units/{unit.pk}/calendar")
