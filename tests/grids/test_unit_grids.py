"""Unit grids of the town: made, mapped to the governance grids, given to collectors, cut out for a park."""

import json
import math
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from shapely.geometry import mapping

from accounts.models import User
from core.actor import SYSTEM
from core.models import HistoryRow
from grids.actions.unit_grids import ask_unit_grids, follow_publication, make_for_run, make_unit_grids, map_unit_grids
from grids.models import AreaBoundary, DutyZone, UnitGrid, UnitGridRun, UnitGridShare
from tests.grids.conftest import client_of
from tests.grids.test_boundary_imports import shape_of
from tests.grids.town import DISTRICT, Town, at, box, person

COMMUNITY = f"{DISTRICT}.001.001"
SIZE = 200


@pytest.fixture
def cut(town: Town) -> Town:
    """The first community has unit grids of 200 m."""
    make_unit_grids(communities=[town[COMMUNITY]], size_metres=SIZE, actor=SYSTEM)
    return town


def send(client: Client, method: str, address: str, body: dict[str, Any]) -> Any:
    return getattr(client, method)(f"/api/v1/{address}", body, content_type="application/json")


def collector_zone(client: Client, codes: list[str], **more: Any) -> Any:
    body = {"community_path": COMMUNITY, "kind": "collector", "name": "一号责任网格", "unit_grids": codes, **more}
    return send(client, "post", "duty-zones", body)


def codes_of(community: str = COMMUNITY) -> list[str]:
    return list(UnitGrid.objects.filter(community__path=community).order_by("code").values_list("code", flat=True))


def test_codes_are_the_community_and_three_digits_from_west_to_east_and_north_to_south(cut: Town):
    codes = codes_of()
    assert codes == [f"329905001001{number:03d}" for number in range(1, len(codes) + 1)]
    first = UnitGrid.objects.get(code=codes[0]).geometry.centroid
    last = UnitGrid.objects.get(code=codes[-1]).geometry.centroid
    assert (first.x < last.x, first.y > last.y) == (True, True)


def test_making_them_anew_replaces_them_and_is_remembered(cut: Town):
    before = len(codes_of())
    make_unit_grids(communities=[cut[COMMUNITY]], size_metres=400, actor=SYSTEM)
    assert 0 < len(codes_of()) < before
    rows = HistoryRow.objects.filter(subject_kind="area", subject_id=cut[COMMUNITY].pk, move="make_unit_grids")
    assert [row.facts["size_metres"] for row in rows.order_by("seq")] == [SIZE, 400]


def test_more_than_three_digits_can_number_are_refused_and_the_old_ones_stay(cut: Town):
    before = codes_of()
    made, refused = make_unit_grids(communities=[cut[COMMUNITY]], size_metres=40, actor=SYSTEM)
    assert (made, refused[0]["why"], codes_of()) == ({}, "too_many", before)


def test_a_run_makes_a_whole_district_and_says_what_it_made(town: Town):
    run = ask_unit_grids(area_id=town[DISTRICT].pk, size_metres=SIZE, actor=SYSTEM)
    make_for_run(run.pk)
    make_for_run(run.pk)
    run = UnitGridRun.objects.get(pk=run.pk)
    assert (run.communities, run.done, run.made, run.refused) == (4, 4, UnitGrid.objects.count(), [])


def test_the_parts_in_governance_grids_make_a_whole(cut: Town):
    totals: dict[int, float] = {}
    for unit_grid, share in UnitGridShare.objects.values_list("unit_grid_id", "share"):
        totals[unit_grid] = totals.get(unit_grid, 0.0) + share
    assert len(totals) == UnitGrid.objects.count()
    assert list(totals.values()) == pytest.approx([1.0] * len(totals), abs=0.005)
    assert UnitGridShare.objects.filter(share__lt=0.9).exists()


def test_the_mapping_follows_a_publication(cut: Town):
    grid = cut[f"{COMMUNITY}.g001"]
    AreaBoundary.objects.filter(area=grid).update(geometry=box(0, 0, 0.5, 1))
    before = UnitGridShare.objects.filter(grid=grid).count()
    follow_publication(touched=[grid.pk])
    map_unit_grids([cut[COMMUNITY].pk])
    assert UnitGridShare.objects.filter(grid=grid).count() < before


def test_a_collector_answers_for_unit_grids_and_each_belongs_to_one(cut: Town, grid_admin: Client):
    codes = codes_of()
    collector = person("collector", "collector", cut[DISTRICT])
    made = collector_zone(grid_admin, codes[:4], person_id=collector.pk)
    assert made.status_code == 201
    assert (made.json()["code"], made.json()["unit_grids"]) == ("329905001001Z001", codes[:4])
    refused = collector_zone(grid_admin, codes[3:6])
    assert (refused.status_code, refused.json()["code"]) == (409, "unit_grid_taken")
    edited = send(
        grid_admin, "put", f"duty-zones/{made.json()['id']}", {"version": 1, "name": "改名", "unit_grids": codes[:2]}
    )
    assert edited.json()["unit_grids"] == codes[:2]
    stale = send(
        grid_admin, "put", f"duty-zones/{made.json()['id']}", {"version": 1, "name": "再改", "unit_grids": codes[:2]}
    )
    assert stale.json()["code"] == "stale_version"


def test_zones_keep_their_ground_when_unit_grids_are_made_anew(cut: Town, grid_admin: Client):
    collector_zone(grid_admin, codes_of())
    make_unit_grids(communities=[cut[COMMUNITY]], size_metres=400, actor=SYSTEM)
    assert not UnitGrid.objects.filter(zone=None).exists()


