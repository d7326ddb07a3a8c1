"""A camera's second, smaller stream: for small tiles, at the same host and with the same login."""

import pytest

from accounts.roles import Role
from core.actor import SYSTEM
from tests.events.stage import browser
from tests.factories import person_with
from tests.grids.town import DISTRICT
from tests.video import factories
from tests.video.factories import admin_of, camera_body
from video.actions.cameras import edit_camera
from video.models import Camera
from video.running.viewing import sub_source_now

pytestmark = pytest.mark.django_db

MAIN, SUB = "rtsp://viewer:Geheim12@10.0.0.5/a?subtype=0", "rtsp://10.0.0.5/a?subtype=1"


def test_a_sub_stream_is_kept_without_a_login_and_told_to_administrators_only(stage):
    admin = browser(admin_of(stage.town))
    body = camera_body(stream_url=MAIN, sub_stream_url="rtsp://viewer:Geheim12@10.0.0.5/a?subtype=1")
    made = admin.post("/api/v1/cameras", body, format="json")
    seen = browser(stage.operator).get(f"/api/v1/cameras/{made.json()['id']}").json()
    assert (made.status_code, made.json()["sub_stream_url"], seen["sub_stream_url"]) == (201, SUB, None)
    assert "Geheim12" not in Camera.objects.get(pk=made.json()["id"]).sub_source


def test_small_tiles_learn_that_there_is_one(stage):
    with_one, without = factories.camera(source=MAIN, sub_source=SUB), factories.camera()
    viewer = person_with(Role.WALL_OPERATOR, area=stage.town[DISTRICT])
    tiles = browser(viewer).get("/api/v1/video/cameras").json()["items"]
    assert {tile["id"]: tile["has_sub_stream"] for tile in tiles} == {with_one.pk: True, without.pk: False}


def test_it_is_opened_with_the_login_of_its_camera(stage):
    camera = factories.camera(source=MAIN, sub_source=SUB)
    assert sub_source_now(camera.pk) == "rtsp://viewer:Geheim12@10.0.0.5/a?subtype=1"


def test_a_camera_without_one_or_switched_off_has_none(stage):
    plain, off = factories.camera(), factories.camera(source=MAIN, sub_source=SUB, enabled=False)
    assert (sub_source_now(plain.pk), sub_source_now(off.pk)) == (None, None)


@pytest.mark.parametrize("address", ["rtsp://10.0.0.6/a", "rtsp://10.0.0.5:8554/a", "rtsp://[broken", "nonsense"])
def test_a_sub_stream_elsewhere_is_refused_so_that_the_login_stays(stage, address):
    body = camera_body(stream_url=MAIN, sub_stream_url=address)
    answer = browser(admin_of(stage.town)).post("/api/v1/cameras", body, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "sub_stream_url")


def test_taking_it_away_is_a_change_like_others(stage):
    camera = factories.camera(source=MAIN, sub_source=SUB)
    changed = edit_camera(camera_id=camera.pk, changes={"sub_source": ""}, actor=SYSTEM)
    assert (changed.sub_source, changed.version) == ("", camera.version + 1)
