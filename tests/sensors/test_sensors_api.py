from typing import Any

import pytest
from django.test import Client

from accounts.models import OrgUnit
from core.actor import SYSTEM
from core.history.record import of_subject
from core.models import OutboxMessage
from sensors.actions.sensors import change_sensor_state, register_sensor
from sensors.live import sensor_audience
from sensors.models import SENSOR_KIND, Sensor
from tests.grids.town import DISTRICT, Town, actor, at
from tests.sensors.devices import sensor

SENSORS = "/api/v1/sensors"
OWN_GRID = f"{DISTRICT}.002.001.g001"


def body(**values: Any) -> dict[str, Any]:
    lng, lat = at(2.5, 0.5)
    return {"code": "SW-001", "name": "望江闸水位", "kind": "water_level", "lng": lng, "lat": lat} | values


def sent(client: Client, way: str, address: str, values: dict[str, Any]) -> Any:
    return getattr(client, way)(
        address, values, content_type="application/json", headers={"idempotency-key": f"{address}{values}"[-60:]}
    )


def test_a_sensor_is_registered_where_it_stands_with_history_and_a_live_update(town: Town, grid_admin: Client) -> None:
    unit = OrgUnit.objects.create(code="shuiwu", name="水务局", short_name="水务局", kind="department")
    given = body(address="江堤 3 号闸", maker="某厂", model_name="RL-1", installed_on="2025-06-01", unit_id=unit.pk)
    answer = sent(grid_admin, "post", SENSORS, given)
    told = answer.json()
    assert (answer.status_code, told["state"], told["area_path"], told["unit_name"]) == (
        201, "in_use", OWN_GRID, "水务局",
    )  # fmt: skip
    assert (told["version"], told["may_edit"], told["installed_on"]) == (1, True, "2025-06-01")
    assert told["allowed_moves"] == ["switch_off", "remove", "edit"]
    one = Sensor.objects.get(pk=told["id"])
    assert (one.grid_id, one.district_id) == (town[OWN_GRID].pk, town[DISTRICT].pk)
    assert [row.move for row in of_subject(SENSOR_KIND, one.pk)] == ["register"]
    update = OutboxMessage.objects.get(type="sensor.changed")
    assert (update.payload["row"]["code"], f"area:{DISTRICT}" in update.after) == ("SW-001", True)


def test_only_who_keeps_the_register_registers_edits_and_removes(town: Town, dispatcher: Client) -> None:
    one = sensor()
    refused = [
        sent(dispatcher, "post", SENSORS, body()),
        sent(dispatcher, "patch", f"{SENSORS}/{one.pk}", {"version": 1, "name": "x"}),
        sent(dispatcher, "post", f"{SENSORS}/{one.pk}/state", {"version": 1, "move": "remove"}),
        dispatcher.get(f"{SENSORS}/export.xlsx"),
        dispatcher.get(f"{SENSORS}/template.xlsx"),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(403, "forbidden")] * 5
    assert dispatcher.get(f"{SENSORS}/{one.pk}").json()["allowed_moves"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "telepathy"},
        {"lng": 200},
        {"lat": "NaN"},
        {"code": ""},
        {"name": " "},
        {"name": "长" * 81},
        {"installed_on": "昨天"},
        {"unit_id": 999_999},
    ],
)
def test_what_is_wrong_is_said_by_field(town: Town, grid_admin: Client, wrong: dict[str, Any]) -> None:
    answer = sent(grid_admin, "post", SENSORS, body(**wrong))
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == list(wrong)


def test_a_code_is_given_once_and_who_has_it_is_not_told(town: Town, grid_admin: Client) -> None:
    sensor(code="SW-001", name="老水位计")
    answer = sent(grid_admin, "post", SENSORS, body())
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate_sensor_code")
    assert "老水位计" not in str(answer.json())


def test_outside_the_district_nothing_is_registered(town: Town, grid_admin: Client) -> None:
    assert sent(grid_admin, "post", SENSORS, body(lng=100.0, lat=20.0)).json()["code"] == "outside_division_tree"


def test_a_list_shows_what_lies_in_reach_by_code_at_the_same_cost_for_any_number(
    town: Town, dispatcher: Client, grid_worker: Client, street_desk: Client, django_assert_num_queries: Any
) -> None:
    near, far = sensor(2.5, 0.5), sensor(0.5, 1.5)
    assert [row["id"] for row in dispatcher.get(SENSORS).json()["items"]] == [near.pk, far.pk]
    assert [row["id"] for row in grid_worker.get(SENSORS).json()["items"]] == [near.pk]
    assert [row["id"] for row in street_desk.get(SENSORS).json()["items"]] == [far.pk]
    for address in (f"{SENSORS}/{far.pk}", f"{SENSORS}/{far.pk}/history"):
        assert grid_worker.get(address).status_code == 404
    sensor(2.51, 0.5)
    with django_assert_num_queries(4):
        dispatcher.get(SENSORS)


