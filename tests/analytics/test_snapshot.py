"""The snapshot of a small district whose figures are worked out by hand."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from analytics.models import Goal
from analytics.queries import snapshot as queried
from analytics.queries.scope import WallScope, scope_of
from core.actor import Actor
from core.clock import CITY_ZONE
from core.live.snapshot import Position
from core.models import DeadlineState
from dispatch.models import DutyShift
from grids.models import Area
from tests.analytics import factories
from tests.dispatch import factories as people

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=CITY_ZONE)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def lotus(db: None) -> Area:
    return factories.street("s1", "望江街道")


@pytest.fixture
def willow(db: None) -> Area:
    return factories.street("s2", "柳塘街道")


@pytest.fixture
def district(lotus: Area) -> Area:
    assert lotus.district is not None
    return lotus.district


def snapshot(user: User, query: str = "") -> Any:
    browser = APIClient()
    browser.force_login(user)
    return browser.get(f"/api/v1/wall/snapshot{query}")


def of_the_wall(area: Area, query: str = "") -> Any:
    return snapshot(factories.wall_operator(area), query).json()


def test_received_today_counts_from_the_citys_midnight(lotus: Area, district: Area) -> None:
    factories.event(lotus, reported_at=NOON.replace(hour=0, minute=0))
    factories.event(lotus, reported_at=NOON.replace(hour=0) - MINUTE)
    factories.event(lotus, reported_at=NOON - DAY - MINUTE)
    factories.event(lotus, reported_at=NOON - DAY + MINUTE)
    kpis = of_the_wall(district)["kpis"]
    assert (kpis["received_today"], kpis["received_yesterday_same_time"]) == (1, 1)


def test_open_events_are_counted_with_their_lights(lotus: Area, district: Area) -> None:
    factories.event(lotus)
    factories.event(lotus, warn_at=NOON - MINUTE, due_at=NOON + MINUTE)
    factories.event(lotus, warn_at=NOON - 90 * MINUTE, due_at=NOON - 75 * MINUTE)
    factories.event(lotus, state="suspended", due_kind="", due_at=NOON - 5 * DAY)
    factories.event(lotus, state="evaluated", due_at=NOON - DAY)
    kpis = of_the_wall(district)["kpis"]
    figures = [kpis[name] for name in ("open", "near_due", "overdue", "longest_overdue_seconds")]
    assert figures == [4, 1, 1, 75 * 60]


def test_the_on_time_rate_leaves_out_suspended_and_exempt_and_counts_late_open_events(
    lotus: Area, district: Area
) -> None:
    on_time = factories.event(lotus, state="evaluated")
    factories.handling_clock(on_time)
    late = factories.event(lotus, state="closed")
    factories.handling_clock(late, late_seconds=600)
    overdue = factories.event(lotus, state="handling")
    factories.handling_clock(overdue, state=DeadlineState.RUNNING, due_in=-60)
    in_time = factories.event(lotus, state="handling")
    factories.handling_clock(in_time, state=DeadlineState.RUNNING, due_in=60)
    suspended = factories.event(lotus, state="suspended", due_kind="")
    factories.handling_clock(suspended, state=DeadlineState.PAUSED, late_seconds=60)
    withdrawn = factories.event(lotus, state="evaluated")
    factories.handling_clock(withdrawn, state=DeadlineState.WITHDRAWN, late_seconds=60)
    exempt = factories.event(lotus, state="closed", is_exempt=True)
    factories.handling_clock(exempt, late_seconds=600)
    answer = of_the_wall(district)
    assert answer["kpis"]["on_time_rate"] == 0.5
    assert answer["kpis"]["on_time_goal"] == 0.95
    assert answer["streets"][0]["closed_rate"] == 0.75


def test_the_goal_is_what_the_site_set(lotus: Area, district: Area) -> None:
    Goal.objects.create(indicator="on_time_rate", share=0.9)
    assert of_the_wall(district)["kpis"]["on_time_goal"] == 0.9


def test_the_street_table_shows_every_street_also_the_quiet_ones(lotus: Area, willow: Area, district: Area) -> None:
    factories.event(lotus)
    factories.event(lotus, reported_at=NOON - DAY, due_at=NOON - MINUTE)
    rows = of_the_wall(district)["streets"]
    assert [(row["name"], row["received"], row["open"], row["overdue"], row["closed_rate"]) for row in rows] == [
        ("望江街道", 1, 2, 1, None),
        ("柳塘街道", 0, 0, 0, None),
    ]
    assert rows[0]["label"] == [118.7, 32.0]


def test_sources_of_today_come_with_the_most_frequent_first(lotus: Area, district: Area) -> None:
    factories.event(lotus, source="hotline_12345")
    factories.event(lotus, source="video")
    factories.event(lotus, source="video")
    factories.event(lotus, source="petition", reported_at=NOON - DAY)
    assert of_the_wall(district)["sources"] == [
        {"source": "video", "count": 2},
        {"source": "hotline_12345", "count": 1},
    ]


def test_the_trend_shows_the_hours_of_today_beside_the_mean_of_seven_days(lotus: Area, district: Area) -> None:
    factories.event(lotus, reported_at=NOON.replace(hour=9, minute=30))
    for days in (1, 1, 3, 7):
        factories.event(lotus, reported_at=NOON.replace(hour=9) - days * DAY)
    factories.event(lotus, reported_at=NOON.replace(hour=9) - 8 * DAY)
    trend = of_the_wall(district)["trend"]
    assert [row["hour"] for row in trend["today"]] == list(range(13))
    assert (trend["today"][9]["count"], trend["average7"][9]["count"]) == (1, round(4 / 7, 2))


def test_stages_count_what_came_today_once_and_what_stands_there(lotus: Area, district: Area) -> None:
    event = factories.event(lotus, state="handled", reported_at=NOON - DAY)
    factories.moved(event, "reported", NOON - DAY, first=True)
    factories.moved(event, "handling", NOON - 50 * MINUTE, from_state="dispatched")
    factories.moved(event, "handled", NOON - 40 * MINUTE, from_state="handling")
    factories.moved(event, "handling", NOON - 30 * MINUTE, from_state="handled")
    factories.moved(event, "handled", NOON - 20 * MINUTE, from_state="handling")
    factories.moved(event, "handled", NOON - 10 * MINUTE, from_state="handled")
    factories.event(lotus, state="closed")
    stages = {row["stage"]: (row["total_today"], row["waiting"]) for row in of_the_wall(district)["stages"]}
    assert stages == {
        "discover": (0, 0),
        "verify": (0, 0),
        "dispatch": (0, 0),
        "handle": (1, 0),
        "feedback": (1, 1),
        "evaluate": (0, 1),
    }


def test_alerts_nobody_has_seen_stand_first_then_the_higher_level(lotus: Area, district: Area) -> None:
    seen = factories.alert(lotus, level=1, acknowledged_at=NOON)
    calm, urgent = factories.alert(lotus, level=4), factories.alert(lotus, level=2)
    factories.alert(lotus, level=1, state="dismissed")
    alerts = of_the_wall(district)["alerts"]
    assert [row["id"] for row in alerts["items"]] == [urgent.pk, calm.pk, seen.pk]
    assert (alerts["unacknowledged"], alerts["by_level"]) == (2, {"1": 1, "2": 1, "3": 0, "4": 1})


def test_a_confirmed_alert_stays_listed_behind_the_open_ones_while_its_event_runs(lotus: Area, district: Area) -> None:
    running, ended = factories.event(lotus, state="handling"), factories.event(lotus, state="closed")
    handled = factories.alert(lotus, level=1, state="confirmed", event=running)
    factories.alert(lotus, level=1, state="confirmed", event=ended)
    factories.alert(lotus, level=1, state="confirmed", event=running, found_at=NOON - DAY - MINUTE)
    waiting = factories.alert(lotus, level=4)
    alerts = of_the_wall(district)["alerts"]
    assert [row["id"] for row in alerts["items"]] == [waiting.pk, handled.pk]
    assert (alerts["unacknowledged"], alerts["by_level"]) == (1, {"1": 0, "2": 0, "3": 0, "4": 1})


def test_the_map_carries_open_events_without_the_text_of_reports(lotus: Area, district: Area) -> None:
    shown = factories.event(lotus)
    factories.event(lotus, state="evaluated")
    answer = snapshot(factories.wall_operator(district))
    assert [row["id"] for row in answer.json()["events"]] == [shown.pk]
    assert "13800000000" not in answer.content.decode()


def test_cameras_with_an_open_alert_come_first_and_only_those_of_the_area(lotus: Area, willow: Area) -> None:
    quiet = [factories.camera(lotus) for _ in range(8)]
    off, alarmed = factories.camera(lotus, enabled=False), factories.camera(lotus)
    elsewhere = factories.camera(willow)
    factories.alert(lotus, camera_id=alarmed.pk)
    factories.alert(willow, camera_id=elsewhere.pk)
    ids = [row["id"] for row in of_the_wall(lotus)["cameras"]]
    assert ids == [alarmed.pk, *(camera.pk for camera in quiet[:7])]
    assert off.pk not in ids


def test_forces_and_the_duty_chief_come_from_the_roster(lotus: Area, district: Area) -> None:
    for on_duty in (True, True, False):
        worker = people.responder(on_duty=on_duty, area_path=lotus.path)
        worker.district_id = district.pk
        worker.save()
    chief = people.user(name="陈刚")
    DutyShift.objects.create(
        user=chief, seat=Role.DUTY_CHIEF, area_path=district.path, starts_at=NOON - MINUTE, ends_at=NOON + DAY
    )
    answer = of_the_wall(district)
    assert answer["forces"] == [{"kind": "grid_worker", "on_duty": 2, "total": 3}]
    assert answer["duty_chief"] == {"name": "陈刚"}


def test_a_street_sees_its_own_figures_only(lotus: Area, willow: Area) -> None:
    factories.event(lotus)
    factories.event(willow)
    factories.alert(willow)
    answer = of_the_wall(lotus)
    assert (answer["kpis"]["open"], len(answer["events"]), answer["alerts"]["unacknowledged"]) == (1, 1, 0)
    assert [row["name"] for row in answer["streets"]] == ["望江街道"]


def test_a_district_narrows_to_one_of_its_streets(lotus: Area, willow: Area, district: Area) -> None:
    factories.event(lotus)
    factories.event(willow)
    answer = of_the_wall(district, f"?area={willow.path}")
    assert (answer["kpis"]["open"], [row["name"] for row in answer["streets"]]) == (1, ["柳塘街道"])


def test_an_area_of_others_is_hidden(lotus: Area, willow: Area) -> None:
    assert snapshot(factories.wall_operator(lotus), f"?area={willow.path}").status_code == 404
    assert snapshot(factories.wall_operator(lotus), "?area=no.such.area").status_code == 404


def test_a_department_has_no_wall(lotus: Area) -> None:
    answer = snapshot(people.user())
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_a_visitor_is_asked_to_sign_in(db: None) -> None:
    assert APIClient().get("/api/v1/wall/snapshot").json()["code"] == "not_signed_in"


def test_an_area_that_is_too_long_is_invalid(lotus: Area) -> None:
    answer = snapshot(factories.wall_operator(lotus), f"?area={'x' * 121}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "area")


def test_the_stream_position_is_read_before_the_first_figure(lotus: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    def head() -> Position:
        order.append("position")
        return Position("e1", "5-0")

    def first_query(actor: Actor, area: str | None = None) -> WallScope:
        order.append("first query")
        return scope_of(actor, area)

    monkeypatch.setattr(queried, "position", head)
    monkeypatch.setattr(queried, "scope_of", first_query)
    answer = of_the_wall(lotus)
    assert (answer["epoch"], answer["as_of"], order) == ("e1", "5-0", ["position", "first query"])


def test_the_snapshot_costs_the_same_statements_whatever_its_rows(
    lotus: Area, willow: Area, district: Area, django_assert_num_queries: Any
) -> None:
    for place in (lotus, willow) * 6:
        factories.event(place)
        factories.alert(place)
        factories.camera(place)
        people.responder(area_path=place.path)
    browser = APIClient()
    browser.force_login(factories.wall_operator(district))
    # Twelve new alerts are a flood: its groups are one statement more.
    with django_assert_num_queries(20):
        browser.get("/api/v1/wall/snapshot")
