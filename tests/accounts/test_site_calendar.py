"""The site's working hours, the units' over them, and what a calendar makes of a month and of a limit."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from accounts.actions.calendars import SITE_SUBJECT, SUBJECT_KIND, follow_calendars, set_calendar
from accounts.calendars import calendar_key, calendar_named, current_calendar, forget_versions
from accounts.models import OrgUnit, UnitCalendar, User
from accounts.roles import Role
from core.actor import SYSTEM
from core.clock import local
from core.deadlines import actions as deadlines
from core.deadlines.actions import Subject
from core.deadlines.arithmetic import Limit, LimitType
from core.deadlines.calendar import DEFAULT_PERIODS, WorkCalendar, legal_day
from core.errors import Forbidden, StaleVersion
from core.history.record import of_subject
from core.models import Deadline
from tests.factories import OrgUnitFactory, UserFactory

TUESDAY_NINE = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
LONG_DAYS = [(time(8), time(20))]


@pytest.fixture
def unit(db: None) -> Iterator[OrgUnit]:
    forget_versions()
    yield OrgUnitFactory.create(name="园林局")
    forget_versions()


@pytest.fixture
def admin(unit: OrgUnit) -> User:
    return _person(Role.SYSTEM_ADMIN, "吴管理")


def _person(role: str, name: str) -> User:
    person = UserFactory.create(name=name)
    person.grants.create(role=role, area_path="3299.05", area_level="district", area_key=1)
    return person


def browser(user: User | None) -> APIClient:
    client = APIClient()
    client.force_login(user) if user else None
    return client


def put_site(user: User | None, **values: Any) -> Any:
    body = {"version": 0, "periods": [{"opens": "08:00", "closes": "20:00"}]} | values
    return browser(user).put("/api/v1/calendars/site", body, format="json")


def ask(user: User, **values: Any) -> Any:
    body = {"month": "2026-10", "periods": [{"opens": "08:00", "closes": "18:00"}]} | values
    return browser(user).post("/api/v1/calendars/preview", body, format="json")


def test_until_somebody_sets_hours_the_site_works_by_law(unit: OrgUnit) -> None:
    assert (calendar_key(None), current_calendar()) == ("site:0", WorkCalendar())


def test_the_sites_hours_hold_for_units_that_keep_none(admin: User, unit: OrgUnit) -> None:
    assert put_site(admin).status_code == 200
    assert calendar_key(unit.pk) == f"unit:{unit.pk}:0:1"
    assert current_calendar(unit.pk).periods == tuple(LONG_DAYS)
    assert current_calendar().periods == tuple(LONG_DAYS)


def test_a_units_own_days_outrank_the_sites_which_outrank_the_law(admin: User, unit: OrgUnit) -> None:
    put_site(admin, works_on=["2026-03-07", "2026-03-08"], rests_on=["2026-03-03"])
    set_calendar(unit_id=unit.pk, actor=SYSTEM, version=0, follows_site=True, rests_on=[date(2026, 3, 8)], works_on=[])
    own = current_calendar(unit.pk)
    days = (date(2026, 3, 3), date(2026, 3, 7), date(2026, 3, 8), date(2026, 3, 9))
    assert [own.is_working_day(day) for day in days] == [False, True, False, True]
    assert own.periods == tuple(LONG_DAYS)


def test_a_unit_gives_up_hours_of_its_own(admin: User, unit: OrgUnit) -> None:
    set_calendar(unit_id=unit.pk, actor=SYSTEM, version=0, periods=LONG_DAYS)
    body = {"version": 1, "follows_site": True}
    answer = browser(admin).put(f"/api/v1/units/{unit.pk}/calendar", body, format="json")
    assert (answer.status_code, answer.json()["follows_site"]) == (200, True)
    assert current_calendar(unit.pk).periods == DEFAULT_PERIODS


def test_running_clocks_follow_the_sites_new_hours(admin: User, unit: OrgUnit) -> None:
    with time_machine.travel(TUESDAY_NINE, tick=False):
        subject, limit = Subject("probe", 1), Limit(LimitType.WORKING_HOURS, 12)  # type: ignore[arg-type]
        for kind, key in (("one", calendar_key(None)), ("two", calendar_key(unit.pk))):
            deadlines.start(subject=subject, kind=kind, limit=limit, at=TUESDAY_NINE, calendar_key=key)
        before = {row.due_at for row in Deadline.objects.all()}
        put_site(admin)
        assert follow_calendars() == 2
    assert before == {TUESDAY_NINE + timedelta(days=1, hours=6)}
    assert {row.due_at for row in Deadline.objects.all()} == {TUESDAY_NINE + timedelta(days=1)}
    assert set(Deadline.objects.values_list("calendar_key", flat=True)) == {"site:1", f"unit:{unit.pk}:0:1"}


def test_history_says_who_set_the_hours_from_what_to_what(admin: User) -> None:
    put_site(admin)
    put_site(admin, version=1, rests_on=["2026-03-03"])
    first, second = of_subject(SUBJECT_KIND, SITE_SUBJECT)
    assert (first.facts["before"], second.facts["before"]["periods"]) == (None, ["08:00-20:00"])
    assert (second.facts["after"]["rests_on"], second.actor_id) == (["2026-03-03"], admin.pk)


def test_the_second_of_two_administrators_is_told(admin: User) -> None:
    put_site(admin)
    late = put_site(admin, periods=[{"opens": "09:00", "closes": "17:00"}])
    assert (late.status_code, late.json()["code"], late.json()["current_version"]) == (409, "stale_version", 1)
    with pytest.raises(StaleVersion):
        set_calendar(unit_id=None, actor=SYSTEM, version=5, periods=LONG_DAYS)
    assert UnitCalendar.objects.filter(unit=None).count() == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"periods": []}, "calendar_empty"),
        ({"periods": [{"opens": "18:00", "closes": "08:00"}]}, "calendar_period_backwards"),
        (
            {"periods": [{"opens": "08:00", "closes": "12:00"}, {"opens": "11:00", "closes": "18:00"}]},
            "calendar_periods_overlap",
        ),
        ({"works_on": ["2026-03-07"], "rests_on": ["2026-03-07"]}, "day_worked_and_off"),
        ({"works_on": ["soon"]}, "invalid"),
        ({"version": -1}, "invalid"),
    ],
)
def test_hours_that_mean_nothing_are_refused(admin: User, values: dict[str, Any], code: str) -> None:
    answer = put_site(admin, **values)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not UnitCalendar.objects.exists()


def test_duty_chiefs_look_and_nobody_but_the_administrator_sets(admin: User, unit: OrgUnit) -> None:
    chief, handler = _person(Role.DUTY_CHIEF, "值班"), _person(Role.ACCEPTOR, "受理")
    assert browser(chief).get("/api/v1/calendars").json()["may_edit"] is False
    assert browser(admin).get("/api/v1/calendars").json()["may_edit"] is True
    assert put_site(chief).status_code == 403
    assert browser(chief).put(f"/api/v1/units/{unit.pk}/calendar", {"version": 0}, format="json").status_code == 403
    assert [browser(handler).get(f"/api/v1/calendars{path}").status_code for path in ("", "/site", "/law/2026")] == [
        403
    ] * 3
    assert ask(handler).status_code == 403
    assert put_site(None).status_code in (401, 403)
    with pytest.raises(Forbidden):
        set_calendar(unit_id=None, actor=chief.as_actor(), version=0, periods=LONG_DAYS)


def test_a_month_is_told_day_by_day_with_its_reasons(admin: User) -> None:
    answer = ask(admin, works_on=["2026-10-31"])
    days = {day["date"]: (day["works"], day["why"]) for day in answer.json()["days"]}
    assert (len(days), answer.json()["is_published"]) == (31, True)
    assert days["2026-10-01"] == (False, "holiday")
    assert days["2026-10-10"] == (True, "make_up")
    assert days["2026-10-12"] == (True, "work")
    assert days["2026-10-24"] == (False, "weekend")
    assert days["2026-10-31"] == (True, "own")


def test_a_unit_sees_what_the_site_has_set(admin: User, unit: OrgUnit) -> None:
    put_site(admin, rests_on=["2026-10-12"])
    answer = ask(admin, unit_id=unit.pk, follows_site=True, periods=[])
    assert next(day for day in answer.json()["days"] if day["date"] == "2026-10-12")["why"] == "site"


def test_it_is_told_what_a_limit_from_now_would_come_to(admin: User) -> None:
    with time_machine.travel(TUESDAY_NINE, tick=False):
        client_answer = ask(admin, limit_amount="10", limit_type="working_hours")
    due = local(datetime.fromisoformat(client_answer.json()["due_at"]))
    assert f"{due:%m-%d %H:%M}" == "03-04 09:00"


def test_a_year_that_is_not_announced_is_said(admin: User) -> None:
    assert ask(admin, month="2031-05").json()["is_published"] is False
    assert browser(admin).get("/api/v1/calendars/law/2031").json() == {"year": 2031, "is_published": False, "days": []}
    known = browser(admin).get("/api/v1/calendars/law/2026").json()
    assert known["is_published"] is True
    assert {"date": "2026-10-10", "kind": "make_up", "zh": "国庆节", "en": "National Day"} in known["days"]


@pytest.mark.parametrize(
    "values",
    [
        {"month": "2026-13"},
        {"month": "soon"},
        {"limit_amount": "0"},
        {"limit_amount": "-4"},
        {"limit_amount": "many"},
        {"limit_type": "moons"},
        {"unit_id": -1},
    ],
)
def test_a_preview_of_nothing_is_refused(admin: User, values: dict[str, Any]) -> None:
    assert ask(admin, **values).status_code == 422


def test_calendars_take_a_fixed_number_of_statements(admin: User, django_assert_max_num_queries: Any) -> None:
    for number in range(4):
        set_calendar(unit_id=OrgUnitFactory.create(name=f"局{number}").pk, actor=SYSTEM, version=0, periods=LONG_DAYS)
    client = browser(admin)
    with django_assert_max_num_queries(7):
        assert len(client.get("/api/v1/calendars").json()["units"]) == 4


def test_a_name_that_is_no_calendars_answers_nothing(unit: OrgUnit) -> None:
    assert [calendar_named(key) for key in ("site:7", "site:x", "unit:1", "unit:1:2:3:4", "moon:1", "")] == [None] * 6


def test_the_law_names_its_days() -> None:
    assert legal_day(date(2026, 2, 17)).kind == "holiday"
    assert legal_day(date(2026, 2, 14)) == ("make_up", "春节", "Spring Festival")
    assert (legal_day(date(2031, 5, 1)).kind, legal_day(date(2031, 5, 3)).kind) == ("work", "weekend")
