import json
from typing import Any

import pytest
from django.test import Client

from core.actor import Actor
from grids.actions.draft_edits import split_area
from grids.models import BoundaryDraft, DraftArea
from tests.grids.conftest import client_of
from tests.grids.test_drafts import COMMUNITY, ONE, TWO, line, publish, ref, square, step
from tests.grids.town import DISTRICT, Town, at, person

DRAFTS = "/api/v1/area-drafts"


@pytest.fixture
def second_admin(town: Town) -> Client:
    return client_of("second", "grid_admin", town, DISTRICT)


def send(client: Client, url: str, body: dict[str, Any]) -> Any:
    return client.post(url, json.dumps(body), content_type="application/json")


def path_of(line: Any) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [list(point) for point in line.coords]}


@pytest.fixture
def opened(grid_admin: Client) -> dict[str, Any]:
    answer = send(grid_admin, DRAFTS, {"root_path": DISTRICT, "title": "年度调整"})
    assert answer.status_code == 201
    return dict(answer.json())


def steps(opened: dict[str, Any]) -> str:
    return f"{DRAFTS}/{opened['id']}/steps"


def test_a_draft_goes_from_the_first_line_to_the_published_map(
    town: Town, grid_admin: Client, second_admin: Client, opened: dict[str, Any]
) -> None:
    cut = send(
        grid_admin,
        steps(opened),
        {"tool": "split", "version": 1, "refs": [ref(town, ONE)], "line": path_of(line((0.7, -0.1), (0.7, 1.1)))},
    ).json()
    assert cut["draft"]["changes"] == {"add": 1, "change": 1, "close": 0}
    assert cut["draft"]["undo"] == {"tool": "split", "by": "gridadmin", "mine": True}
    merged = send(
        grid_admin, steps(opened), {"tool": "merge", "version": 2, "refs": [ref(town, TWO), cut["refs"][1]]}
    ).json()
    checks = grid_admin.get(f"{DRAFTS}/{opened['id']}/checks").json()
    assert checks["blocking"] == 0
    moves = f"{DRAFTS}/{opened['id']}/moves"
    submitted = send(grid_admin, moves, {"move": "submit", "version": merged["draft"]["version"]}).json()
    assert submitted["state"] == "submitted" and submitted["allowed_moves"] == ["take_back", "withdraw"]
    own = send(grid_admin, moves, {"move": "publish", "version": submitted["version"]})
    assert (own.status_code, own.json()["code"]) == (403, "own_draft")
    published = send(second_admin, moves, {"move": "publish", "version": submitted["version"]}).json()
    assert published["state"] == "published" and published["published_at"] is not None
    lng, lat = at(0.85, 0.5)
    assert grid_admin.get(f"/api/v1/areas/locate?lng={lng}&lat={lat}").json()["path"] == TWO
    history = grid_admin.get(f"{DRAFTS}/{opened['id']}/history").json()["items"]
    assert [row["move"] for row in history] == ["publish", "submit", "merge", "split", "open"]


def test_the_plan_shows_the_draft_over_the_published_outlines(
    town: Town, grid_admin: Client, opened: dict[str, Any]
) -> None:
    send(
        grid_admin,
        steps(opened),
        {"tool": "split", "version": 1, "refs": [ref(town, ONE)], "line": path_of(line((0.7, -0.1), (0.7, 1.1)))},
    )
    plan = grid_admin.get(f"{DRAFTS}/{opened['id']}/plan?under={COMMUNITY}").json()
    assert plan["version"] == 2
    shown = [(area["change"], area["code"][-4:], area["before"] is not None) for area in plan["areas"]]
    assert shown == [("change", "G001", True), ("", "G002", False), ("add", "G003", False)]
    whole = grid_admin.get(f"{DRAFTS}/{opened['id']}/plan").json()
    assert len(whole["areas"]) == 9
    assert grid_admin.get(f"{DRAFTS}/{opened['id']}/plan?under=3299").status_code == 404


