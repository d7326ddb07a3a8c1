from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Grant, User
from core.clock import now
from dispatch.models import FieldTask, Position
from dispatch.queries.subject_photos import register_before_photos
from tests.dispatch import factories
from tests.dispatch.factories import GRID, HERE

pytestmark = pytest.mark.django_db

PHOTO = {
    "id": 7,
    "url": "/media/a.jpg",
    "thumb_url": "/media/a_thumb.jpg",
    "kind": "photo",
    "purpose": "before",
    "blurred": True,
    "created_at": "2026-11-22T06:00:00Z",
    "by": "王芳",
}


def browser_of(user: User | None) -> APIClient:
    client = APIClient()
    client.force_login(user) if user else None
    return client


def holder_of(task: FieldTask) -> APIClient:
    return browser_of(task.assignee.user)


def move(client: APIClient, task: FieldTask, name: str, **body: Any) -> Any:
    return client.post(f"/api/v1/tasks/{task.pk}/moves/{name}", body, format="json")


def test_a_worker_lists_the_own_tasks_with_distance_and_photos_from_before() -> None:
    register_before_photos("exercise", lambda ids: {subject_id: [PHOTO] for subject_id in ids})
    task = factories.task(lng=HERE[0], lat=HERE[1] + 0.001)
    factories.task()
    answer = holder_of(task).get("/api/v1/tasks?state=open").json()
    register_before_photos("exercise", lambda ids: {})
    assert [row["id"] for row in answer["items"]] == [task.pk]
    assert answer["items"][0]["distance_m"] == pytest.approx(111, abs=1)
    assert answer["items"][0]["before_photos"][0]["id"] == 7
    assert {"as_of", "epoch", "next"} <= set(answer)


def test_a_dispatcher_lists_everybodys_tasks_of_the_area() -> None:
    task = factories.task()
    factories.task(area_path="c.e.s1.m1.g1", district_id=2)
    rows = browser_of(factories.dispatcher()).get("/api/v1/tasks?everyone=1").json()["items"]
    assert [row["id"] for row in rows] == [task.pk]


def test_a_task_walks_its_way_over_http() -> None:
    task = factories.task()
    browser = holder_of(task)
    assert browser.get(f"/api/v1/tasks/{task.pk}").json()["allowed_moves"][0]["move"] == "see"
    assert move(browser, task, "see", version=1).json()["state"] == "seen"
    assert move(browser, task, "accept", version=2).json()["state"] == "accepted"
    there = move(browser, task, "arrive", version=3, lng=HERE[0], lat=HERE[1], accuracy_m=8)
    assert there.json()["state"] == "arrived"
    body = {"version": 4, "passed": True, "note": "属实", "attachment_ids": [3], "lng": HERE[0], "lat": HERE[1]}
    done = move(browser, task, "done", **body).json()
    assert (done["state"], done["result"]["attachment_ids"]) == ("done", [3])


def test_refusing_needs_a_reason() -> None:
    task = factories.task()
    answer = move(holder_of(task), task, "refuse", version=1)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "reason")


def test_signing_in_from_afar_names_the_distance_in_the_readers_language() -> None:
    task = factories.task()
    browser = holder_of(task)
    move(browser, task, "accept", version=1)
    browser.credentials(HTTP_ACCEPT_LANGUAGE="en")
    answer = move(browser, task, "arrive", version=2, lng=HERE[0], lat=HERE[1] + 0.01, accuracy_m=8)
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["allowed_m"]) == (422, "outside_geofence", 200)
    assert problem["distance_m"] > 1000
    assert "Go closer" in problem["detail"]


def test_a_stale_version_is_told_with_the_current_one() -> None:
    task = factories.task()
    browser = holder_of(task)
    move(browser, task, "accept", version=1)
    answer = move(browser, task, "arrive", version=1, lng=HERE[0], lat=HERE[1])
    assert (answer.status_code, answer.json()["code"], answer.json()["current_version"]) == (409, "stale_version", 2)


def test_a_colleague_of_the_area_sees_but_may_not_move() -> None:
    task = factories.task()
    browser = browser_of(factories.user(role="leader", area_path="c.d"))
    assert browser.get(f"/api/v1/tasks/{task.pk}").json()["allowed_moves"] == []
    assert move(browser, task, "accept", version=1).json()["code"] == "forbidden"


def test_a_task_outside_the_scope_is_hidden() -> None:
    task = factories.task()
    browser = browser_of(factories.dispatcher("c.e"))
    assert browser.get(f"/api/v1/tasks/{task.pk}").status_code == 404
    assert move(browser, task, "accept", version=1).status_code == 404


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert browser_of(None).get("/api/v1/tasks").json()["code"] == "not_signed_in"


