"""Cameras and zones over HTTP: who sees what, who may change what, what is refused and how."""

import pytest

from accounts.roles import Role
from core.models import HistoryRow, IdempotencyRecord, OutboxMessage
from tests.events.stage import GRID, HERE, OTHER_STREET, STREET, browser
from tests.factories import person_with
from tests.video import factories
from tests.video.factories import BOW_TIE, SQUARE, admin_of, camera_body
from video.models import Camera, CameraLease, Zone

pytestmark = pytest.mark.django_db


def zone_body(stage, **fields):
    values = {"name": "水边", "polygon": SQUARE, "algorithm": "restricted_area_presence", "type_code": stage.kind.code}
    return values | fields


def test_an_administrator_sets_up_a_camera_and_sees_its_address(stage):
    answer = browser(admin_of(stage.town)).post("/api/v1/cameras", camera_body(), format="json")
    shown = answer.json()
    assert answer.status_code == 201
    assert (shown["stream_url"], shown["area_path"], shown["state"]) == ("rtsp://10.0.0.5/a", GRID, "unassigned")
    assert CameraLease.objects.filter(camera_id=shown["id"], holder="").exists()
    assert HistoryRow.objects.get(subject_kind="camera", subject_id=shown["id"]).move == "create"


def test_an_operator_sees_the_camera_but_not_its_address(stage):
    camera = factories.camera()
    shown = browser(stage.operator).get(f"/api/v1/cameras/{camera.pk}").json()
    assert (shown["code"], shown["stream_url"], shown["may_edit"]) == (camera.code, None, False)


def test_an_operator_may_not_set_up_cameras(stage):
    answer = browser(stage.operator).post("/api/v1/cameras", camera_body(), format="json")
    assert (answer.status_code, answer.json()["code"], Camera.objects.count()) == (403, "forbidden", 0)


def test_nobody_sees_a_camera_without_signing_in(stage):
    assert browser(None).get("/api/v1/cameras").status_code == 401


def test_a_camera_of_another_street_is_not_there(stage):
    camera = factories.camera()
    elsewhere = person_with(Role.GRID_LEADER, area=stage.town[OTHER_STREET])
    here = person_with(Role.GRID_LEADER, area=stage.town[STREET])
    assert browser(elsewhere).get(f"/api/v1/cameras/{camera.pk}").status_code == 404
    assert browser(elsewhere).get("/api/v1/cameras").json()["items"] == []
    assert [row["id"] for row in browser(here).get("/api/v1/cameras").json()["items"]] == [camera.pk]
    assert browser(elsewhere).get(f"/api/v1/cameras/{camera.pk}/still.jpg").status_code == 404


def test_an_administrator_of_another_street_cannot_change_it(stage):
    camera = factories.camera()
    answer = browser(admin_of(stage.town, OTHER_STREET)).patch(
        f"/api/v1/cameras/{camera.pk}", {"name": "x"}, format="json"
    )
    assert answer.status_code == 404


def test_a_camera_cannot_stand_outside_the_division_tree(stage):
    answer = browser(admin_of(stage.town)).post("/api/v1/cameras", camera_body(lng=100.0, lat=20.0), format="json")
    assert (answer.status_code, answer.json()["code"], Camera.objects.count()) == (422, "outside_division_tree", 0)


