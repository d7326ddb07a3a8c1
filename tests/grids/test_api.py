import json
from typing import Any

import pytest
from django.test import Client

from grids.models import Area, AreaBoundary
from tests.grids.town import DISTRICT, Town, at, bow_tie, box

HIDDEN_GRID = f"{DISTRICT}.001.001.g001"
OWN_GRID = f"{DISTRICT}.002.001.g001"


def body_of(code: str, outline: Any, **more: Any) -> dict[str, Any]:
    base = {"code": code, "name": "第三社区", "level": "community", "parent_path": f"{DISTRICT}.002"}
    return base | {"boundary": json.loads(outline.json)} | more


def post(client: Client, body: dict[str, Any], **headers: str) -> Any:
    return client.post("/api/v1/areas", json.dumps(body), content_type="application/json", headers=headers)


def test_streets_are_listed_by_code(dispatcher: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(5):
        page = dispatcher.get("/api/v1/areas?level=street").json()
    assert [row["name"] for row in page["items"]] == ["莫澜湖街道", "望江街道"]
    assert page["items"][0] | {"id": 0} == {
        "id": 0,
        "code": "329905001",
        "level": "street",
        "name": "莫澜湖街道",
        "path": f"{DISTRICT}.001",
        "parent_path": DISTRICT,
        "households": 300,
    }
    assert page["next"] is None


def test_a_list_goes_on_where_the_page_before_ended(dispatcher: Client) -> None:
    seen: list[str] = []
    url: str | None = "/api/v1/areas?level=grid&limit=3"
    while url:
        page = dispatcher.get(url).json()
        seen += [row["code"] for row in page["items"]]
        url = f"/api/v1/areas?level=grid&limit=3&cursor={page['next']}" if page["next"] else None
    assert seen == sorted(Area.objects.filter(level="grid").values_list("code", flat=True))


def test_a_grid_worker_sees_own_grid_and_no_other(grid_worker: Client) -> None:
    page = grid_worker.get("/api/v1/areas?level=grid").json()
    assert [row["path"] for row in page["items"]] == [OWN_GRID]
    assert len(grid_worker.get("/api/v1/areas?level=community").json()["items"]) == 4


def test_a_department_sees_the_grids_its_unit_answers_for(street_desk: Client) -> None:
    page = street_desk.get("/api/v1/areas?level=grid").json()
    assert {row["parent_path"] for row in page["items"]} == {f"{DISTRICT}.001.001", f"{DISTRICT}.001.002"}


def test_a_grid_out_of_reach_does_not_exist(grid_worker: Client, town: Town) -> None:
    assert grid_worker.get(f"/api/v1/areas/{town[OWN_GRID].pk}").status_code == 200
    hidden = grid_worker.get(f"/api/v1/areas/{town[HIDDEN_GRID].pk}")
    assert (hidden.status_code, hidden.json()["code"]) == (404, "not_found")


def test_a_detail_carries_the_present_outline(
    dispatcher: Client, town: Town, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(5):
        area = dispatcher.get(f"/api/v1/areas/{town[OWN_GRID].pk}").json()
    assert area["boundary"]["version"] == 1
    assert area["boundary"]["geometry"]["type"] == "MultiPolygon"
    assert area["boundary"]["bounds"] == pytest.approx([118.02, 32.0, 118.03, 32.01])


@pytest.mark.parametrize("query", ["level=village", "limit=0", "limit=9999", "cursor=nonsense"])
def test_a_wrong_question_is_answered_with_its_fault(dispatcher: Client, query: str) -> None:
    answer = dispatcher.get(f"/api/v1/areas?{query}")
    assert answer.status_code in {400, 422}
    assert answer.json()["code"] in {"invalid", "invalid_cursor"}


def test_nobody_reads_areas_without_signing_in(town: Town, client: Client) -> None:
    for url in ("/api/v1/areas", "/api/v1/areas/geojson?level=street", "/api/v1/areas/locate?lng=118&lat=32"):
        assert client.get(url).status_code == 401


def test_a_point_is_located(dispatcher: Client, django_assert_max_num_queries: Any) -> None:
    lng, lat = at(2.5, 0.5)
    with django_assert_max_num_queries(4):
        place = dispatcher.get(f"/api/v1/areas/locate?lng={lng}&lat={lat}").json()
    assert place["label"] == "望江街道 荷花社区 1号网格"
    assert place["street"]["code"] == "329905002"


def test_a_point_outside_the_tree_is_told_in_the_readers_language(dispatcher: Client) -> None:
    url = "/api/v1/areas/locate?lng=100&lat=20"
    chinese = dispatcher.get(url)
    english = dispatcher.get(url, headers={"accept-language": "en"})
    assert chinese.status_code == english.status_code == 422
    assert chinese.json()["code"] == "outside_division_tree"
    assert "辖区" in chinese.json()["detail"]
    assert "outside" in english.json()["detail"]


def test_outlines_come_once_and_are_then_not_sent_again(
    dispatcher: Client, grid_admin: Client, town: Town, django_assert_max_num_queries: Any
) -> None:
    url = f"/api/v1/areas/geojson?level=grid&under={DISTRICT}.001"
    with django_assert_max_num_queries(6):
        first = dispatcher.get(url)
    names = [feature["properties"]["path"] for feature in first.json()["features"]]
    assert len(names) == 4
    assert first.json()["features"][0]["properties"]["label"] == pytest.approx([118.005, 32.005])
    again = dispatcher.get(url, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    change = {"version": 1, "boundary": json.loads(box(0, 0, 0.5, 1).json)}
    path = f"/api/v1/areas/{town[HIDDEN_GRID].pk}/boundary"
    assert grid_admin.put(path, json.dumps(change), content_type="application/json").status_code == 200
    assert dispatcher.get(url, headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_outlines_of_grids_out_of_reach_stay_away(grid_worker: Client) -> None:
    features = grid_worker.get("/api/v1/areas/geojson?level=grid").json()["features"]
    assert [feature["properties"]["path"] for feature in features] == [OWN_GRID]


def test_a_grid_administrator_adds_a_community(grid_admin: Client) -> None:
    answer = post(grid_admin, body_of("329905002003", box(4, 0, 5, 1)))
    assert answer.status_code == 201
    assert answer.json()["path"] == f"{DISTRICT}.002.003"
    assert Area.objects.filter(path=f"{DISTRICT}.002.003", street__name="望江街道").exists()


def test_the_same_request_twice_adds_one_community(grid_admin: Client) -> None:
    body = body_of("329905002003", box(4, 0, 5, 1))
    first = post(grid_admin, body, **{"idempotency-key": "one"})
    second = post(grid_admin, body, **{"idempotency-key": "one"})
    assert second.headers["Idempotency-Replayed"] == "true"
    assert first.json() == second.json()


def test_others_may_not_add_areas(dispatcher: Client) -> None:
    answer = post(dispatcher, body_of("329905002003", box(4, 0, 5, 1)))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (body_of("329905002003", bow_tie()), 422, "self_crossing_boundary"),
        (body_of("329905001001", box(4, 0, 5, 1)), 409, "duplicate_code"),
        (body_of("3299", box(4, 0, 5, 1)), 422, "invalid"),
        (body_of("329905002003", box(4, 0, 5, 1), boundary={"type": "Point", "coordinates": [1, 2]}), 422, "invalid"),
        (body_of("329905002003", box(4, 0, 5, 1), boundary="somewhere"), 422, "invalid"),
        (body_of("329905002003", box(4, 0, 5, 1), boundary=None), 422, "invalid"),
        (body_of("329905002003", box(4, 0, 5, 1), parent_path="3299.99"), 404, "not_found"),
    ],
)
def test_bad_input_is_named_in_both_languages_and_nothing_is_written(
    grid_admin: Client, body: dict[str, Any], status: int, code: str
) -> None:
    before = Area.objects.count(), AreaBoundary.objects.count()
    chinese, english = post(grid_admin, body), post(grid_admin, body, **{"accept-language": "en"})
    assert (chinese.status_code, chinese.json()["code"]) == (status, code)
    assert chinese.json()["detail"] != english.json()["detail"]
    assert (Area.objects.count(), AreaBoundary.objects.count()) == before


def test_a_stale_change_of_an_outline_names_the_current_version(grid_admin: Client, town: Town) -> None:
    path = f"/api/v1/areas/{town[OWN_GRID].pk}/boundary"
    body = json.dumps({"version": 7, "boundary": json.loads(box(2, 0, 2.5, 1).json)})
    answer = grid_admin.put(path, body, content_type="application/json")
    assert (answer.status_code, answer.json()["current_version"]) == (409, 1)
