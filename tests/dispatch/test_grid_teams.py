"""Teams 1+3+N of the grids, what they lack, and who comes when the grid's own people are off duty."""

from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.actor import SYSTEM
from core.clock import now
from core.models import HistoryRow
from dispatch.actions.grid_teams import follow_areas, name_member
from dispatch.models import GridTeamMember, Position, Responder
from dispatch.queries.answering import answering
from dispatch.queries.responders import choose_verifier
from grids.queries.neighbours import neighbours_of
from tests.dispatch import factories
from tests.grids.conftest import client_of
from tests.grids.town import DISTRICT, Town, at, build_town

GRID = f"{DISTRICT}.001.001.g001"
BESIDE = f"{DISTRICT}.001.001.g002"
FAR = f"{DISTRICT}.002.002.g002"


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


@pytest.fixture
def grid_admin(town: Town) -> Client:
    return client_of("gridadmin", "grid_admin", town, DISTRICT)


def worker(area_path: str, place: tuple[float, float] | None = None, *, on_duty: bool = True) -> Responder:
    found = factories.responder(area_path=area_path, at=None, on_duty=on_duty)
    if place is not None:
        Position.objects.create(responder=found, point=Point(*place, srid=4326), at=now())
    return found


def post(client: Client, address: str, **body: Any) -> Any:
    return client.post(f"/api/v1/{address}", body, content_type="application/json")


def test_neighbours_are_the_grids_that_share_a_border_or_a_corner(town: Town):
    assert neighbours_of(GRID) == [BESIDE, f"{DISTRICT}.001.002.g001", f"{DISTRICT}.001.002.g002"]
    assert neighbours_of(DISTRICT) == []


def test_the_grids_own_worker_comes_before_a_nearer_one_and_a_neighbour_before_the_nearest(town: Town):
    nearest = worker(FAR, at(0.5, 0.5))
    beside = worker(BESIDE, at(1.9, 0.5))
    own = worker(GRID, at(0.1, 0.1))
    worker(GRID, at(0.5, 0.5), on_duty=False)
    lng, lat = at(0.5, 0.5)
    found = answering(grid_path=GRID, lng=lng, lat=lat)
    assert [(one.responder.pk, one.of) for one in found] == [
        (own.pk, "own"),
        (beside.pk, "neighbour"),
        (nearest.pk, "nearest"),
    ]


def test_a_neighbour_verifies_while_the_grids_own_worker_is_off_duty(town: Town):
    worker(GRID, at(0.5, 0.5), on_duty=False)
    worker(FAR, at(0.5, 0.5))
    beside = worker(BESIDE, at(1.9, 0.5))
    lng, lat = at(0.5, 0.5)
    assert choose_verifier(area_path=GRID, lng=lng, lat=lat) == beside


def test_a_team_has_its_worker_without_being_told(town: Town, grid_admin: Client):
    worker(GRID)
    named = post(grid_admin, "grid-teams/members", grid_path=GRID, post="leader", name="邓桂兰", phone="13800000000")
    assert named.status_code == 201
    team = grid_admin.get("/api/v1/grid-teams", {"grid_path": GRID}).json()
    assert [(member["post"], member["on_duty"]) for member in team["members"]] == [
        ("leader", None),
        ("full_time", True),
    ]
    assert team["lacks"] == []
    assert "13800000000" not in str(team)


def test_a_grid_has_one_leader(town: Town, grid_admin: Client):
    post(grid_admin, "grid-teams/members", grid_path=GRID, post="leader", name="邓桂兰")
    refused = post(grid_admin, "grid-teams/members", grid_path=GRID, post="leader", name="王芳")
    assert (refused.status_code, refused.json()["code"]) == (409, "post_held")
    member = GridTeamMember.objects.get()
    assert grid_admin.delete(f"/api/v1/grid-teams/members/{member.pk}").status_code == 204
    assert post(grid_admin, "grid-teams/members", grid_path=GRID, post="leader", name="王芳").status_code == 201
    rows = HistoryRow.objects.filter(subject_kind="grid_team_member", subject_id=member.pk).order_by("seq")
    assert [row.move for row in rows] == ["name", "release"]