def park(client: Client, west: float = 0.2, **more: Any) -> Any:
    outline = mapping(shape_of(box(west, 0.2, west + 0.3, 0.5)))
    body = {"community_path": COMMUNITY, "kind": "park", "name": "滨江公园", "outline": outline, **more}
    return send(client, "post", "duty-zones", json.loads(json.dumps(body)))


def test_a_park_is_cut_out_and_no_other_may_overlap_it(cut: Town, grid_admin: Client):
    assert park(grid_admin).json()["code"] == "329905001001S001"
    assert park(grid_admin, west=0.4).json()["code"] == "zones_overlap"
    assert park(grid_admin, west=1.9).status_code == 422
    lng, lat = at(0.3, 0.3)
    there = grid_admin.get(f"/api/v1/unit-grids/at?lng={lng}&lat={lat}").json()
    assert (there["exclusive"]["name"], there["unit_grid"]["community_path"]) == ("滨江公园", COMMUNITY)


def test_lists_take_the_same_number_of_statements_whatever_their_length(cut: Town, grid_admin: Client):
    counts = []
    for limit in (1, 40):
        grid_admin.get("/api/v1/unit-grids", {"limit": limit})
        with CaptureQueriesContext(
            connection,
        ) as statements:
            answer = grid_admin.get("/api/v1/unit-grids", {"limit": limit, "under": COMMUNITY})
        counts.append(len(statements))
        assert len(answer.json()["items"]) == limit
    assert counts[0] == counts[1]


def test_unit_grids_are_seen_inside_ones_reach_only(cut: Town, dispatcher: Client, street_desk: Client):
    other = client_of("elsewhere", "grid_admin", cut, f"{DISTRICT}.002")
    assert dispatcher.get("/api/v1/unit-grids").json()["items"] != []
    assert other.get("/api/v1/unit-grids").json()["items"] == []
    assert json.loads(other.get("/api/v1/unit-grids/geojson", {"under": COMMUNITY}).content)["features"] == []


def test_only_who_keeps_the_tree_makes_unit_grids_and_zones(cut: Town, dispatcher: Client, grid_admin: Client):
    asked = {"area_path": COMMUNITY, "size_metres": 100}
    assert send(dispatcher, "post", "unit-grids/runs", asked).status_code == 403
    assert collector_zone(dispatcher, codes_of()[:1]).status_code == 403
    assert DutyZone.objects.count() == 0
    answer = send(grid_admin, "post", "unit-grids/runs", asked)
    assert (answer.status_code, answer.json()["communities"]) == (202, 1)
    assert send(grid_admin, "post", "unit-grids/runs", {**asked, "size_metres": 5}).status_code == 422


def test_who_gives_out_ground_is_told_who_may_be_put_in_charge_there(cut: Town, grid_admin: Client):
    here = person("collector-here", "collector", cut[DISTRICT])
    inside = person("worker-inside", "grid_worker", cut[f"{COMMUNITY}.g001"])
    person("collector-elsewhere", "collector", cut[f"{DISTRICT}.002"])
    person("desk", "dispatcher", cut[DISTRICT])
    gone = person("gone", "collector", cut[DISTRICT])
    User.objects.filter(pk=gone.pk).update(is_active=False)
    told = grid_admin.get("/api/v1/duty-zones/people", {"under": COMMUNITY}).json()["items"]
    assert {one["id"] for one in told} == {here.pk, inside.pk}


def test_others_are_not_told_who_works_where(cut: Town, dispatcher: Client):
    other = client_of("elsewhere", "grid_admin", cut, f"{DISTRICT}.002")
    asked = {"under": COMMUNITY}
    assert dispatcher.get("/api/v1/duty-zones/people", asked).status_code == 403
    assert other.get("/api/v1/duty-zones/people", asked).status_code == 403
    assert other.get("/api/v1/duty-zones/people", {"under": f"{DISTRICT}.999"}).status_code == 404
    assert dispatcher.get("/api/v1/duty-zones/people").status_code == 422


def test_asking_who_may_be_put_in_charge_takes_one_statement_more_than_asking_who_asks(
    cut: Town, grid_admin: Client, django_assert_max_num_queries: Any
):
    for number in range(5):
        person(f"collector-{number}", "collector", cut[DISTRICT])
    grid_admin.get("/api/v1/duty-zones/people", {"under": COMMUNITY})
    with django_assert_max_num_queries(6):
        grid_admin.get("/api/v1/duty-zones/people", {"under": COMMUNITY})


def test_zones_are_in_the_tiles_of_unit_grids_and_leave_them_when_they_end(cut: Town, grid_admin: Client):
    made = park(grid_admin).json()
    x, y = tile_at(*at(0.3, 0.3), zoom=16)
    first = grid_admin.get(f"/tiles/unit-grids/16/{x}/{y}.mvt")
    assert all(word in first.content for word in (b"duty_zones", b"unit_grids", "滨江公园".encode()))
    grid_admin.delete(f"/api/v1/duty-zones/{made['id']}?version=1")
    then = grid_admin.get(f"/tiles/unit-grids/16/{x}/{y}.mvt")
    assert b"duty_zones" not in then.content
    assert then["etag"] != first["etag"]


def tile_at(lng: float, lat: float, *, zoom: int) -> tuple[int, int]:
    """The numbers of the tile that holds a point, by the formula of web maps."""
    side = 2**zoom
    return (
        int((lng + 180) / 360 * side),
        int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side),
    )
