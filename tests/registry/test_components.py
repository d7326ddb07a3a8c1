from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import OrgUnit
from core.history.record import of_subject
from core.models import OutboxMessage
from registry.actions.component_types import PartClass, follow_catalogue
from registry.models import COMPONENT_KIND, Component, ComponentType
from tests.grids.town import DISTRICT, Town, actor, at
from tests.registry.components import COVER, LAMP, kinds, stand

COMPONENTS = "/api/v1/components"
OWN_GRID = f"{DISTRICT}.002.001.g001"


@pytest.fixture(autouse=True)
def known_kinds(db: None) -> None:
    kinds()


def sent(client: Client, way: str, address: str, body: dict[str, Any]) -> Any:
    return getattr(client, way)(address, body, content_type="application/json", headers={"idempotency-key": "k" * 16})


def test_a_component_gets_the_next_code_of_its_type_and_its_place(town: Town, grid_admin: Client) -> None:
    lng, lat = at(2.5, 0.5)
    body = {"type_code": COVER, "lng": lng, "lat": lat, "address": "富春路 3 号", "inspection_due": "2026-12-01"}
    told = sent(grid_admin, "post", COMPONENTS, body).json()
    assert (told["code"], told["state"], told["area_path"]) == ("3299050103000001", "intact", OWN_GRID)
    component = Component.objects.get(pk=told["id"])
    assert component.grid_id == town[OWN_GRID].pk
    assert [row.move for row in of_subject(COMPONENT_KIND, component.pk)] == ["register"]
    assert OutboxMessage.objects.get(type="component.changed").payload["row"]["code"] == told["code"]
    assert stand(2.6, 0.5).code == "3299050103000002"


def test_only_who_keeps_the_register_registers(town: Town, dispatcher: Client) -> None:
    lng, lat = at(2.5, 0.5)
    answer = sent(dispatcher, "post", COMPONENTS, {"type_code": COVER, "lng": lng, "lat": lat})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"type_code": "no_such"}, "unknown_type"),
        ({"code": "123"}, "malformed"),
        ({"code": "3299050115000001"}, "other_type"),
        ({"code": "1111110103000001"}, "other_district"),
        ({"maintainer_unit_id": 999_999}, "unknown_unit"),
    ],
)
def test_what_is_wrong_is_said_by_field(town: Town, grid_admin: Client, change: dict[str, Any], code: str) -> None:
    lng, lat = at(2.5, 0.5)
    answer = sent(grid_admin, "post", COMPONENTS, {"type_code": COVER, "lng": lng, "lat": lat} | change)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == code


def test_a_code_is_given_once(town: Town, grid_admin: Client) -> None:
    taken = stand(2.5, 0.5).code
    lng, lat = at(2.6, 0.6)
    answer = sent(grid_admin, "post", COMPONENTS, {"type_code": COVER, "lng": lng, "lat": lat, "code": taken})
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate_component_code")


def test_outside_the_district_nothing_is_registered(town: Town, grid_admin: Client) -> None:
    answer = sent(grid_admin, "post", COMPONENTS, {"type_code": COVER, "lng": 100.0, "lat": 20.0})
    assert answer.json()["code"] == "outside_division_tree"


def test_a_list_shows_what_lies_in_reach_by_code(
    town: Town, dispatcher: Client, grid_worker: Client, django_assert_num_queries: Any
) -> None:
    near, far = stand(2.5, 0.5), stand(0.5, 1.5, type_code=LAMP)
    items = dispatcher.get(COMPONENTS).json()["items"]
    assert [row["code"] for row in items] == [near.code, far.code]
    assert [row["id"] for row in grid_worker.get(COMPONENTS).json()["items"]] == [near.pk]
    assert grid_worker.get(f"{COMPONENTS}/{far.pk}").status_code == 404
    stand(2.51, 0.5)
    with django_assert_num_queries(5):
        dispatcher.get(COMPONENTS)


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"type_code": LAMP}, 1),
        ({"main_class": "公用设施"}, 2),
        ({"state": "damaged"}, 1),
        ({"text": "32990501"}, 2),
        ({"text": "梧桐"}, 1),
        ({"area_path": f"{DISTRICT}.001"}, 1),
        ({"area_path": "3299"}, 2),
        ({"area_path": "none.such"}, 0),
    ],
)
def test_a_list_is_narrowed(town: Town, dispatcher: Client, narrowed: dict[str, str], found: int) -> None:
    stand(2.5, 0.5)
    stand(0.5, 1.5, type_code=LAMP, state="damaged", address="梧桐街 8 号")
    assert len(dispatcher.get(COMPONENTS, narrowed).json()["items"]) == found


def test_pages_follow_each_other(town: Town, dispatcher: Client) -> None:
    codes = [stand(2.5 + step / 100, 0.5, inspection_due=date(2026, 1, 1)).code for step in range(3)]
    for address in (COMPONENTS, f"{COMPONENTS}/due"):
        first = dispatcher.get(address, {"limit": 2}).json()
        second = dispatcher.get(address, {"limit": 2, "cursor": first["next"]}).json()
        assert [row["code"] for row in first["items"] + second["items"]] == codes


