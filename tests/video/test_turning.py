"""Turning cameras: against a real local ONVIF camera and a platform, by one person at a time, never without an end."""

from datetime import timedelta
from threading import Event

import pytest
import time_machine
from django.utils import timezone

from accounts.roles import Role
from core.actor import SYSTEM
from core.models import HistoryRow
from tests.events.stage import OTHER_STREET, browser
from tests.factories import person_with
from tests.grids.town import DISTRICT
from tests.video import factories
from tests.video.devices import CHANNEL, DEVICE, closed_port, onvif_camera, wvp
from tests.video.factories import admin_of, camera_body
from video.actions import turning as acts
from video.actions.gateways import create_gateway
from video.actions.turning import stop_overdue
from video.actions.viewings import open_viewing
from video.gateways.protocol import GatewayFault
from video.models import Camera, CameraTurning, CameraViewing, Gateway
from video.tasks import STOP_HEADS, TIMETABLE, stop_heads

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def timers(monkeypatch):
    asked: list[int] = []
    monkeypatch.setattr("video.api.turning.stop_later", asked.append)
    return asked


def turning(device, **fields):
    return factories.camera(
        source=f"rtsp://operator:camera-Pass@{device.address.split('//')[1]}/main",
        can_turn=True, control_address=device.service, **fields,
    )  # fmt: skip


def watched_by(who, camera):
    open_viewing(camera=camera, actor=who.as_actor())
    return browser(who)


def step(client, camera, **motion):
    return client.post(f"/api/v1/cameras/{camera.pk}/turn", motion or {"pan": 0.5}, format="json")


def test_who_watches_turns_the_camera_for_a_step_and_it_is_written_down(stage, timers):
    with onvif_camera(turns=True) as device:
        camera = turning(device)
        client = watched_by(stage.operator, camera)
        answers = [step(client, camera, pan=0.5, tilt=-0.25), step(client, camera, zoom=1)]
    assert [one.status_code for one in answers] == [200, 200]
    assert device.did == ['ContinuousMovex="0.500"y="-0.250"', 'ContinuousMovex="1.000"']
    assert timers == [camera.pk, camera.pk]
    lines = HistoryRow.objects.filter(subject_kind="camera", subject_id=camera.pk, move="turn")
    assert (lines.count(), CameraViewing.objects.get().turned_at is not None) == (1, True)


def test_the_second_is_told_who_holds_it_and_may_when_it_is_free(stage):
    with onvif_camera(turns=True) as device:
        camera = turning(device)
        first, second = watched_by(stage.operator, camera), watched_by(stage.chief, camera)
        step(first, camera)
        refused = step(second, camera)
        CameraTurning.objects.update(held_until=timezone.now())
        taken = step(second, camera)
    assert (refused.status_code, refused.json()["code"]) == (409, "turned_by_another")
    assert stage.operator.name in refused.json()["detail"]
    assert taken.status_code == 200


def test_a_head_that_hears_nothing_more_is_stopped_once(stage):
    with onvif_camera(turns=True) as device:
        camera = turning(device)
        with time_machine.travel(timezone.now(), tick=False) as clock:
            step(watched_by(stage.operator, camera), camera)
            early = stop_overdue(camera.pk)
            clock.shift(timedelta(seconds=1.5))
            assert (early, stop_overdue(camera.pk), stop_overdue()) == (0, 1, 0)
    assert [one.split("x=")[0] for one in device.did] == ["ContinuousMove", "Stop"]


def test_a_platform_that_could_not_be_told_to_stop_is_told_again(stage):
    with onvif_camera(turns=True) as device:
        camera = turning(device)
        step(watched_by(stage.operator, camera), camera)
        CameraTurning.objects.update(moves_until=timezone.now())
        device.fault = "ter:Busy"
        stop_overdue()
        device.fault = ""
        assert stop_overdue() == 1
    assert device.did.count("Stop") == 2


