"""An administrator writes a department's hours as people write them down."""

from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.calendar_form import read_days, read_periods
from accounts.models import OrgUnit, UnitCalendar, User
from accounts.roles import Role
from tests.factories import OrgUnitFactory

ADD = "/admin/accounts/unitcalendar/add/"


@pytest.fixture
def unit(db: None) -> OrgUnit:
    return OrgUnitFactory.create()


@pytest.fixture
def office(unit: OrgUnit) -> Client:
    person = User.objects.create_superuser("root", "correct horse", name="系统管理员")
    person.grants.create(role=Role.SYSTEM_ADMIN, area_path="3299.05", area_level="district", area_key=1)
    client = Client()
    client.force_login(person)
    return client


def hours(unit: OrgUnit, **fields: Any) -> dict[str, Any]:
    return {"unit": unit.pk, "hours": "09:00-12:00，13:30 – 17:30", "working": "", "off": ""} | fields


def test_hours_are_written_and_the_year_that_is_not_announced_is_named(office: Client, unit: OrgUnit) -> None:
    answer = office.post(ADD, hours(unit, working="2031-10-11", off="2026-12-31 2027-01-04"), follow=True)
    calendar = UnitCalendar.objects.get()
    assert calendar.periods == [[time(9), time(12)], [time(13, 30), time(17, 30)]]
    assert (calendar.works_on, calendar.rests_on) == ([date(2031, 10, 11)], [date(2026, 12, 31), date(2027, 1, 4)])
    assert "2031 年的法定节假日尚未公布" in answer.content.decode()


def test_writing_again_makes_the_next_version(office: Client, unit: OrgUnit) -> None:
    for _ in range(2):
        office.post(ADD, hours(unit))
    assert list(UnitCalendar.objects.order_by("version").values_list("version", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    "fields",
    [
        {"hours": ""},
        {"hours": "08:00-12:00, 11:00-18:00"},
        {"hours": "18:00-08:00"},
        {"hours": "25:00-26:00"},
        {"hours": "nine to five"},
        {"working": "2026-13-01"},
        {"working": "2026-10-10", "off": "2026-10-10"},
    ],
)
def test_hours_that_cannot_be_are_refused_in_the_form(office: Client, unit: OrgUnit, fields: dict[str, Any]) -> None:
    assert office.post(ADD, hours(unit, **fields)).status_code == 200
    assert not UnitCalendar.objects.exists()


def test_what_is_written_is_not_edited(office: Client, unit: OrgUnit) -> None:
    office.post(ADD, hours(unit))
    made = UnitCalendar.objects.get()
    assert b"_save" not in office.get(f"/admin/accounts/unitcalendar/{made.pk}/change/").content
    assert office.get("/admin/accounts/unitcalendar/").status_code == 200


def test_who_is_no_system_administrator_writes_no_hours(unit: OrgUnit) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("other", "correct horse", name="别人"))
    assert client.get(ADD).status_code == 403


def test_text_becomes_periods_and_days() -> None:
    assert read_periods("8:00-12:00\n14:00~18:00") == [(time(8), time(12)), (time(14), time(18))]
    assert read_days("2026-10-10、2026-10-11") == [date(2026, 10, 10), date(2026, 10, 11)]
    with pytest.raises(ValidationError, match="不是时段"):
        read_periods("08:00")
