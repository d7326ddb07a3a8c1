"""Groups, kinds, platforms and discovery over HTTP: who may, what is refused and how."""

import logging

import pytest

from accounts.roles import Role
from tests.events.stage import OTHER_STREET, browser
from tests.factories import person_with
from tests.video import factories
from tests.video.devices import CHANNEL, DEVICE, onvif_camera, probed, wvp
from tests.video.factories import admin_of, camera_body
from video.actions.discovery import find_cameras
from video.models import Camera, CameraLease

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(stage):
    return browser(admin_of(stage.town))


def test_a_group_is_made_renamed_and_taken_away_while_its_cameras_stay(admin):
    made = admin.post("/api/v1/camera-groups", {"name": "河道"}, format="json").json()
    camera = factories.camera(group_id=made["id"])
    twice = admin.post("/api/v1/camera-groups", {"name": "河道"}, format="json")
    admin.patch(f"/api/v1/camera-groups/{made['id']}", {"name": "沿河"}, format="json")
    listed = admin.get("/api/v1/camera-groups").json()["items"]
    gone = admin.delete(f"/api/v1/camera-groups/{made['id']}")
    camera.refresh_from_db()
    assert (twice.status_code, [(one["name"], one["cameras"]) for one in listed]) == (422, [("沿河", 1)])
    assert (gone.status_code, camera.group_id) == (204, None)


def test_only_who_sets_up_cameras_changes_groups_and_sees_platforms(stage):
    client = browser(stage.operator)
    answers = [
        client.post("/api/v1/camera-groups", {"name": "x"}, format="json"),
        client.get("/api/v1/camera-gateways"),
        client.post("/api/v1/cameras/discovery", {}, format="json"),
        client.post("/api/v1/cameras/discovery/streams", {"service": "http://127.0.0.1:9/x"}, format="json"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert client.get("/api/v1/camera-groups").json()["may_edit"] is False


def test_cameras_are_filtered_by_group_kind_state_and_height(admin):
    factories.camera(code="A", source_kind="school", is_high=True)
    black = factories.camera(code="B")
    factories.camera(code="C", enabled=False)
    CameraLease.objects.filter(camera=black).update(
        holder="w",
        expires_at="2999-01-01T00:00Z",
        state="online",
        problems=[{"reason": "black", "since": "2026-01-01T00:00Z"}],
    )

    def codes(**query):
        return [one["code"] for one in admin.get("/api/v1/cameras", query).json()["items"]]

    assert (codes(source_kind="school"), codes(high="true"), codes(group=0)) == (["A"], ["A"], ["A", "B", "C"])
    assert (codes(state="failing"), codes(state="well"), codes(state="unassigned")) == (["B"], [], ["A"])
    assert codes(state="disabled") == ["C"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"stream_url": "rtsp://"}, "stream_url"),
        ({"stream_url": "rtsp://[broken"}, "stream_url"),
        ({"view_angle": 400}, "view_angle"),
        ({"priority": 9}, "priority"),
        ({"source_kind": "moon"}, "source_kind"),
        ({"group_id": 999}, "group_id"),
        ({"gateway_id": 999, "channel": "a/b"}, "gateway_id"),
    ],
)
def test_wrong_fields_of_a_camera_are_named(admin, fields, field):
    answer = admin.post("/api/v1/cameras", camera_body(**fields), format="json")
    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, [field])


def test_how_a_camera_stands_is_stored_and_shown(admin):
    body = camera_body(bearing=-90, view_angle=60, view_range_m=120, height_m=6.5, priority=1, source_kind="police")
    shown = admin.post("/api/v1/cameras", body, format="json").json()
    stood = {
        key: shown[key] for key in ("bearing", "view_angle", "view_range_m", "height_m", "priority", "source_kind")
    }
    assert stood == {**{key: body[key] for key in stood}, "bearing": 270.0}


@pytest.fixture
def platform(admin):
    with wvp() as running:
        body = {"code": "city", "name": "市平台", "kind": "wvp", "address": running.address}
        made = admin.post(
            "/api/v1/camera-gateways", {**body, "user": "admin", "password": "s3cret-Pass"}, format="json"
        )
        running.id = made.json()["id"]  # type: ignore[attr-defined]
        yield running