def test_a_stop_that_fails_is_said_again_until_the_device_has_answered(stage, timers):
    with onvif_camera(turns=True) as device:
        camera = turning(device)
        client = watched_by(stage.operator, camera)
        step(client, camera)
        device.fault = "ter:Busy"
        refused = client.post(f"/api/v1/cameras/{camera.pk}/turn/stop")
        assert CameraTurning.objects.get().is_moving is True
        device.fault = ""
        assert (refused.status_code, stop_overdue(camera.pk), stop_overdue(camera.pk)) == (424, 1, 0)
    assert device.did.count("Stop") == 2
    assert timers == [camera.pk, camera.pk]


def test_a_step_that_nobody_answered_may_have_been_done_and_is_stopped(stage, timers, monkeypatch):
    with onvif_camera(turns=True) as device:
        camera = turning(device)
        client = watched_by(stage.operator, camera)
        with monkeypatch.context() as patched:
            patched.setattr("video.gateways.onvif_head.OnvifHead.move", silent)
            answer = step(client, camera)
        assert (answer.status_code, timers, stop_overdue()) == (424, [camera.pk], 1)
    assert device.did == ["Stop"]


def silent(*_):
    raise GatewayFault("platform_unreachable", "the camera does not answer in time")


def test_a_refused_step_of_a_head_that_moves_stops_it(stage):
    with onvif_camera(turns=True) as device:
        camera = turning(device)
        client = watched_by(stage.operator, camera)
        step(client, camera)
        device.fault = "ter:Busy"
        step(client, camera)
        device.fault = ""
        assert stop_overdue() == 1


def test_a_step_lasts_from_the_answer_of_a_slow_platform_and_views_leave_it_be(stage, monkeypatch):
    with onvif_camera(turns=True) as device, time_machine.travel(timezone.now(), tick=False) as clock:
        camera = turning(device)
        client = watched_by(stage.operator, camera)
        told = acts._told

        def told_slowly(*given):
            clock.shift(timedelta(seconds=4))
            return told(*given)

        monkeypatch.setattr(acts, "_told", told_slowly)
        step(client, camera)
        client.post(f"/api/v1/cameras/{camera.pk}/head-presets/go", {"preset": "p1"}, format="json")
        held = CameraTurning.objects.get()
        assert (held.is_moving, held.moves_until) == (True, timezone.now() + timedelta(seconds=1.5 - 4))


def test_a_stop_whose_process_is_killed_is_not_lost(stage, monkeypatch):
    with onvif_camera(turns=True) as device:
        camera = turning(device)
        step(watched_by(stage.operator, camera), camera)
        CameraTurning.objects.update(moves_until=timezone.now())
        with monkeypatch.context() as patched:
            patched.setattr(acts, "_told", killed)
            with pytest.raises(SystemExit):
                stop_overdue()
        assert stop_overdue() == 1


def killed(*_):
    raise SystemExit


def test_the_timetable_stops_heads_by_a_task_of_its_own(stage):
    with onvif_camera(turns=True) as device:
        camera = turning(device)
        step(watched_by(stage.operator, camera), camera)
        CameraTurning.objects.update(moves_until=timezone.now())
        assert (STOP_HEADS in TIMETABLE, stop_heads()) == (True, 1)


def test_the_fault_of_one_head_keeps_no_other_from_being_stopped(stage, monkeypatch):
    with onvif_camera(turns=True) as device:
        one, other = turning(device), turning(device)
        moving(one, other)
        told = acts._told
        monkeypatch.setattr(acts, "_told", lambda camera, ask: 1 / 0 if camera == other else told(camera, ask))
        assert stop_overdue() == 1
    assert device.did == ["Stop"]
    assert list(CameraTurning.objects.filter(is_moving=True).values_list("pk", flat=True)) == [other.pk]


def moving(*cameras):
    """Heads to be stopped; the first of them is told first."""
    for seconds, camera in enumerate(cameras, start=1):
        until = timezone.now() - timedelta(seconds=seconds)
        CameraTurning.objects.create(camera=camera, held_until=until, is_moving=True, moves_until=until)