BOX = ",".join(str(number) for number in (*at(0, 1), *at(1, 2)))


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"kind": "rainfall"}, ["R1"]),
        ({"theme": "air"}, ["P1"]),
        ({"state": "switched_off"}, ["R1"]),
        ({"q": "梧桐"}, ["R1"]),
        ({"q": "p1"}, ["P1"]),
        ({"area": f"{DISTRICT}.001"}, ["R1"]),
        ({"area": f"{DISTRICT}.00"}, []),
        ({"bbox": BOX}, ["R1"]),
        ({"state": "removed"}, []),
    ],
)
def test_a_list_is_narrowed(town: Town, dispatcher: Client, narrowed: dict[str, str], found: list[str]) -> None:
    sensor(2.5, 0.5, code="P1", kind="pm25", name="空气站")
    rain = sensor(0.5, 1.5, code="R1", kind="rainfall", name="雨量站", address="梧桐街 8 号")
    change_sensor_state(sensor_id=rain.pk, version=1, move="switch_off", actor=SYSTEM)
    assert [row["code"] for row in dispatcher.get(SENSORS, narrowed).json()["items"]] == found


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "10,0,5,1", "0,0,nan,1", "0,0,1,200"])
def test_a_box_that_is_none_is_refused(town: Town, dispatcher: Client, box: str) -> None:
    answer = dispatcher.get(SENSORS, {"bbox": box})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "bbox")


def test_pages_follow_each_other(town: Town, dispatcher: Client) -> None:
    codes = [sensor(2.5 + step / 100, 0.5).code for step in range(3)]
    first = dispatcher.get(SENSORS, {"limit": 2}).json()
    second = dispatcher.get(SENSORS, {"limit": 2, "cursor": first["next"]}).json()
    assert [row["code"] for row in first["items"] + second["items"]] == codes


def test_a_change_keeps_what_was_there_before_and_a_stale_one_is_refused(town: Town, grid_admin: Client) -> None:
    one = sensor(maker="甲厂")
    lng, lat = at(0.5, 0.5)
    moved = {"version": 1, "maker": "乙厂", "lng": lng, "lat": lat}
    told = sent(grid_admin, "patch", f"{SENSORS}/{one.pk}", moved).json()
    assert (told["maker"], told["area_path"], told["version"]) == ("乙厂", f"{DISTRICT}.001.001.g001", 2)
    row = grid_admin.get(f"{SENSORS}/{one.pk}/history").json()["items"][-1]
    assert (row["move"], row["changes"]["maker"], row["changes"]["area"]) == (
        "edit", ["甲厂", "乙厂"], [OWN_GRID, f"{DISTRICT}.001.001.g001"],
    )  # fmt: skip
    stale = sent(grid_admin, "patch", f"{SENSORS}/{one.pk}", {"version": 1, "maker": "丙厂"})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    blind = sent(grid_admin, "patch", f"{SENSORS}/{one.pk}", {"maker": "丙厂"})
    assert (blind.status_code, blind.json()["errors"][0]["field"]) == (422, "version")


def test_a_change_of_nothing_leaves_no_trace(town: Town, grid_admin: Client) -> None:
    one = sensor(maker="甲厂")
    assert sent(grid_admin, "patch", f"{SENSORS}/{one.pk}", {"version": 1, "maker": "甲厂"}).json()["version"] == 1
    assert len(of_subject(SENSOR_KIND, one.pk)) == 1


def test_a_sensor_is_switched_off_and_on_removed_and_restored(town: Town, grid_admin: Client) -> None:
    one = sensor()
    states = []
    for version, move in enumerate(("switch_off", "switch_on", "remove", "restore"), start=1):
        told = sent(grid_admin, "post", f"{SENSORS}/{one.pk}/state", {"version": version, "move": move, "note": "检修"})
        states.append(told.json()["state"])
    assert states == ["switched_off", "in_use", "removed", "in_use"]
    notes = [row["note"] for row in grid_admin.get(f"{SENSORS}/{one.pk}/history").json()["items"]]
    assert notes == ["", *["检修"] * 4]
    wrong = sent(grid_admin, "post", f"{SENSORS}/{one.pk}/state", {"version": 5, "move": "switch_on"})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "move_not_allowed")


def test_a_removed_sensor_leaves_the_list_but_not_the_register_and_is_not_edited(
    town: Town, grid_admin: Client
) -> None:
    one = sensor()
    change_sensor_state(sensor_id=one.pk, version=1, move="remove", actor=SYSTEM)
    assert grid_admin.get(SENSORS).json()["items"] == []
    assert [row["id"] for row in grid_admin.get(SENSORS, {"state": "removed"}).json()["items"]] == [one.pk]
    edit = sent(grid_admin, "patch", f"{SENSORS}/{one.pk}", {"version": 2, "name": "x"})
    assert (edit.status_code, edit.json()["code"]) == (409, "sensor_removed")


def test_who_may_see_a_sensor_is_who_is_told_of_it(town: Town) -> None:
    one = sensor()
    for path, sees in ((DISTRICT, True), (OWN_GRID, True), (f"{DISTRICT}.001", False)):
        reader = actor("dispatcher", town[path])
        assert Sensor.objects.visible_to(reader).filter(pk=one.pk).exists() is sees
        assert (f"area:{path}" in sensor_audience(one.area_path)) is sees


def test_a_field_that_a_sensor_does_not_have_is_a_fault_of_the_caller(town: Town) -> None:
    with pytest.raises(TypeError, match="colour"):
        register_sensor(actor=SYSTEM, **body(), colour="red")


def test_kinds_are_told_with_unit_and_range_and_who_may_edit(
    town: Town, dispatcher: Client, grid_admin: Client
) -> None:
    told = dispatcher.get(f"{SENSORS}/kinds").json()
    ponding = next(row for row in told["items"] if row["code"] == "ponding")
    assert (told["may_edit"], ponding["unit"], ponding["usual_to"]) == (False, "cm", 300)
    assert grid_admin.get(f"{SENSORS}/kinds").json()["may_edit"] is True