def test_a_channel_of_a_platform_becomes_a_camera(admin, platform, caplog):
    caplog.set_level(logging.INFO)
    base = f"/api/v1/camera-gateways/{platform.id}"
    device = admin.get(f"{base}/devices").json()["items"][0]
    channel = admin.get(f"{base}/channels", {"device": device["id"]}).json()["items"][0]
    body = camera_body(stream_url="", gateway_id=platform.id, channel=channel["channel"])
    made = admin.post("/api/v1/cameras", body, format="json")
    twice = admin.post("/api/v1/cameras", {**body, "code": "K2"}, format="json")
    again = admin.get(f"{base}/channels", {"device": device["id"]}).json()["items"][0]
    assert (made.status_code, made.json()["stream_url"]) == (201, f"gateway://city/{DEVICE}/{CHANNEL}")
    assert (twice.status_code, twice.json()["errors"][0]["field"], again["camera_code"]) == (422, "channel", "K1")
    assert admin.get("/api/v1/camera-gateways").json()["items"][0]["checked_reason"] == "ok"
    assert "password" not in caplog.text
    assert admin.delete(base).json()["code"] == "gateway_in_use"
    admin.delete(f"/api/v1/cameras/{made.json()['id']}")
    assert admin.delete(base).status_code == 204


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"password": "other"}, "platform_password"),
        ({"broken": (200, b"<html>")}, "platform_strange"),
    ],
)
def test_a_platform_that_fails_says_why_and_keeps_it(admin, platform, change, reason):
    for name, value in change.items():
        setattr(platform, name, value)
    answer = admin.get(f"/api/v1/camera-gateways/{platform.id}/devices")
    kept = admin.get("/api/v1/camera-gateways").json()["items"][0]
    assert (answer.status_code, answer.json()["code"], answer.json()["reason"]) == (424, "gateway_trouble", reason)
    assert (kept["checked_reason"], bool(answer.json()["detail"])) == (reason, True)


def test_moving_a_platform_makes_its_cameras_connect_anew(admin, platform):
    body = camera_body(stream_url="", gateway_id=platform.id, channel=f"{DEVICE}/{CHANNEL}")
    camera_id = admin.post("/api/v1/cameras", body, format="json").json()["id"]
    admin.patch(f"/api/v1/camera-gateways/{platform.id}", {"code": "town"}, format="json")
    camera = Camera.objects.get(pk=camera_id)
    assert (camera.source, camera.version) == (f"gateway://town/{DEVICE}/{CHANNEL}", 2)


@pytest.mark.parametrize("address", ["ftp://h", "http://u:p@h", "http://", "http://h/x?token=1"])
def test_an_address_of_a_platform_holds_no_login_and_no_query(admin, address):
    body = {"code": "c", "name": "c", "kind": "wvp", "address": address}
    answer = admin.post("/api/v1/camera-gateways", body, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "address")


def test_discovery_names_cameras_that_are_registered_already(stage):
    camera = factories.camera(source="rtsp://127.0.0.1/a")
    with probed(["http://127.0.0.1:80/onvif/device_service"]) as responder:
        found = find_cameras(seconds=0.3, actor=admin_of(stage.town).as_actor(), to=responder)
    assert [(one.host, one.camera_code) for one in found] == [("127.0.0.1", camera.code)]


def test_a_found_camera_tells_its_streams_to_who_knows_its_password(admin):
    with onvif_camera() as camera:
        asked = {"service": camera.service, "user": "operator"}
        good = admin.post("/api/v1/cameras/discovery/streams", {**asked, "password": "camera-Pass"}, format="json")
        bad = admin.post("/api/v1/cameras/discovery/streams", {**asked, "password": "wrong-Pass"}, format="json")
    assert [one["profile"] for one in good.json()["items"]] == ["main", "sub"]
    assert (bad.status_code, bad.json()["reason"]) == (424, "wrong_password")
    assert [text for text in (good.content.decode(), bad.content.decode()) if "-Pass" in text] == []


def test_a_reason_has_its_words_in_the_readers_language(admin):
    zh, en = (
        {
            row["code"]: row["name"]
            for row in admin.get("/api/v1/cameras/reasons", HTTP_ACCEPT_LANGUAGE=language).json()["items"]
        }
        for language in ("zh-hans", "en")
    )
    assert (zh["offline"], en["offline"]) == ("离线", "Offline")


def test_a_new_view_is_accepted_only_by_who_sets_the_camera_up(stage):
    camera = factories.camera()
    elsewhere = browser(person_with(Role.GRID_LEADER, area=stage.town[OTHER_STREET]))
    assert browser(stage.operator).post(f"/api/v1/cameras/{camera.pk}/accept-view").status_code == 403
    assert elsewhere.post(f"/api/v1/cameras/{camera.pk}/accept-view").status_code == 404