def test_a_head_that_hangs_holds_up_no_other(stage, monkeypatch):
    with onvif_camera(turns=True) as device:
        hanging, *others = (turning(device) for _ in range(4))
        moving(hanging, *others)
        told, stopped, went_on = acts._told, acts._stopped, Event()
        marked = []

        def told_or_hangs(camera, ask):
            assert camera != hanging or went_on.wait(20), "the others wait for the one that hangs"
            return told(camera, ask)

        def written(held, answer, at):
            done = stopped(held, answer, at)
            marked.append((held.pk, went_on.is_set()))
            if len(marked) == len(others):
                went_on.set()
            return done

        monkeypatch.setattr(acts, "_TOLD_AT_ONCE", 2)
        monkeypatch.setattr(acts, "_told", told_or_hangs)
        monkeypatch.setattr(acts, "_stopped", written)
        assert stop_overdue() == 4
    assert (sorted(marked[:3]), marked[3]) == ([(one.pk, False) for one in others], (hanging.pk, True))
    assert (device.did, CameraTurning.objects.filter(is_moving=True).count()) == (["Stop"] * 4, 0)


def test_a_camera_with_a_privacy_mask_is_not_turned_but_stopped(stage):
    with onvif_camera(turns=True) as device:
        camera = turning(device)
        client = watched_by(stage.operator, camera)
        before = browser(stage.operator).get("/api/v1/video/cameras").json()["items"][0]["can_turn"]
        factories.mask(camera, hides=True)
        tile = browser(stage.operator).get("/api/v1/video/cameras").json()["items"][0]
        answers = [
            step(client, camera),
            client.post(f"/api/v1/cameras/{camera.pk}/head-presets/go", {"preset": "p1"}, format="json"),
            client.get(f"/api/v1/cameras/{camera.pk}/head-presets"),
        ]
        stopped = client.post(f"/api/v1/cameras/{camera.pk}/turn/stop")
    assert (before, tile["can_turn"], tile["is_masked"]) == (True, False, True)
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(409, "head_masked")] * 3
    assert "隐私遮挡" in answers[0].json()["detail"]
    assert (stopped.status_code, device.did) == (200, ["Stop"])


def test_what_is_switched_off_is_not_turned(stage):
    with wvp() as platform:
        gateway = create_gateway(
            code="gb", name="平台", kind="wvp", address=platform.address, user="admin", password="s3cret-Pass",
            actor=SYSTEM,
        )  # fmt: skip
        behind = factories.camera(source="", gateway_id=gateway.pk, channel=f"{DEVICE}/{CHANNEL}", can_turn=True)
        own = factories.camera(can_turn=True, control_address="http://127.0.0.1:9/onvif")
        clients = [watched_by(stage.operator, camera) for camera in (behind, own)]
        Gateway.objects.update(enabled=False)
        tiles = {one["id"]: one for one in clients[0].get("/api/v1/video/cameras").json()["items"]}
        Camera.objects.filter(pk=own.pk).update(enabled=False)
        answers = [step(client, camera) for client, camera in zip(clients, (behind, own), strict=True)]
    assert [one.json()["code"] for one in answers] == ["head_switched_off"] * 2
    assert (tiles[behind.pk]["can_turn"], tiles[own.pk]["can_turn"], platform.asked) == (False, True, [])


def test_stop_is_said_at_once(stage):
    with onvif_camera(turns=True) as device:
        camera = turning(device)
        client = watched_by(stage.operator, camera)
        step(client, camera)
        answer = client.post(f"/api/v1/cameras/{camera.pk}/turn/stop")
    assert (answer.status_code, answer.json()["stops_at"], device.did[-1]) == (200, None, "Stop")
    assert CameraTurning.objects.get().is_moving is False


