"""What stands when a part dies while a rule fires: no alert is lost once raised, none is raised twice, and watching
goes on by itself. Real workers, a real RTSP server, a real Redis, ended with SIGKILL."""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db.models import F

from core.clock import now
from core.models import HistoryRow, OutboxMessage
from events.models import Alert
from tests.events.stage import build_stage
from tests.video import factories
from tests.video.conftest import ROOT
from tests.video.test_worker import COURT, wait_until, worker_process
from video.models import Camera, CameraLease, VideoWorker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("video")]

PATIENCE = 150.0
"""Seconds; these tests must hold on a machine that is busy with others."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(clips: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The demo RTSP server on this very port, so that it can come back where it was."""
    command = ["/usr/bin/python3", str(ROOT / "deploy/rtsp/server.py"), "--port", str(port), "--clips", str(clips)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0, 30)
        yield process
    finally:
        process.kill()
        process.wait(10)


@contextmanager
def redis_of_its_own(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    program = shutil.which("redis-server") or pytest.skip("there is no redis-server here")
    command = [program, "--port", str(port), "--dir", str(folder), "--save", "", "--appendonly", "yes"]
    process = subprocess.Popen([*command, "--bind", "127.0.0.1", "--logfile", str(folder / "redis.log")])
    try:
        wait_until(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0, 30)
        yield process
    finally:
        process.kill()
        process.wait(10)


@pytest.fixture
def firing(clips, tmp_path):
    """A camera whose rule fires again and again, on a server that can be killed."""
    stage = build_stage()
    port = free_port()
    camera = factories.camera(source=f"rtsp://127.0.0.1:{port}/courtyard")
    factories.zone(camera, stage.kind.code, name="院内", polygon=COURT, cool_down_seconds=1)
    return camera, port


def is_told_again(alert: Alert) -> bool:
    return Alert.objects.get(pk=alert.pk).seen_count > alert.seen_count


def held_by(camera, *, but: str = "") -> str:
    lease = CameraLease.objects.get(camera=camera)
    return lease.holder if lease.state == "online" and lease.holder != but else ""


def run_out(holder: str) -> None:
    """As if the half minute of its lease had passed; that it does by itself is test_worker's to show."""
    CameraLease.objects.filter(holder=holder).update(expires_at=now())
    VideoWorker.objects.filter(holder=holder).delete()


def look_anew(camera) -> None:
    """As after an edit: the camera's zones begin anew and need not wait a minute to tell again of what goes on."""
    Camera.objects.filter(pk=camera.pk).update(version=F("version") + 1)


def require_one_alert_that_stands(first: Alert) -> Alert:
    """The alert of before, once, with its evidence, its history and its message to the screens."""
    alert = Alert.objects.select_related("still").get(subject_kind="zone")
    raised = HistoryRow.objects.filter(subject_kind="alert", subject_id=alert.pk, from_state="").count()
    assert (alert.pk, alert.state, alert.found_at) == (first.pk, "open", first.found_at)
    assert raised == 1
    assert alert.still and alert.still.size > 0
    assert OutboxMessage.objects.filter(type="alert.changed", subject_id=alert.pk).exists()
    return alert


def test_a_worker_killed_while_a_rule_fires_loses_no_alert_and_doubles_none(model_dir, clips, tmp_path, firing):
    camera, port = firing
    with server(clips, port), worker_process(model_dir, tmp_path, "chaos-1") as first:
        wait_until(Alert.objects.filter(subject_kind="zone").exists, PATIENCE)
        raised = Alert.objects.get(subject_kind="zone")
        holder = held_by(camera)
        with worker_process(model_dir, tmp_path, "chaos-2"):
            first.send_signal(signal.SIGKILL)
            first.wait(10)
            run_out(holder)
            wait_until(lambda: held_by(camera, but=holder), PATIENCE)
            wait_until(lambda: is_told_again(raised), PATIENCE)
    assert require_one_alert_that_stands(raised).seen_count >= 2


def test_a_dead_rtsp_server_is_told_and_its_camera_comes_back_with_the_alert_it_had(model_dir, clips, tmp_path, firing):
    camera, port = firing
    with worker_process(model_dir, tmp_path, "chaos-1"):
        with server(clips, port) as process:
            wait_until(Alert.objects.filter(subject_kind="zone").exists, PATIENCE)
            raised = Alert.objects.get(subject_kind="zone")
            process.send_signal(signal.SIGKILL)
            wait_until(CameraLease.objects.filter(camera=camera, state="dead_stream").exists, PATIENCE)
        with server(clips, port):
            wait_until(lambda: held_by(camera), PATIENCE)
            look_anew(camera)
            wait_until(lambda: is_told_again(raised), PATIENCE)
    require_one_alert_that_stands(raised)


def test_while_redis_is_dead_alerts_are_raised_all_the_same_and_once(
    model_dir, clips, tmp_path, firing, settings, monkeypatch
):
    camera, port = firing
    redis_port = free_port()
    address = urlsplit(settings.REDIS_URL)
    monkeypatch.setenv("REDIS_URL", urlunsplit(address._replace(netloc=f"127.0.0.1:{redis_port}")))
    with redis_of_its_own(tmp_path, redis_port) as process, worker_process(model_dir, tmp_path, "chaos-1"):
        wait_until(CameraLease.objects.exclude(holder="").exists, PATIENCE)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        with server(clips, port):
            wait_until(Alert.objects.filter(subject_kind="zone").exists, PATIENCE)
            raised = Alert.objects.get(subject_kind="zone")
            with redis_of_its_own(tmp_path, redis_port):
                look_anew(camera)
                wait_until(lambda: is_told_again(raised), PATIENCE)
                wait_until(lambda: held_by(camera), PATIENCE)
    require_one_alert_that_stands(raised)


def test_a_worker_told_to_stop_writes_what_it_found_first(model_dir, clips, tmp_path, firing):
    """It stops in the middle of its work: what stands then has its evidence, and its camera is free at once."""
    camera, port = firing
    with server(clips, port), worker_process(model_dir, tmp_path, "chaos-1") as worker:
        wait_until(lambda: held_by(camera), PATIENCE)
        time.sleep(4)
        worker.send_signal(signal.SIGTERM)
        worker.wait(40)
    alerts = list(Alert.objects.filter(subject_kind="zone").select_related("still"))
    assert all(alert.still and alert.still.size > 0 for alert in alerts)
    assert CameraLease.objects.get(camera=camera).holder == ""