def test_a_code_that_is_taken_is_refused_and_names_its_holder(stage):
    taken = factories.camera(code="K1")
    answer = browser(admin_of(stage.town)).post("/api/v1/cameras", camera_body(), format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate_code")
    assert taken.name in answer.json()["detail"]


@pytest.mark.parametrize("address", ["http://10.0.0.1/a", "/etc/passwd", "javascript:alert(1)"])
def test_only_stream_and_file_addresses_are_taken(stage, address):
    answer = browser(admin_of(stage.town)).post("/api/v1/cameras", camera_body(stream_url=address), format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "stream_url")


def test_a_stale_version_is_refused_and_names_the_present_one(stage):
    camera = factories.camera()
    client = browser(admin_of(stage.town))
    client.patch(f"/api/v1/cameras/{camera.pk}", {"name": "新名", "version": 1}, format="json")
    answer = client.patch(f"/api/v1/cameras/{camera.pk}", {"name": "旧名", "version": 1}, format="json")
    assert (answer.status_code, answer.json()["code"], answer.json()["current_version"]) == (409, "stale_version", 2)


def test_a_camera_that_moves_takes_the_area_of_its_new_place(stage):
    camera = factories.camera()
    moved = {"lng": HERE[0] - 0.02, "lat": HERE[1]}
    shown = browser(admin_of(stage.town)).patch(f"/api/v1/cameras/{camera.pk}", moved, format="json").json()
    assert shown["area_path"].startswith(OTHER_STREET)


def test_a_disabled_camera_says_so(stage):
    camera = factories.camera()
    shown = browser(admin_of(stage.town)).patch(f"/api/v1/cameras/{camera.pk}", {"enabled": False}, format="json")
    assert shown.json()["state"] == "disabled"


def test_removing_a_camera_takes_its_zones_along(stage):
    camera = factories.camera()
    factories.zone(camera, stage.kind.code)
    assert browser(admin_of(stage.town)).delete(f"/api/v1/cameras/{camera.pk}").status_code == 204
    assert (Camera.objects.count(), Zone.objects.count(), CameraLease.objects.count()) == (0, 0, 0)


def test_who_could_see_a_removed_camera_is_told_that_it_is_gone(stage):
    camera = factories.camera()
    browser(admin_of(stage.town)).delete(f"/api/v1/cameras/{camera.pk}")
    told = OutboxMessage.objects.get(subject_kind="camera")
    assert (told.subject_id, told.after, f"area:{camera.area_path}" in told.before) == (camera.pk, [], True)


def test_the_same_key_sets_up_one_camera_only(stage):
    client = browser(admin_of(stage.town))
    client.credentials(HTTP_IDEMPOTENCY_KEY="4b3f1c3e-0000-4000-8000-000000000001")
    first = client.post("/api/v1/cameras", camera_body(), format="json")
    again = client.post("/api/v1/cameras", camera_body(), format="json")
    assert (again["Idempotency-Replayed"], again.json()["id"]) == ("true", first.json()["id"])
    assert (Camera.objects.count(), IdempotencyRecord.objects.count()) == (1, 1)


def test_a_zone_is_drawn_and_raises_the_cameras_version(stage):
    camera = factories.camera()
    answer = browser(admin_of(stage.town)).post(f"/api/v1/cameras/{camera.pk}/zones", zone_body(stage), format="json")
    camera.refresh_from_db()
    assert (answer.status_code, answer.json()["polygon"], camera.version) == (201, SQUARE, 2)


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"polygon": BOW_TIE}, "self_crossing_boundary", None),
        ({"polygon": SQUARE[:2]}, "invalid", "polygon"),
        ({"polygon": [[0, 0], [2, 0], [2, 2]]}, "invalid", "polygon"),
        ({"polygon": [[0, 0], [0.001, 0], [0.001, 0.001]]}, "invalid", "polygon"),
        ({"polygon": "square"}, "invalid", "polygon"),
        ({"algorithm": "mind_reading"}, "invalid", "algorithm"),
        ({"parameters": {"seconds": -1}}, "invalid", "parameters.seconds"),
        ({"parameters": {"colour": "red"}}, "invalid", "parameters.colour"),
        ({"type_code": "no_such_type"}, "unknown_event_type", None),
        ({"level": 9}, "invalid", "level"),
        ({"name": ""}, "invalid", "name"),
    ],
)
def test_a_wrong_zone_is_refused_in_words_and_nothing_is_written(stage, fields, code, field):
    camera = factories.camera()
    answer = browser(admin_of(stage.town)).post(
        f"/api/v1/cameras/{camera.pk}/zones", zone_body(stage, **fields), format="json"
    )
    problem = answer.json()
    camera.refresh_from_db()
    assert (answer.status_code, problem["code"], Zone.objects.count(), camera.version) == (422, code, 0, 1)
    assert (problem.get("errors") or [{"field": None}])[0]["field"] == field


def test_an_operator_may_not_draw_zones(stage):
    camera = factories.camera()
    answer = browser(stage.operator).post(f"/api/v1/cameras/{camera.pk}/zones", zone_body(stage), format="json")
    assert (answer.status_code, Zone.objects.count()) == (403, 0)


def test_a_zone_is_changed_and_taken_away(stage):
    camera = factories.camera()
    zone = factories.zone(camera, stage.kind.code)
    client = browser(admin_of(stage.town))
    changed = client.patch(f"/api/v1/zones/{zone.pk}", {"parameters": {"seconds": 10}}, format="json").json()
    assert (changed["parameters"], changed["polygon"]) == ({"seconds": 10}, SQUARE)
    assert client.delete(f"/api/v1/zones/{zone.pk}").status_code == 204
    camera.refresh_from_db()
    assert (Zone.objects.count(), camera.version) == (0, 4)


def test_a_zone_of_another_street_is_not_there(stage):
    zone = factories.zone(factories.camera(), stage.kind.code)
    answer = browser(admin_of(stage.town, OTHER_STREET)).delete(f"/api/v1/zones/{zone.pk}")
    assert (answer.status_code, Zone.objects.count()) == (404, 1)


def test_algorithms_are_told_in_the_readers_language(stage):
    client = browser(stage.operator)
    chinese = client.get("/api/v1/algorithms").json()["items"]
    english = client.get("/api/v1/algorithms", HTTP_ACCEPT_LANGUAGE="en").json()["items"]
    assert len(chinese) == len(english) == 10
    assert ("重点区域" in chinese[0]["name"], "A person confirms" in english[0]["limits"]) == (True, True)


def test_a_list_costs_the_same_however_many_cameras_there_are(stage, django_assert_num_queries):
    client = browser(stage.operator)
    factories.camera()
    client.get("/api/v1/cameras")
    with django_assert_num_queries(2):
        client.get("/api/v1/cameras")
    [factories.zone(factories.camera(), stage.kind.code) for _ in range(5)]
    with django_assert_num_queries(2):
        assert len(client.get("/api/v1/cameras").json()["items"]) == 6