def test_presets_are_listed_gone_to_and_saved_by_administrators(stage):
    with onvif_camera(turns=True) as device:
        camera = turning(device)
        address = f"/api/v1/cameras/{camera.pk}/head-presets"
        client, admin = watched_by(stage.operator, camera), watched_by(admin_of(stage.town), camera)
        listed = client.get(address).json()
        gone = client.post(f"{address}/go", {"preset": "p1"}, format="json")
        refused = client.post(address, {"name": "闸门"}, format="json")
        CameraTurning.objects.update(held_until=timezone.now())
        saved = admin.post(address, {"name": "闸门"}, format="json")
    assert listed == {"items": [{"token": "p1", "name": "闸口"}], "may_save": False}
    assert (gone.status_code, refused.status_code, saved.status_code, saved.json()["token"]) == (200, 403, 201, "p2")
    assert "GotoPreset<PresetToken>p1" in device.did


def test_a_camera_behind_a_platform_turns_too(stage):
    with wvp() as platform:
        gateway = create_gateway(
            code="gb", name="平台", kind="wvp", address=platform.address, user="admin", password="s3cret-Pass",
            actor=SYSTEM,
        )  # fmt: skip
        camera = factories.camera(source="", gateway_id=gateway.pk, channel=f"{DEVICE}/{CHANNEL}", can_turn=True)
        answer = step(watched_by(stage.operator, camera), camera, tilt=1)
    assert answer.status_code == 200
    assert '"command": "up"' in platform.asked[-1]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"turns": True, "fault": "ter:NoPreset"}, "设备拒绝了该操作"),
        ({"turns": True, "fault": "ter:ActionNotSupported"}, "不支持此操作"),
        ({"turns": True, "password": "another"}, "账号或口令错误"),
        ({"turns": False}, "不支持此操作"),
    ],
)
def test_what_a_device_answers_is_told_with_its_remedy(stage, fields, says):
    with onvif_camera(**fields) as device:
        camera = turning(device)
        answer = step(watched_by(stage.operator, camera), camera)
    assert (answer.status_code, answer.json()["code"]) == (424, "gateway_trouble")
    assert says in answer.json()["detail"]
    assert "camera-Pass" not in answer.content.decode()
    assert CameraTurning.objects.get().is_moving is False


def test_a_device_that_is_not_there_is_told(stage):
    port = closed_port()
    camera = factories.camera(
        source=f"rtsp://127.0.0.1:{port}/a", can_turn=True, control_address=f"http://127.0.0.1:{port}/onvif"
    )
    answer = step(watched_by(stage.operator, camera), camera)
    assert (answer.status_code, "离线" in answer.json()["detail"]) == (424, True)


def test_who_may_not_turn_and_what_does_not_turn(stage):
    plain = factories.camera()
    leader = person_with(Role.LEADER, area=stage.town[DISTRICT])
    stranger = person_with(Role.DISPATCHER, area=stage.town[OTHER_STREET])
    head = factories.camera(can_turn=True, control_address="http://127.0.0.1:9/onvif")
    assert step(watched_by(leader, head), head).json()["code"] == "forbidden"
    assert step(browser(stranger), head).status_code == 404
    assert step(watched_by(stage.operator, plain), plain).json()["code"] == "does_not_turn"
    assert step(browser(stage.chief), head).json()["code"] == "not_watching"
    assert step(browser(stage.operator), head, pan=0).status_code == 422
    assert step(browser(stage.operator), head, pan=2).status_code == 422


def test_tiles_say_what_turns_for_whom(stage):
    factories.camera(can_turn=True, control_address="http://127.0.0.1:9/onvif")
    leader = person_with(Role.LEADER, area=stage.town[DISTRICT])
    tiles = [browser(who).get("/api/v1/video/cameras").json()["items"][0] for who in (stage.operator, leader)]
    assert [tile["can_turn"] for tile in tiles] == [True, False]


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"can_turn": True}, "control_url"),
        ({"can_turn": True, "control_url": "http://10.9.9.9/onvif"}, "control_url"),
        ({"can_turn": True, "control_url": "http://u:p@10.0.0.5/onvif"}, "control_url"),
    ],
)
def test_a_head_elsewhere_is_refused_so_that_the_login_stays(stage, fields, faulty):
    answer = browser(admin_of(stage.town)).post("/api/v1/cameras", camera_body(**fields), format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, faulty)