def test_a_replayed_move_gets_the_first_answer() -> None:
    task = factories.task()
    browser = holder_of(task)
    browser.credentials(HTTP_IDEMPOTENCY_KEY="f9c9f6c2")
    first, second = (move(browser, task, "accept", version=1) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert second["Idempotency-Replayed"] == "true"
    assert FieldTask.objects.get(pk=task.pk).version == 2


def test_a_list_costs_the_same_statements_whatever_its_rows(django_assert_num_queries: Any) -> None:
    worker = factories.responder()
    for _ in range(12):
        factories.task(assignee=worker)
    browser = browser_of(worker.user)
    with django_assert_num_queries(3):  # session with its person and grants, own position, page
        assert len(browser.get("/api/v1/tasks").json()["items"]) == 12


def test_responders_near_a_place_within_the_scope() -> None:
    near, far = factories.responder(at=HERE), factories.responder(at=(HERE[0], HERE[1] + 0.005))
    elsewhere = factories.responder(at=HERE, area_path="c.e.s1")
    elsewhere.district_id = 2
    elsewhere.save()
    answer = browser_of(factories.dispatcher()).get(f"/api/v1/responders/near?lng={HERE[0]}&lat={HERE[1]}").json()
    assert [row["id"] for row in answer["items"]] == [near.pk, far.pk]
    assert answer["items"][0] | {"unit": None, "position_at": None} == {
        "id": near.pk,
        "user_id": near.user_id,
        "name": "王芳",
        "kind": "grid_worker",
        "unit": None,
        "on_duty": True,
        "busy_with": None,
        "lng": HERE[0],
        "lat": HERE[1],
        "position_at": None,
        "distance_m": 0,
        "phone": "",
    }


def test_responders_near_a_place_are_looked_for_by_name() -> None:
    factories.responder(name="网格员06")
    wanted = factories.responder(name="网格员07")
    url = f"/api/v1/responders/near?lng={HERE[0]}&lat={HERE[1]}&q=员07"
    rows = browser_of(factories.dispatcher()).get(url).json()["items"]
    assert [row["id"] for row in rows] == [wanted.pk]


def test_a_number_is_masked_where_responders_are_listed() -> None:
    factories.responder(phone="13800001234")
    url = f"/api/v1/responders/near?lng={HERE[0]}&lat={HERE[1]}"
    assert browser_of(factories.dispatcher()).get(url).json()["items"][0]["phone"] == "138****1234"


def test_responders_near_a_place_of_one_kind() -> None:
    factories.responder()
    collector = factories.responder(kind="collector")
    url = f"/api/v1/responders/near?lng={HERE[0]}&lat={HERE[1]}&kinds=collector"
    rows = browser_of(factories.dispatcher()).get(url).json()["items"]
    assert [row["id"] for row in rows] == [collector.pk]


def test_a_grid_worker_is_not_told_where_colleagues_are() -> None:
    worker = factories.responder()
    answer = browser_of(worker.user).get(f"/api/v1/responders/near?lng={HERE[0]}&lat={HERE[1]}")
    assert answer.json()["code"] == "forbidden"


def test_a_place_off_the_globe_is_invalid() -> None:
    answer = browser_of(factories.dispatcher()).get("/api/v1/responders/near?lng=200&lat=0")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "lng")


def test_responders_near_a_place_cost_the_same_whatever_their_number(django_assert_num_queries: Any) -> None:
    for _ in range(8):
        factories.responder()
    browser, near = browser_of(factories.dispatcher()), f"/api/v1/responders/near?lng={HERE[0]}&lat={HERE[1]}"
    browser.get(near)  # a connection asks once for the version of PostGIS
    with django_assert_num_queries(3):  # session with its person, nearest, what they are busy with
        browser.get(near)


def fix(lng: float, minutes_ago: float) -> dict[str, Any]:
    at = now() - timedelta(minutes=minutes_ago)
    return {"lng": lng, "lat": 32.0, "accuracy_m": 9, "at": at.isoformat()}


def test_of_a_batch_of_positions_only_the_newest_is_kept() -> None:
    worker = factories.responder(at=None, area_path=GRID)
    batch = {"items": [fix(118.1, 3), fix(118.3, 1), fix(118.2, 2)]}
    answer = browser_of(worker.user).post("/api/v1/positions", batch, format="json")
    assert answer.json() == {"kept": True}
    assert Position.objects.get(responder=worker).point.x == pytest.approx(118.3)


def test_an_older_position_never_replaces_a_newer_one() -> None:
    worker = factories.responder(at=None)
    browser = browser_of(worker.user)
    browser.post("/api/v1/positions", fix(118.3, 1), format="json")
    assert browser.post("/api/v1/positions", fix(118.2, 2), format="json").json() == {"kept": False}
    assert Position.objects.get(responder=worker).point.x == pytest.approx(118.3)


def test_off_duty_no_position_is_kept() -> None:
    worker = factories.responder(at=None, on_duty=False)
    assert browser_of(worker.user).post("/api/v1/positions", fix(118.3, 1), format="json").json() == {"kept": False}
    assert not Position.objects.exists()


def test_somebody_who_is_not_sent_reports_no_position() -> None:
    answer = browser_of(factories.dispatcher()).post("/api/v1/positions", fix(118.3, 1), format="json")
    assert answer.json()["code"] == "not_a_responder"


def test_a_position_without_time_is_invalid() -> None:
    answer = browser_of(factories.responder().user).post("/api/v1/positions", {"lng": 1, "lat": 2}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "at")


def test_only_a_watching_post_shows_where_colleagues_are() -> None:
    """The assessor of the whole district watches as grid leader of one grid: positions elsewhere stay hidden."""
    factories.responder(at=HERE, area_path="c.d.s2.m1.g1")
    user = factories.dispatcher()
    user.grants.update(role="assessor")
    Grant.objects.create(user=user, role="grid_leader", area_path="c.d.s1.m1.g1", area_level="grid")
    answer = browser_of(user).get(f"/api/v1/responders/near?lng={HERE[0]}&lat={HERE[1]}")
    assert answer.json()["items"] == []
