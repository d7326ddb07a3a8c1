"""What a camera sees just now, for whoever draws its zones: asked by the page, said by the worker, soon forgotten."""

from datetime import timedelta
from typing import Any

import pytest
import redis as redis_package
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from core import redis
from core.clock import now
from tests.events.stage import GRID, OTHER_STREET, browser
from tests.factories import person_with
from tests.video import factories
from tests.video.test_worker import COURT, runner, wait_until
from video.actions.leases import claim
from video.actions.previews import ask_preview, write_preview
from video.models import CameraLease
from video.pipeline.plans import PreviewSeen, SeenBox, ZoneStanding
from video.previews import ASKED_FOR, preview_key, requests_key
from video.queries.previews import asked_previews
from video.rules.temporal import Progress
from video.running.previews import PreviewRequests


@pytest.fixture(autouse=True)
def nobody_looks():
    redis.client().delete(requests_key())
    yield
    redis.client().delete(requests_key())


def seen_by(camera, generation, zone_id=5):
    return PreviewSeen(
        camera_id=camera.pk,
        generation=generation,
        at=now(),
        boxes=(SeenBox("person", 0.87654, (0.1, 0.2, 0.3, 0.45678), 12),),
        zones=(ZoneStanding(zone_id, True, False, False, (12,), Progress(23.04, 60.0, 1, 1)),),
    )


def held(camera):
    """Its generation, once a worker holds the camera."""
    claim(holder="w1", room=1)
    return CameraLease.objects.get(camera=camera).generation


@pytest.mark.django_db
def test_a_page_that_asks_is_told_what_the_worker_sees_and_how_near_the_rule_is(stage):
    camera, client = factories.camera(), browser(stage.operator)
    write_preview(seen_by(camera, held(camera)))
    shown = client.get(f"/api/v1/cameras/{camera.pk}/preview").json()
    assert shown["state"] == "live"
    assert shown["boxes"] == [{"track": 12, "label": "person", "score": 0.877, "box": [0.1, 0.2, 0.3, 0.4568]}]
    assert shown["zones"] == [
        {
            "id": 5,
            "is_watched": True,
            "is_dark": False,
            "holds": False,
            "counting": [12],
            "lasted_seconds": 23.0,
            "needed_seconds": 60.0,
            "seen": 1,
            "needed": 1,
        }
    ]


@pytest.mark.django_db
def test_asking_makes_the_worker_look_for_some_seconds_and_no_longer(stage, time_machine):
    camera = factories.camera()
    time_machine.move_to(now(), tick=False)
    assert browser(stage.operator).get(f"/api/v1/cameras/{camera.pk}/preview").json()["state"] == "waiting"
    assert asked_previews() == {camera.pk}
    time_machine.shift(ASKED_FOR + timedelta(seconds=1))
    assert asked_previews() == set()


@pytest.mark.django_db
def test_what_a_worker_says_that_lost_the_camera_is_passed_over(stage):
    camera = factories.camera()
    write_preview(seen_by(camera, held(camera) - 1))
    assert browser(stage.operator).get(f"/api/v1/cameras/{camera.pk}/preview").json()["state"] == "waiting"


@pytest.mark.django_db
def test_what_was_seen_is_forgotten_within_seconds(stage):
    camera = factories.camera()
    write_preview(seen_by(camera, 1))
    assert 0 < redis.client().pttl(preview_key(camera.pk)) <= 5000


@pytest.mark.django_db
def test_what_a_worker_of_another_release_says_is_no_preview(stage):
    camera = factories.camera()
    held(camera)
    redis.client().set(preview_key(camera.pk), '{"boxes": "many"}', ex=5)
    assert browser(stage.operator).get(f"/api/v1/cameras/{camera.pk}/preview").json()["state"] == "waiting"


@pytest.mark.django_db
def test_without_redis_there_is_no_preview_but_still_the_picture(stage, monkeypatch):
    camera = factories.camera()

    def away(camera_id):
        raise redis_package.ConnectionError("away")

    monkeypatch.setattr("video.api.previews.ask_preview", away)
    answer = browser(stage.operator).get(f"/api/v1/cameras/{camera.pk}/preview")
    assert (answer.status_code, answer.json()["state"], answer.json()["boxes"]) == (200, "unavailable", [])


@pytest.mark.django_db
def test_who_may_not_watch_is_shown_no_preview_and_asks_for_none(stage):
    camera = factories.camera()
    worker = person_with(Role.GRID_WORKER, area=stage.town[GRID])
    answer = browser(worker).get(f"/api/v1/cameras/{camera.pk}/preview")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert not asked_previews()


@pytest.mark.django_db
def test_the_preview_of_a_camera_out_of_sight_is_not_there(stage):
    camera = factories.camera()
    elsewhere = person_with(Role.GRID_LEADER, area=stage.town[OTHER_STREET])
    assert browser(elsewhere).get(f"/api/v1/cameras/{camera.pk}/preview").status_code == 404


@pytest.mark.django_db
def test_a_preview_takes_few_statements_since_it_is_asked_twice_a_second(stage):
    camera = factories.camera()
    client = browser(stage.operator)
    client.get(f"/api/v1/cameras/{camera.pk}/preview")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/api/v1/cameras/{camera.pk}/preview")
    assert len(asked) <= 6


def test_a_worker_hears_within_a_second_that_somebody_looks():
    following = PreviewRequests()
    ask_preview(41)
    try:
        wait_until(lambda: following.wants(41), 3)
        assert not following.wants(42)
    finally:
        following.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.xdist_group("video")
def test_on_the_real_stream_boxes_come_while_somebody_looks(model_dir, rtsp, tmp_path, settings, stage):
    settings.MEDIA_ROOT = tmp_path
    camera = factories.camera(source=f"{rtsp}/courtyard")
    zone = factories.zone(camera, stage.kind.code, polygon=COURT)
    client = browser(stage.operator)
    found: list[dict[str, Any]] = []

    def shows_a_box_that_counts():
        shown = client.get(f"/api/v1/cameras/{camera.pk}/preview").json()
        found[:] = [shown] if any(each["counting"] for each in shown["zones"]) else found
        return bool(found)

    with runner(model_dir, tmp_path):
        wait_until(shows_a_box_that_counts, 40)
    (shown,) = found
    (standing,) = shown["zones"]
    assert {box["label"] for box in shown["boxes"]} >= {"person"}
    assert standing["counting"][0] in {box["track"] for box in shown["boxes"]}
    assert (standing["id"], standing["is_watched"], standing["needed_seconds"]) == (zone.pk, True, 3)
