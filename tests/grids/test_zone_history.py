"""Who changed which duty zone of a community, and from what to what."""

from typing import Any

import pytest
from django.test import Client

from core.actor import SYSTEM
from grids.actions.unit_grids import make_unit_grids
from grids.rules.zone_changes import differences
from tests.grids.conftest import client_of
from tests.grids.test_unit_grids import COMMUNITY, codes_of, collector_zone, park, send
from tests.grids.town import DISTRICT, Town, person

HISTORY = "/api/v1/duty-zones/history"
FULL = {"name": "一号", "person": 7, "unit_grids": ["a", "b"], "square_metres": 80, "outline_sha256": "x"}


@pytest.fixture
def cut(town: Town) -> Town:
    """The first community has unit grids of 200 m."""
    make_unit_grids(communities=[town[COMMUNITY]], size_metres=200, actor=SYSTEM)
    return town


def told(client: Client, **query: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(HISTORY, {"under": COMMUNITY, **query}).json()["items"]
    return items


def fields(row: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {one["field"]: (one["before"], one["after"]) for one in row["changes"]}


def test_every_change_of_a_zone_is_told_newest_first_with_who_and_from_what(cut: Town, grid_admin: Client):
    codes, collector = codes_of(), person("collector", "collector", cut[DISTRICT])
    zone = collector_zone(grid_admin, codes[:3]).json()
    address = f"duty-zones/{zone['id']}"
    send(
        grid_admin,
        "put",
        address,
        {"version": 1, "name": "河东", "person_id": collector.pk, "unit_grids": codes[1:4]},
    )
    grid_admin.delete(f"/api/v1/{address}?version=2")
    ended, edited, created = told(grid_admin)
    assert [row["move"] for row in (ended, edited, created)] == ["remove", "edit", "create"]
    assert {row["by"] for row in (ended, edited, created)} == {"gridadmin"}
    assert (ended["code"], ended["name"], ended["changes"]) == (zone["code"], "河东", [])
    assert fields(edited) == {"name": ("一号责任网格", "河东"), "person": ("", "collector"), "unit_grids": ("3", "3")}
    moved = next(one for one in edited["changes"] if one["field"] == "unit_grids")
    assert (moved["added"], moved["taken_out"]) == ([codes[3]], [codes[0]])
    assert fields(created)["unit_grids"] == ("", "3")


def test_one_zone_is_told_alone_and_an_outline_by_its_square_metres(cut: Town, grid_admin: Client):
    collector_zone(grid_admin, codes_of()[:1])
    made = park(grid_admin).json()
    wider = {**made["geometry"], "type": "MultiPolygon"}
    assert [row["zone_id"] for row in told(grid_admin, zone_id=made["id"])] == [made["id"]]
    send(grid_admin, "put", f"duty-zones/{made['id']}", {"version": 1, "name": "滨江公园", "outline": wider})
    same, created = told(grid_admin, zone_id=made["id"])
    assert same["changes"] == []
    before, after = fields(created)["outline"]
    assert (before, int(after) > 1000) == ("", True)


def test_others_are_not_told_who_changed_what(cut: Town, dispatcher: Client):
    other = client_of("elsewhere", "grid_admin", cut, f"{DISTRICT}.002")
    assert dispatcher.get(HISTORY, {"under": COMMUNITY}).status_code == 403
    assert other.get(HISTORY, {"under": COMMUNITY}).status_code == 403
    assert other.get(HISTORY, {"under": f"{DISTRICT}.999"}).status_code == 404
    assert dispatcher.get(HISTORY).status_code == 422


def test_a_long_history_takes_as_many_statements_as_a_short_one(
    cut: Town, grid_admin: Client, django_assert_max_num_queries: Any
):
    for code in codes_of()[:6]:
        collector_zone(grid_admin, [code])
    told(grid_admin)
    with django_assert_max_num_queries(7):
        assert len(told(grid_admin)) == 6


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (None, FULL, ["name", "person", "unit_grids"]),
        (FULL, FULL, []),
        (FULL, {**FULL, "person": None}, ["person"]),
        (FULL, {**FULL, "unit_grids": [], "outline_sha256": "y"}, ["unit_grids", "outline"]),
        ({"code": "Z001", "unit_grids": ["a", "b"], "person": 7}, FULL, []),
    ],
)
def test_only_what_both_of_two_rows_hold_is_compared(before: Any, after: Any, found: list[str]):
    assert [one["field"] for one in differences(before, after, {7: "王芳"})] == found
