"""Platforms and ONVIF cameras, spoken to over the network as they answer it: well, wrongly, strangely, not at all."""

import json

import pytest

from tests.video.devices import CHANNEL, DEVICE, closed_port, onvif_camera, probed, wvp
from video.gateways.adapters import gateway_of
from video.gateways.onvif import discover, streams_of
from video.gateways.onvif_head import OnvifHead
from video.gateways.protocol import STOP, Channel, Device, GatewayFault, HeadPreset, Motion
from video.pipeline.addresses import Login
from video.pipeline.faults import StreamFault
from video.pipeline.plans import CameraPlan, ChannelPlan
from video.pipeline.sources import address_of

LOGIN = Login("admin", "s3cret-Pass")
NAMED = f"{DEVICE}/{CHANNEL}"


def fault_of(question, **fields):
    """Why a question to a platform of these properties fails."""
    with (
        wvp(**fields) as platform,
        gateway_of("wvp", platform.address, LOGIN) as gateway,
        pytest.raises(GatewayFault) as told,
    ):
        question(gateway)
    return told.value


def test_a_platform_tells_its_devices_channels_and_where_to_fetch_them():
    with wvp() as platform, gateway_of("wvp", platform.address, LOGIN) as gateway:
        assert gateway.devices() == [Device(DEVICE, "河堤录像机", "某厂", True, 1)]
        assert gateway.channels(DEVICE) == [Channel(NAMED, DEVICE, "球机0", True, True, 118.8, 32.05)]
        assert gateway.play(NAMED) == "rtsp://127.0.0.1:9/rtp/1"


def test_a_platform_is_asked_page_by_page_and_signs_in_once():
    with wvp(channels=230) as platform, gateway_of("wvp", platform.address, LOGIN) as gateway:
        found = gateway.channels(DEVICE)
    assert (len(found), found[-1].lng) == (230, None)
    assert [one.split("?")[0] for one in platform.asked].count("GET /api/user/login") == 1


def test_a_camera_behind_a_platform_is_turned_and_stopped():
    with wvp() as platform, gateway_of("wvp", platform.address, LOGIN) as gateway:
        gateway.move(NAMED, Motion(pan=-0.5, tilt=0.5))
        gateway.move(NAMED, Motion(zoom=-1.0))
        gateway.move(NAMED, STOP)
    assert [json.loads(one.split("?")[1])["command"] for one in platform.asked[-3:]] == ["upleft", "zoomout", "stop"]


def test_presets_of_a_platform_are_listed_called_and_set_in_the_first_free_number():
    with wvp() as platform, gateway_of("wvp", platform.address, LOGIN) as gateway:
        found = gateway.presets(NAMED)
        gateway.go_to(NAMED, "1")
        saved = gateway.save_preset(NAMED, "新视角")
    assert (found, saved) == ([HeadPreset("1", "闸口")], HeadPreset("2", "2"))
    assert '"cmdCode": "129", "parameter1": "0", "parameter2": "2"' in platform.asked[-1]


def test_the_password_itself_is_never_sent_to_a_platform():
    with wvp() as platform, gateway_of("wvp", platform.address, LOGIN) as gateway:
        gateway.devices()
    assert "s3cret-Pass" not in "".join(platform.asked)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"password": "another"}, "platform_password"),
        ({"broken": (401, b"{}")}, "platform_password"),
        ({"broken": (500, b"<html>")}, "platform_strange"),
        ({"broken": (200, b"<html>nginx</html>")}, "platform_strange"),
        ({"broken": (200, b"[1, 2]")}, "platform_strange"),
        ({"broken": (200, b'{"code": 0, "data": {"list": "none"}}')}, "platform_strange"),
        ({"broken": (302, b"")}, "platform_strange"),
        ({"broken": (200, b" " * 5_000_000)}, "platform_strange"),
    ],
)
def test_a_wrong_secret_and_strange_answers_are_told_apart(fields, reason):
    fault = fault_of(lambda gateway: gateway.devices(), **fields)
    assert (fault.reason, "s3cret-Pass" in fault.detail) == (reason, False)


def test_a_platform_that_is_not_there_is_told():
    nobody = f"http://127.0.0.1:{closed_port()}"
    with gateway_of("wvp", nobody, LOGIN) as gateway, pytest.raises(GatewayFault, match="cannot be reached") as told:
        gateway.devices()
    assert told.value.reason == "platform_unreachable"