def test_the_plan_asks_a_fixed_number_of_things(
    town: Town, grid_admin: Client, opened: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(7):
        grid_admin.get(f"{DRAFTS}/{opened['id']}/plan")
    with django_assert_max_num_queries(8):
        grid_admin.get(DRAFTS)


def test_a_step_on_an_older_version_is_told_who_was_faster(
    town: Town, grid_admin: Client, second_admin: Client, opened: dict[str, Any]
) -> None:
    body = {"tool": "write", "version": 1, "refs": [ref(town, ONE)], "name": "甲"}
    assert send(second_admin, steps(opened), body).status_code == 200
    late = send(grid_admin, steps(opened), body | {"name": "乙"})
    assert late.status_code == 409
    assert (late.json()["code"], late.json()["by"], late.json()["current_version"]) == ("stale_version", "second", 2)
    assert DraftArea.objects.get().name == "甲"


def test_undo_codes_and_border_over_http(town: Town, grid_admin: Client, opened: dict[str, Any]) -> None:
    border = grid_admin.get(f"{DRAFTS}/{opened['id']}/border?one={ref(town, ONE)}&other={ref(town, TWO)}").json()
    assert sorted(border["line"]["coordinates"]) == [list(at(1, 0)), list(at(1, 1))]
    drawn = {"type": "Polygon", "coordinates": [[list(point) for point in square(0, 0.4, 1, 1).exterior.coords]]}
    body = {"tool": "draw", "version": 1, "parent": ref(town, COMMUNITY), "outline": drawn, "name": "北片"}
    assert send(grid_admin, steps(opened), body).status_code == 200
    codes = grid_admin.get(f"{DRAFTS}/{opened['id']}/codes?parent={ref(town, COMMUNITY)}").json()["items"]
    assert [(row["name"], row["code"][-1]) for row in codes] == [("北片", "1"), ("2号网格", "2"), ("1号网格", "3")]
    done = send(grid_admin, steps(opened), {"tool": "renumber", "version": 2, "parent": ref(town, COMMUNITY)}).json()
    assert len(done["refs"]) == 2
    assert send(grid_admin, steps(opened), {"tool": "undo", "version": 3}).json()["draft"]["undo"]["tool"] == "draw"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"tool": "split", "version": 1, "refs": ["a1"]}, 422),
        ({"tool": "melt", "version": 1}, 422),
        ({"tool": "split", "version": 1, "refs": ["a1"], "line": {"type": "Point", "coordinates": [118, 32]}}, 422),
        ({"tool": "split", "version": 1, "refs": ["a1"], "line": {"type": "LineString", "coordinates": [[1]]}}, 422),
        ({"tool": "write", "version": 1, "refs": ["a0"], "name": "甲"}, 404),
        ({"tool": "write", "version": 1, "refs": ["'; drop"], "name": "甲"}, 404),
    ],
)
def test_a_step_that_says_too_little_or_nonsense_is_refused(
    grid_admin: Client, opened: dict[str, Any], body: dict[str, Any], status: int
) -> None:
    assert send(grid_admin, steps(opened), body).status_code == status


def test_a_line_that_cuts_nothing_is_answered_in_words(town: Town, grid_admin: Client, opened: dict[str, Any]) -> None:
    body = {"tool": "split", "version": 1, "refs": [ref(town, ONE)], "line": path_of(line((5, 5), (6, 6)))}
    answer = send(grid_admin, steps(opened), body)
    assert (answer.status_code, answer.json()["reason"]) == (422, "line_does_not_cross")
    assert "从区域外一侧画到另一侧" in answer.json()["detail"]


def test_who_may_not_change_the_tree_does_not_look_into_drafts(
    town: Town, dispatcher: Client, grid_worker: Client, opened: dict[str, Any]
) -> None:
    assert dispatcher.get(f"{DRAFTS}/{opened['id']}").status_code == 404
    assert dispatcher.get(DRAFTS).json()["items"] == []
    assert grid_worker.get(f"{DRAFTS}/{opened['id']}").status_code == 404
    assert send(dispatcher, DRAFTS, {"root_path": DISTRICT}).status_code == 403
    assert send(grid_worker, steps(opened), {"tool": "undo", "version": 1}).status_code == 404


def test_the_admin_of_a_street_sees_and_opens_only_its_own(town: Town, opened: dict[str, Any]) -> None:
    street = client_of("streetadmin", "grid_admin", town, f"{DISTRICT}.002")
    assert street.get(f"{DRAFTS}/{opened['id']}").status_code == 404
    assert send(street, DRAFTS, {"root_path": f"{DISTRICT}.001"}).status_code == 403
    own = send(street, DRAFTS, {"root_path": f"{DISTRICT}.002"})
    assert own.status_code == 201
    assert [row["id"] for row in street.get(DRAFTS).json()["items"]] == [own.json()["id"]]


def test_closed_grids_leave_the_lists_and_their_ground_is_followed(
    town: Town, grid_admin: Client, draft: BoundaryDraft, editor: Actor, reviewer: Actor, grid_worker: Client
) -> None:
    split_area(**step(draft, editor), ref=ref(town, ONE), line=line((0.7, -0.1), (0.7, 1.1)))
    publish(draft, editor, reviewer)
    rows = grid_admin.get(f"/api/v1/areas/succession?under={DISTRICT}").json()["items"]
    assert [(row["old_path"], row["new_path"], round(row["share"], 2)) for row in rows] == [
        (ONE, ONE, 0.7),
        (ONE, f"{COMMUNITY}.g003", 0.3),
    ]
    assert grid_worker.get(f"/api/v1/areas/succession?under={DISTRICT}").json()["items"] == []
    grids = grid_admin.get(f"/api/v1/areas?level=grid&parent_path={COMMUNITY}").json()["items"]
    assert len(grids) == 3


def test_many_points_are_placed_in_one_answer(grid_admin: Client, town: Town) -> None:
    points = [list(at(0.5, 0.5)), [0.0, 0.0], list(at(3.5, 1.5))]
    answer = send(grid_admin, "/api/v1/areas/locate", {"points": points}).json()
    assert [item["path"] for item in answer["items"]] == [ONE, None, f"{DISTRICT}.002.002.g002"]
    assert send(grid_admin, "/api/v1/areas/locate", {"points": [[1]]}).status_code == 422
    assert send(Client(), "/api/v1/areas/locate", {"points": []}).status_code in {401, 403}


def test_a_worker_is_missed_where_none_is(town: Town, grid_admin: Client, opened: dict[str, Any]) -> None:
    assert person("somebody", "grid_worker", town[ONE]).pk
    send(grid_admin, steps(opened), {"tool": "write", "version": 1, "refs": [ref(town, ONE)], "households": 299})
    items = grid_admin.get(f"{DRAFTS}/{opened['id']}/checks").json()["items"]
    assert [(item["kind"], item["severity"]) for item in items] == [("no_worker", "warns")]