def test_an_edit_is_kept_with_what_was_there_before(town: Town, grid_admin: Client) -> None:
    component = stand(2.5, 0.5, owner="自来水公司")
    unit = OrgUnit.objects.create(code="paishui", name="排水所", short_name="排水所", kind="department")
    body = {"version": 1, "maintainer_unit_id": unit.pk, "owner": "", "type_code": LAMP}
    told = sent(grid_admin, "put", f"{COMPONENTS}/{component.pk}", body).json()
    assert (told["maintainer"]["name"], told["owner"]["name"], told["type_code"]) == ("排水所", "", LAMP)
    rows = grid_admin.get(f"{COMPONENTS}/{component.pk}/history").json()["items"]
    assert rows[-1]["changes"]["owner"] == ["自来水公司", None]
    stale = sent(grid_admin, "put", f"{COMPONENTS}/{component.pk}", {"version": 1, "address": "x"})
    assert stale.status_code in (409, 422)


def test_a_move_takes_the_component_to_another_grid(town: Town, grid_admin: Client, grid_worker: Client) -> None:
    component = stand(2.5, 0.5)
    assert grid_worker.get(f"{COMPONENTS}/{component.pk}").status_code == 200
    lng, lat = at(0.5, 0.5)
    told = sent(grid_admin, "post", f"{COMPONENTS}/{component.pk}/relocate", {"version": 1, "lng": lng, "lat": lat})
    assert told.json()["area_path"] == f"{DISTRICT}.001.001.g001"
    assert grid_worker.get(f"{COMPONENTS}/{component.pk}").status_code == 404


def test_a_grid_worker_reports_damage_and_the_keeper_repairs(
    town: Town, grid_worker: Client, grid_admin: Client
) -> None:
    component = stand(2.5, 0.5)
    state = f"{COMPONENTS}/{component.pk}/state"
    told = sent(grid_worker, "post", state, {"version": 1, "move": "report_damage", "note": "井圈开裂"}).json()
    assert (told["state"], told["allowed_moves"]) == ("damaged", ["report_loss"])
    refused = grid_worker.post(state, {"version": 2, "move": "repair"}, content_type="application/json")
    assert refused.status_code == 403
    assert sent(grid_admin, "post", state, {"version": 2, "move": "repair"}).json()["state"] == "intact"
    wrong = grid_admin.post(state, {"version": 3, "move": "restore"}, content_type="application/json")
    assert wrong.json()["code"] == "move_not_allowed"


def test_a_removed_component_leaves_lists_and_map_but_not_history(town: Town, grid_admin: Client) -> None:
    component = stand(2.5, 0.5)
    state = f"{COMPONENTS}/{component.pk}/state"
    sent(grid_admin, "post", state, {"version": 1, "move": "remove", "note": "道路改造"})
    assert grid_admin.get(COMPONENTS).json()["items"] == []
    moves = [row["move"] for row in grid_admin.get(f"{COMPONENTS}/{component.pk}/history").json()["items"]]
    assert moves == ["register", "remove"]
    edit = grid_admin.put(
        f"{COMPONENTS}/{component.pk}", {"version": 2, "address": "x"}, content_type="application/json"
    )
    assert edit.json()["code"] == "component_removed"


def test_what_stands_near_is_proposed_nearest_first(town: Town, dispatcher: Client) -> None:
    lng, lat = at(2.5, 0.5)
    close, next_one, lamp = stand(2.502, 0.5), stand(2.51, 0.5), stand(2.503, 0.5, type_code=LAMP)
    stand(2.6, 0.5)
    near: Any = {"lng": lng, "lat": lat, "metres": 20}
    items = dispatcher.get(f"{COMPONENTS}/near", near).json()["items"]
    assert [row["id"] for row in items] == [close.pk, lamp.pk, next_one.pk]
    assert items[0]["distance_m"] == pytest.approx(1.9, abs=0.2)
    covers = dispatcher.get(f"{COMPONENTS}/near", near | {"type_code": COVER}).json()
    assert [row["id"] for row in covers["items"]] == [close.pk, next_one.pk]


def test_inspections_are_due_in_the_order_of_their_days(town: Town, grid_worker: Client) -> None:
    late = stand(2.5, 0.5, inspection_due=date(2026, 3, 1))
    later = stand(2.5, 0.6, inspection_due=date(2026, 2, 1))
    stand(2.5, 0.7, inspection_due=date(2036, 1, 1))
    stand(0.5, 0.5, inspection_due=date(2026, 2, 1))
    items = grid_worker.get(f"{COMPONENTS}/due", {"until": "2026-06-01"}).json()["items"]
    assert [row["id"] for row in items] == [later.pk, late.pk]


def test_a_class_that_left_the_catalogue_takes_no_new_components(town: Town, grid_admin: Client) -> None:
    component = stand(2.5, 0.5)
    follow_catalogue([PartClass(LAMP, "0115", "路灯（新）", "公用设施", "chengguan")])
    kinds_told = grid_admin.get(f"{COMPONENTS}/types").json()["items"]
    assert [kind["name"] for kind in kinds_told] == ["路灯（新）"]
    assert grid_admin.get(f"{COMPONENTS}/{component.pk}").json()["type_name"] == "雨水井盖"
    assert ComponentType.objects.get(code=COVER).is_current is False


def test_components_are_seen_by_those_whose_area_they_stand_in(town: Town) -> None:
    stand(2.5, 0.5)
    assert Component.objects.visible_to(actor("dispatcher", town[DISTRICT])).count() == 1
    assert Component.objects.visible_to(actor("dispatcher", town[f"{DISTRICT}.001"])).count() == 0