def test_a_channel_that_sends_nothing_is_offline():
    assert fault_of(lambda gateway: gateway.play(NAMED), online=False).reason == "channel_offline"


@pytest.mark.parametrize(
    "data", [b"null", b'{"list": []}', b'["1"]', b'[{"presetName": "x"}]', '[{"presetId": "²"}]'.encode()]
)
def test_no_preset_is_set_where_it_is_unknown_which_are_taken(data):
    with wvp() as platform, gateway_of("wvp", platform.address, LOGIN) as gateway:
        gateway.channels(DEVICE)
        platform.broken = (200, b'{"code": 0, "data": ' + data + b"}")
        with pytest.raises(GatewayFault) as told:
            gateway.save_preset(NAMED, "新视角")
    assert told.value.reason == "platform_strange"
    assert "front_end_command" not in platform.asked[-1]


def test_a_preset_that_is_no_number_is_refused_unasked():
    with wvp() as platform, gateway_of("wvp", platform.address, LOGIN) as gateway, pytest.raises(GatewayFault) as told:
        gateway.go_to(NAMED, "²")
    assert (told.value.reason, platform.asked) == ("device_refuses", [])


def test_a_head_whose_service_is_no_address_is_strange():
    address = b"<x><PTZ><XAddr>http://[bad/p</XAddr></PTZ></x>"
    with (
        onvif_camera(strange=address) as camera,
        OnvifHead(camera.service, LOGIN) as head,
        pytest.raises(GatewayFault) as told,
    ):
        head.move(STOP)
    assert told.value.reason == "platform_strange"


def test_an_address_that_is_no_stream_is_strange():
    assert fault_of(lambda gateway: gateway.play(NAMED), rtsp="http://elsewhere/x").reason == "platform_strange"


def test_a_worker_asks_the_platform_anew_at_each_connection():
    with wvp(rtsp="rtsp://u:p@127.0.0.1:9/rtp/2") as platform:
        plan = CameraPlan(1, "球机", "gateway://p/x", (), behind=ChannelPlan("wvp", platform.address, NAMED, LOGIN))
        assert address_of(plan) == ("rtsp://127.0.0.1:9/rtp/2", Login("u", "p"))
        platform.online = False
        with pytest.raises(StreamFault) as told:
            address_of(plan)
    assert told.value.reason == "channel_offline"


def test_discovery_finds_who_answers_and_passes_noise_over():
    services = ["http://127.0.0.1:8000/onvif/device_service http://10.9.9.9/onvif"]
    with probed(services) as responder:
        found = discover(seconds=0.4, to=responder)
    assert [(one.service, one.host, one.name, one.hardware) for one in found] == [
        ("http://127.0.0.1:8000/onvif/device_service", "127.0.0.1", "河堤", "IPC-1")
    ]


def test_discovery_believes_only_the_senders_own_address():
    with probed(["http://10.9.9.9/onvif/device_service"]) as responder:
        assert discover(seconds=0.3, to=responder) == []


def test_an_onvif_camera_tells_its_streams_the_largest_first_without_the_login():
    with onvif_camera() as camera:
        found = streams_of(camera.service, Login("operator", "camera-Pass"))
    assert [(one.profile, one.address, one.codec, one.width) for one in found] == [
        ("main", "rtsp://10.1.1.64:554/main?a=1&b=2", "H265", 2560),
        ("sub", "rtsp://10.1.1.64:554/sub?a=1&b=2", "H264", 640),
    ]


@pytest.mark.parametrize(
    ("fields", "login", "reason"),
    [
        ({}, Login("operator", "wrong"), "platform_password"),
        ({}, Login(), "platform_password"),
        ({"strange": b"<html>"}, Login("operator", "camera-Pass"), "platform_strange"),
        (
            {"strange": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
            Login("operator", "camera-Pass"),
            "platform_strange",
        ),
        ({"strange": b"<x/>"}, Login("operator", "camera-Pass"), "platform_strange"),
        ({"strange": b" " * 300_000}, Login("operator", "camera-Pass"), "platform_strange"),
        ({"strange": b"<x><Media><XAddr>http://[bad/m</XAddr></Media></x>"}, Login("u", "p"), "platform_strange"),
    ],
)
def test_what_an_onvif_camera_refuses_or_says_strangely_is_told(fields, login, reason):
    with onvif_camera(**fields) as camera, pytest.raises(GatewayFault) as told:
        streams_of(camera.service, login)
    assert told.value.reason == reason
