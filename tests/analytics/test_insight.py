"""The pages of figures: how it runs, how long it takes, what comes again, how good the alarms are."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg2.extras import DateTimeTZRange

from accounts.models import User
from accounts.roles import Role
from analytics.actions.lives import derive_all
from analytics.models import EventLife
from analytics.rules.forecast import error_of_last_week, forecast
from core.clock import as_of, local, now
from events.actions.alert_decisions import acknowledge_alert, dismiss_alert
from events.actions.perform import perform
from events.models import Alert, Event
from events.moves import Move
from events.queries.catalogue import forget
from grids.models import AreaBoundary
from tests.events.stage import HERE, OTHER_STREET, Stage, browser, build_stage
from tests.factories import person_with

PAGES = ("running", "handling", "repeats", "alarms")


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    found = build_stage()
    AreaBoundary.objects.update(validity=DateTimeTZRange(now() - timedelta(days=400), None))
    yield found
    forget()


@pytest.fixture
def leader(stage: Stage) -> User:
    return stage.seat(Role.LEADER)


def today() -> date:
    return local(now()).date()


def ask(user: User, page: str, *, days: int = 7, **more: Any) -> Any:
    span = {"first": today() - timedelta(days=days - 1), "last": today()}
    return browser(user).get(f"/api/v1/insight/{page}", span | more)


def life(stage: Stage, days_ago: float, hours: float = 1, **fields: Any) -> Event:
    """A whole life some days ago, closed after so many hours."""
    begun = now() - timedelta(days=days_ago)
    with as_of(begun):
        event = stage.report(**fields)
    way = stage.way_to("closed")
    for place, (move, who, inputs) in enumerate(way, start=1):
        with as_of(begun + timedelta(hours=hours) * place / len(way)):
            perform(event.pk, move, who.as_actor(), **inputs)
    return event


def test_days_count_what_came_and_what_was_closed(stage: Stage, leader: User) -> None:
    life(stage, 2)
    life(stage, 2)
    with as_of(now() - timedelta(days=1)):
        stage.report()
    derive_all()
    found = ask(leader, "running").json()
    received = {day["day"]: day["received"] for day in found["days"]}
    closed = sum(day["closed"] for day in found["days"])
    assert len(received) == 7 and closed == found["totals"]["closed"] == 2
    assert sum(received.values()) == found["totals"]["received"] == EventLife.objects.count() == 3
    assert found["before"] == {"received": 0, "closed": 0, "on_time_rate": None}
    assert {day["on_time_rate"] for day in found["days"] if not day["closed"]} == {None}


def test_open_events_are_counted_by_their_age(stage: Stage, leader: User) -> None:
    for days_ago in (0.2, 2, 5, 20, 90):
        with as_of(now() - timedelta(days=days_ago)):
            stage.report()
    life(stage, 2)
    derive_all()
    ages = ask(leader, "running", days=1).json()["ages"]
    assert [(row["age"], row["open"]) for row in ages] == [
        ("day", 1), ("three_days", 1), ("week", 1), ("month", 1), ("older", 1),
    ]  # fmt: skip


def test_too_short_a_past_has_no_forecast(stage: Stage, leader: User) -> None:
    life(stage, 2)
    derive_all()
    found = ask(leader, "running").json()
    assert (found["forecast"], found["last_week_error"]) == ([], None)


def test_four_weeks_forecast_the_next_one(stage: Stage, leader: User) -> None:
    for days_ago in range(1, 29):
        with as_of(now() - timedelta(days=days_ago)):
            stage.report()
    derive_all()
    found = ask(leader, "running").json()
    assert [one["value"] for one in found["forecast"]] == [1.0] * 7
    assert (found["forecast"][0]["day"], found["last_week_error"]) == (today().isoformat(), 0.0)


def test_half_and_nine_of_ten_of_every_step(stage: Stage, leader: User) -> None:
    hours = [1, 2, 3, 4, 10]
    for place, length in enumerate(hours):
        life(stage, 5 - place, length)
    derive_all()
    steps = {row["step"]: row for row in ask(leader, "handling").json()["steps"]}
    assert steps["whole"]["median_minutes"] == median(hours) * 60
    assert (steps["whole"]["events"], steps["whole"]["ninetieth_minutes"]) == (5, (4 + 0.6 * 6) * 60)
    assert (steps["verify"]["events"], steps["verify"]["median_minutes"]) == (0, None)


def test_three_of_a_kind_at_one_place_in_a_month_come_again(stage: Stage, leader: User) -> None:
    for days_ago in (1, 8, 29, 31):
        with as_of(now() - timedelta(days=days_ago)):
            stage.report()
    with as_of(now() - timedelta(days=3)):
        stage.report(lng=HERE[0] + 0.01)
    places = ask(leader, "repeats").json()["places"]
    assert [(row["count"], row["type_code"]) for row in places] == [(3, stage.kind.code)]
    place = {"lng": places[0]["lng"], "lat": places[0]["lat"], "kind": places[0]["type_code"]}
    behind = ask(leader, "repeats/events", **place).json()["items"]
    assert len(behind) == 3


@pytest.mark.parametrize("metres_east", [0, 25, 50, 75, 100])
def test_no_line_of_a_raster_divides_a_place(stage: Stage, leader: User, metres_east: int) -> None:
    for step in (-1, 0, 1):
        stage.report(lng=HERE[0] + (metres_east + step * 20) / 94_400)
    (place,) = ask(leader, "repeats").json()["places"]
    asked = {"lng": place["lng"], "lat": place["lat"], "kind": place["type_code"]}
    assert len(ask(leader, "repeats/events", **asked).json()["items"]) == place["count"] == 3


def test_every_place_lists_as_many_cases_as_it_counts_and_none_twice(stage: Stage, leader: User) -> None:
    chance = random.Random(7)
    for _ in range(30):
        stage.report(lng=HERE[0] + chance.uniform(0, 0.003), lat=HERE[1] + chance.uniform(0, 0.002))
    places = ask(leader, "repeats").json()["places"]
    lists = []
    for place in places:
        asked = {"lng": round(place["lng"], 6), "lat": round(place["lat"], 6), "kind": place["type_code"]}
        lists.append([row["id"] for row in ask(leader, "repeats/events", **asked).json()["items"]])
    assert [len(rows) for rows in lists] == [place["count"] for place in places]
    assert len(places) > 1 and len(set().union(*lists)) == sum(map(len, lists))


def test_a_point_where_nothing_came_again_has_no_cases(stage: Stage, leader: User) -> None:
    stage.report()
    lng, lat = HERE
    assert ask(leader, "repeats/events", kind=stage.kind.code, lng=lng, lat=lat).json() == {"items": [], "next": None}


def test_what_was_merged_is_told_twice_and_no_repeat(stage: Stage, leader: User) -> None:
    events = [stage.report() for _ in range(3)]
    perform(events[2].pk, Move.MERGE, stage.acceptor.as_actor(), main_event_id=events[0].pk, reason="同一问题")
    assert ask(leader, "repeats").json()["places"] == []


def test_alarms_are_counted_by_source_operator_and_level(stage: Stage, leader: User) -> None:
    for subject in range(12):
        stage.alert(subject_id=subject, level=1 if subject == 0 else 4)
    stage.alert(subject_id=5)
    first, second = Alert.objects.order_by("id")[:2]
    acknowledge_alert(alert_id=first.pk, actor=stage.operator.as_actor(), version=first.version)
    dismiss_alert(alert_id=second.pk, actor=stage.operator.as_actor(), version=second.version, reason="test")
    found = ask(leader, "alarms", days=1).json()
    assert (found["rate"]["raised"], found["rate"]["peak_in_ten_minutes"]) == (12, 12)
    assert (found["noisy"][0]["subject_id"], found["noisy"][0]["seen"], len(found["noisy"])) == (5, 2, 10)
    assert found["noisy"][0]["rule_name"] == "水域边有人滞留"
    assert [(row["level"], row["count"], row["target"]) for row in found["levels"]] == [
        ("critical", 1, 0.05), ("urgent", 0, 0.15), ("other", 11, 0.8),
    ]  # fmt: skip
    assert [row["name"] for row in found["operators"]] == [stage.operator.name]


def test_what_stands_for_more_than_a_day_is_named(stage: Stage, leader: User) -> None:
    stage.alert(subject_id=1)
    Alert.objects.update(found_at=now() - timedelta(hours=25))
    stage.alert(subject_id=2)
    standing = ask(leader, "alarms").json()["standing"]
    assert (standing["count"], [row["title"] for row in standing["oldest"]]) == (1, ["水域边有人滞留"])


def test_every_number_opens_as_many_rows_as_it_counts(stage: Stage, leader: User) -> None:
    for place, hours in enumerate((1, 2, 30)):
        life(stage, 5 - place, hours)
    for days_ago in (0.1, 0.2, 5, 20, 90):
        with as_of(now() - timedelta(days=days_ago)):
            stage.report()
    derive_all()
    running, handling = ask(leader, "running").json(), ask(leader, "handling").json()
    totals = running["totals"]
    numbers = {
        "received": totals["received"],
        "closed": totals["closed"],
        "on_time": sum(round(day["closed"] * (day["on_time_rate"] or 0)) for day in running["days"]),
        "open": sum(row["open"] for row in running["ages"]),
        **{f"open_{row['age']}": row["open"] for row in running["ages"]},
        **{row["step"]: row["events"] for row in handling["steps"]},
    }
    rows = {figure: ask(leader, "events", figure=figure).json()["items"] for figure in numbers}
    assert {figure: len(found) for figure, found in rows.items()} == numbers
    assert (numbers["received"], numbers["open"], numbers["open_day"], numbers["on_time"] < 3) == (6, 5, 2, True)
    assert all(row["minutes"] is not None for row in rows["whole"])


def test_what_is_behind_a_number_of_another_area_is_not_told(stage: Stage, leader: User) -> None:
    life(stage, 1)
    derive_all()
    elsewhere = person_with(Role.LEADER, area=stage.town[OTHER_STREET])
    assert ask(elsewhere, "events", figure="closed").json()["items"] == []
    assert ask(elsewhere, "events", figure="closed", area=stage.district.path).status_code == 404
    assert ask(stage.worker.user, "events", figure="closed").status_code == 403  # type: ignore[arg-type]
    assert ask(leader, "events", figure="none_such").status_code == 422
    of_department = ask(stage.desk, "events", figure="closed").json()["items"]
    assert [row["event"]["lead_unit"]["id"] for row in of_department] == [stage.department.pk]


def test_the_list_behind_a_number_costs_the_same_whatever_its_rows(
    stage: Stage, leader: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        stage.report()
    derive_all()
    with django_assert_max_num_queries(20):
        assert len(ask(leader, "events", figure="open").json()["items"]) == 4


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_data_says_so_and_never_zero(stage: Stage, leader: User, page: str) -> None:
    found = ask(leader, page).json()
    rates = [value for part in found.values() for row in (part if isinstance(part, list) else [part])
             if isinstance(row, dict) for name, value in row.items() if "rate" in name or "share" in name]  # fmt: skip
    assert set(rates) <= {None}


@pytest.mark.parametrize("page", PAGES)
def test_another_area_is_not_told_of(stage: Stage, page: str) -> None:
    for days_ago in (0, 1, 2):
        life(stage, days_ago + 0.1)
    stage.alert()
    derive_all()
    elsewhere = person_with(Role.LEADER, area=stage.town[OTHER_STREET])
    answer = ask(elsewhere, page)
    nobody = ask(person_with(Role.LEADER, area=stage.town[OTHER_STREET]), page, type_code="none_such")
    assert answer.json() | {"until": "", "since": ""} == nobody.json() | {"until": "", "since": ""}
    assert ask(elsewhere, page, area=stage.district.path).status_code == 404
    assert ask(stage.worker.user, page).status_code == 403  # type: ignore[arg-type]
    assert ask(elsewhere, page, days=900).status_code == 422


@pytest.mark.parametrize(("page", "most"), [("running", 26), ("handling", 26), ("repeats", 19), ("alarms", 26)])
def test_a_page_costs_the_same_whatever_its_rows(
    stage: Stage, leader: User, django_assert_max_num_queries: Any, page: str, most: int
) -> None:
    for days_ago in (0.1, 1, 2, 3):
        life(stage, days_ago)
    derive_all()
    with django_assert_max_num_queries(most):
        ask(leader, page)


@given(st.lists(st.integers(0, 40), max_size=70))
def test_a_forecast_lies_in_its_band(days: list[int]) -> None:
    ahead = forecast(days)
    assert len(ahead) == (7 if len(days) >= 14 else 0)
    assert all(0 <= one.low <= one.value + 0.05 and one.value <= one.high + 0.05 for one in ahead)


def test_a_steady_week_is_forecast_without_error() -> None:
    week = [3, 4, 5, 6, 7, 1, 2]
    assert [one.value for one in forecast(week * 5)] == week
    assert error_of_last_week(week * 5) == 0
    assert error_of_last_week(week * 4 + [2 * number for number in week]) == 0.5


def test_days_follow_each_other(stage: Stage, leader: User) -> None:
    days = [datetime.fromisoformat(row["day"]) for row in ask(leader, "running", days=9).json()["days"]]
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=1)}
