"""Pointing a wall somewhere, the footing, and what stands behind its numbers."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from core.models import HistoryRow, OutboxMessage
from tests.events.stage import OTHER_STREET, STREET, Stage, browser
from tests.wall.conftest import Screen
from wall.models import Footing, WallDevice
from wall.rules import view as views

pytestmark = pytest.mark.django_db
Pair = Callable[..., tuple[Screen, WallDevice]]


def command(user: User, device: WallDevice, do: str, **given: Any) -> Any:
    return browser(user).post(f"/api/v1/walls/{device.pk}/command", {"do": do} | given, format="json")


def test_a_scene_is_chosen_from_afar_and_the_wall_is_told(pair: Pair, operator: User) -> None:
    wall, device = pair()
    assert command(operator, device, "scene", scene="flood").json()["wall"]["scene"] == "flood"
    assert wall.get("/api/v1/wall/state").json()["scene"]["code"] == "flood"
    told = OutboxMessage.objects.filter(type="wall.changed").latest("id")
    assert (told.payload["change"], told.payload["row"]["scene"]) == ("scene", "flood")
    assert f"user:{device.user_id}" in told.after


def test_a_scene_that_is_not_there_is_refused(pair: Pair, operator: User) -> None:
    _wall, device = pair()
    assert command(operator, device, "scene", scene="moon").status_code == 422


def test_an_event_is_cast_without_names_or_numbers(stage: Stage, pair: Pair) -> None:
    event = stage.event_in("handling", title="联系13800001234")
    _wall, device = pair()
    shown = command(stage.dispatcher, device, "show_event", id=event.pk).json()["wall"]["view"]
    assert (shown["camera"], shown["event"]["number"]) == ("incident", event.number)
    assert shown["event"]["title"] == "联系***"


def test_an_event_outside_the_walls_area_is_not_cast(stage: Stage, pair: Pair) -> None:
    event = stage.event_in("reported")
    _wall, device = pair(area_path=OTHER_STREET)
    answer = command(stage.dispatcher, device, "show_event", id=event.pk)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_on_this_wall")


def test_the_next_alarm_goes_round(stage: Stage, pair: Pair, operator: User) -> None:
    first, second = stage.alert(subject_id=1), stage.alert(subject_id=2)
    assert first is not None
    assert second is not None
    _wall, device = pair()
    went = [command(operator, device, "next_alarm").json()["wall"]["view"]["alert_id"] for _ in range(3)]
    assert sorted(went[:2]) == sorted([first.pk, second.pk])
    assert went[2] == went[0]


def test_without_alarms_there_is_no_next(pair: Pair, operator: User) -> None:
    _wall, device = pair()
    assert command(operator, device, "next_alarm").json()["code"] == "no_alarm_waits"


def test_holding_drilling_and_going_back(pair: Pair, operator: User) -> None:
    _wall, device = pair()
    assert command(operator, device, "hold").json()["wall"]["view"]["held"] is True
    drilled = command(operator, device, "drill", figure="overdue").json()["wall"]["view"]
    assert (drilled["drill"], drilled["held"]) == ({"figure": "overdue", "key": ""}, True)
    assert command(operator, device, "overview").json()["wall"]["view"]["drill"] is None
    assert command(operator, device, "drill", figure="gold").status_code == 422


def test_who_only_reads_does_not_control(stage: Stage, pair: Pair) -> None:
    _wall, device = pair()
    assert command(stage.seat(Role.ASSESSOR), device, "overview").status_code == 403


@pytest.mark.parametrize(
    ("ids", "current", "found"), [([], None, None), ([4, 7], None, 4), ([4, 7], 4, 7), ([4, 7], 7, 4), ([4], 9, 4)]
)
def test_the_order_of_alarms_is_the_walls(ids: list[int], current: int | None, found: int | None) -> None:
    assert views.next_alert(ids, current) == found


def footing(user: User, what: str, stage: Stage, version: int, **given: Any) -> Any:
    values = {"version": version, "area_path": stage.district.path} | given
    return browser(user).post(f"/api/v1/footing/{what}", values, format="json")


@pytest.fixture
def leader(stage: Stage) -> User:
    return stage.seat(Role.LEADER, name="陈领导")


def test_the_footing_changes_by_two_people_in_two_posts(stage: Stage, pair: Pair, leader: User) -> None:
    wall, _device = pair()
    asked = footing(stage.chief, "ask", stage, 0, plan="flood_3").json()["footing"]
    assert (asked["state"], asked["asked_by"], asked["allowed_moves"]) == ("war_asked", "陈值班", ["refuse"])
    assert wall.get("/api/v1/wall/state").json()["footing"]["state"] == "war_asked"
    done = footing(leader, "confirm", stage, 1).json()["footing"]
    assert (done["state"], done["plan"]["zh"], len(done["checklist"])) == ("war", "防汛Ⅲ级响应", 8)
    assert wall.get("/api/v1/wall/state").json()["footing"]["asked_by"] == ""
    moves = list(HistoryRow.objects.filter(subject_kind="footing").order_by("seq").values_list("move", "role"))
    assert moves == [("ask_war", "duty_chief"), ("confirm", "leader")]
    assert OutboxMessage.objects.filter(type="footing.changed").count() == 2


def test_who_asked_does_not_confirm_and_neither_does_the_same_post(stage: Stage) -> None:
    footing(stage.chief, "ask", stage, 0, plan="flood_3")
    own = footing(stage.chief, "confirm", stage, 1)
    same_post = footing(stage.seat(Role.DUTY_CHIEF, name="第二值班"), "confirm", stage, 1)
    assert [one.json()["code"] for one in (own, same_post)] == ["needs_the_other_post"] * 2
    assert Footing.objects.get().state == "war_asked"


def test_steps_are_ticked_and_the_way_back_needs_two_as_well(stage: Stage, leader: User) -> None:
    footing(stage.chief, "ask", stage, 0, plan="flood_4")
    footing(leader, "confirm", stage, 1)
    ticked = footing(stage.chief, "tick", stage, 2, code="duty", done=True).json()["footing"]["checklist"][0]
    assert (ticked["done_by"], ticked["done_at"] is not None) == ("陈值班", True)
    assert footing(leader, "ask", stage, 3).json()["footing"]["state"] == "peace_asked"
    back = footing(stage.chief, "confirm", stage, 4).json()["footing"]
    assert (back["state"], back["checklist"]) == ("peace", [])


def test_an_unknown_plan_other_posts_and_a_stale_click_are_refused(stage: Stage) -> None:
    assert footing(stage.chief, "ask", stage, 0, plan="moon").status_code == 422
    assert footing(stage.acceptor, "ask", stage, 0, plan="flood_3").status_code == 403
    assert footing(stage.chief, "ask", stage, 7, plan="flood_3").json()["code"] == "stale_version"
    assert footing(stage.chief, "ask", stage, 0, plan="flood_3", area_path="1.2").status_code == 404


def test_an_emergency_of_the_district_reaches_the_walls_of_its_streets(stage: Stage, pair: Pair, leader: User) -> None:
    wall, device = pair(area_path=STREET)
    footing(stage.chief, "ask", stage, 0, plan="flood_3")
    footing(leader, "confirm", stage, 1)
    assert wall.get("/api/v1/wall/state").json()["footing"]["state"] == "war"
    told = OutboxMessage.objects.filter(type="footing.changed").latest("id")
    assert f"user:{device.user_id}" in told.after


def test_the_list_behind_a_number_is_as_long_as_the_number(stage: Stage) -> None:
    for state in ("reported", "filed", "dispatched", "handling", "handled", "closed"):
        stage.event_in(state)
    client = browser(stage.operator)
    snapshot = client.get("/api/v1/wall/snapshot").json()
    kpis = snapshot["kpis"]
    asked = {
        "received": kpis["received_today"],
        "open": kpis["open"],
        "near_due": kpis["near_due"],
        "overdue": kpis["overdue"],
    }
    asked |= {f"source&key={row['source']}": row["count"] for row in snapshot["sources"]}
    asked |= {f"street&key={row['path']}": row["open"] for row in snapshot["streets"]}
    asked |= {f"stage&key={row['stage']}": row["waiting"] for row in snapshot["stages"]}
    counted = {name: client.get(f"/api/v1/wall/behind?figure={name}").json()["total"] for name in asked}
    assert counted == asked


def test_the_overview_goes_down_to_the_grid_and_no_further_than_the_grant(stage: Stage) -> None:
    stage.event_in("handling")
    client = browser(stage.seat(Role.LEADER))
    district = client.get("/api/v1/wall/overview").json()
    street = next(one for one in district["children"] if one["path"] == STREET)
    assert (district["area"]["level"], street["open"]) == ("district", 1)
    below = client.get(f"/api/v1/wall/overview?area={STREET}").json()
    community = next(one for one in below["children"] if one["open"])
    grids = client.get(f"/api/v1/wall/overview?area={community['path']}").json()["children"]
    grid = next(one for one in grids if one["open"])
    bottom = client.get(f"/api/v1/wall/overview?area={grid['path']}").json()
    assert (bottom["children"], bottom["snapshot"]["kpis"]["open"]) == ([], 1)
    assert [one["level"] for one in bottom["trail"]] == ["district", "street", "community"]
    events = client.get(f"/api/v1/wall/behind?figure=open&area={grid['path']}").json()
    assert events["total"] == 1
    assert client.get("/api/v1/wall/overview?area=9999").status_code == 404


def test_the_overview_and_a_drill_cost_the_same_whatever_there_is(
    stage: Stage, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        stage.event_in("reported")
    client = browser(stage.seat(Role.LEADER))
    client.get("/api/v1/wall/overview")
    with django_assert_max_num_queries(30):
        client.get("/api/v1/wall/overview")
    with django_assert_max_num_queries(6):
        client.get("/api/v1/wall/behind?figure=open")