def test_gaps_say_what_each_grid_lacks_now(town: Town, grid_admin: Client):
    worker(GRID)
    worker(BESIDE, on_duty=False)
    name_member(grid_path=GRID, post="leader", name="邓桂兰", actor=SYSTEM)
    gaps = grid_admin.get("/api/v1/responsibility/gaps", {"under": f"{DISTRICT}.001.001"}).json()
    assert (gaps["grids"], gaps["complete"]) == (2, 1)
    assert gaps["lacking"] == {"leader": 1, "full_time": 0, "on_duty": 1}
    assert [(item["path"], item["lacks"], item["workers"]) for item in gaps["items"]] == [
        (BESIDE, ["leader", "on_duty"], 1)
    ]


def test_gaps_take_the_same_number_of_statements_whatever_the_number_of_grids(town: Town, grid_admin: Client):
    counts = []
    for under in (f"{DISTRICT}.001.001", DISTRICT):
        with CaptureQueriesContext(connection) as statements:
            grid_admin.get("/api/v1/responsibility/gaps", {"under": under})
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_somebody_else_sees_neither_team_nor_gaps(town: Town):
    other = client_of("elsewhere", "grid_admin", town, f"{DISTRICT}.002")
    assert other.get("/api/v1/grid-teams", {"grid_path": GRID}).status_code == 404
    assert other.get("/api/v1/responsibility/gaps", {"under": f"{DISTRICT}.001"}).json()["grids"] == 0
    assert post(other, "grid-teams/members", grid_path=GRID, post="leader", name="王芳").status_code == 404


def test_a_dispatcher_looks_but_does_not_name(town: Town):
    client = client_of("dispatcher", "dispatcher", town, DISTRICT)
    assert client.get("/api/v1/grid-teams", {"grid_path": GRID}).status_code == 200
    assert post(client, "grid-teams/members", grid_path=GRID, post="leader", name="王芳").status_code == 403
    assert post(client, "duty-lists", **line()).status_code == 403


def line(**values: Any) -> dict[str, Any]:
    usual = {"area_path": DISTRICT, "level": "grid", "kind": "duty", "title": "日常巡查", "post": "full_time"}
    return {**usual, "times": 2, "per": "day", **values}


def test_a_line_for_the_district_is_due_in_every_grid(town: Town, grid_admin: Client):
    made = post(grid_admin, "duty-lists", **line()).json()
    post(grid_admin, "duty-lists", **line(area_path=BESIDE, title="独居老人走访", per="week"))
    here = grid_admin.get("/api/v1/duty-lists", {"area_path": GRID}).json()["items"]
    beside = grid_admin.get("/api/v1/duty-lists", {"area_path": BESIDE}).json()["items"]
    assert ([one["title"] for one in here], len(beside)) == (["日常巡查"], 2)
    address = f"/api/v1/duty-lists/{made['id']}"
    changed = grid_admin.put(address, {**line(times=3), "version": 1}, content_type="application/json").json()
    assert (changed["times"], changed["version"]) == (3, 2)
    stale = grid_admin.put(address, {**line(), "version": 1}, content_type="application/json")
    assert stale.json()["code"] == "stale_version"
    assert grid_admin.delete(f"{address}?version=2").status_code == 204


def test_a_team_goes_with_the_ground_when_its_grid_is_merged_away(town: Town):
    name_member(grid_path=GRID, post="leader", name="邓桂兰", actor=SYSTEM)
    name_member(grid_path=BESIDE, post="leader", name="王芳", actor=SYSTEM)
    follow_areas(moved={BESIDE: GRID})
    assert sorted(GridTeamMember.objects.values_list("grid_path", "post", "name")) == [
        (GRID, "leader", "邓桂兰"),
        (GRID, "part_time", "王芳"),
    ]
