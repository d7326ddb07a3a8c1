"""Whole workers: from the real clip to an alert, and what happens when one is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from core import health
from core.actor import SYSTEM
from core.live.latest import values_key
from core.models import OutboxMessage
from core.redis import client
from events.models import Alert
from tests.conftest import database_url
from tests.events.stage import browser, build_stage
from tests.video import factories
from video.actions.model_shadows import start_model_shadow
from video.models import CameraLease, ModelShadow
from video.pipeline.eyes import Eyes, EyesSettings
from video.running.runner import VideoRunner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("video")]

COURT = [[0.3, 0.35], [0.75, 0.35], [0.75, 0.8], [0.3, 0.8]]


@contextmanager
def runner(model_dir: Path, media: Path, capacity: int = 8) -> Iterator[VideoRunner]:
    """A worker's cameras inside this process."""
    running = VideoRunner(capacity=capacity, eyes=Eyes(EyesSettings(model_dir, media)))
    running.claim()
    try:
        yield running
    finally:
        running.stop()


@contextmanager
def worker_process(model_dir: Path, media: Path, name: str) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker of the video queue on this test's database."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(str(connections["default"].settings_dict["NAME"])),
        "REDIS_PREFIX": settings.REDIS_PREFIX,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "MODEL_DIR": str(model_dir),
        "MEDIA_ROOT": str(media),
        "PROCESS_NAME": name,
        "VIDEO_CAPACITY": "4",
    }
    command = ["-m", "celery", "-A", "config", "worker", "-Q", "video", "--pool", "threads", "--concurrency", "2"]
    process = subprocess.Popen(
        [sys.executable, *command, "-n", f"{name}@test", "--without-gossip", "--without-mingle", "-l", "warning"],
        cwd=Path(__file__).resolve().parent.parent.parent,
        env=environment,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def wait_until(condition, seconds: float) -> float:
    """Seconds until it held; fails when it never did."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, "it did not happen in time"
        time.sleep(0.25)
    return time.monotonic() - started


def is_watched_by_another(camera_id: int, than: str = "") -> bool:
    lease = CameraLease.objects.get(camera_id=camera_id)
    return lease.holder not in ("", than) and lease.state == "online"


def test_a_person_on_the_clip_becomes_an_alert_with_evidence(model_dir, rtsp, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    stage = build_stage()
    camera = factories.camera(source=f"{rtsp}/courtyard")
    zone = factories.zone(camera, stage.kind.code, name="院内", polygon=COURT)
    with runner(model_dir, tmp_path):
        wait_until(Alert.objects.filter(clip__isnull=False).exists, 40)
        wait_until(lambda: CameraLease.objects.filter(state="online", still_at__isnull=False).exists(), 20)
    alert = Alert.objects.select_related("still", "clip").get()
    shown = browser(stage.operator).get(f"/api/v1/cameras/{camera.pk}").json()
    still = browser(stage.operator).get(shown["still_url"])
    assert (alert.source, alert.rule, alert.subject_id) == ("video", "restricted_area_presence", zone.pk)
    assert (alert.camera_name, alert.detail["zone"], alert.zone_polygon) == (camera.name, "院内", COURT)
    assert alert.still and alert.clip
    assert (alert.still.blurred, (tmp_path / alert.still.path).is_file()) == (True, True)
    assert (alert.clip.content_type, (tmp_path / alert.clip.path).stat().st_size > 5000) == ("video/mp4", True)
    assert OutboxMessage.objects.filter(type="alert.changed", subject_id=alert.pk).exists()
    assert (shown["today"]["alerts"], shown["state"], still.status_code) == (1, "unassigned", 200)
    assert client().hexists(values_key(), f"camera.state|{camera.pk}")


def test_a_model_on_trial_looks_at_the_pictures_of_a_real_worker(model_dir, clips, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    stage = build_stage()
    camera = factories.camera(source=f"file://{clips}/courtyard.mp4")
    factories.zone(camera, stage.kind.code, name="院内", polygon=COURT)
    shadow = start_model_shadow(camera_id=camera.pk, model="ssdlite-mobilenetv2-300", every=2, actor=SYSTEM)
    with runner(model_dir, tmp_path):
        wait_until(ModelShadow.objects.filter(looks__gt=0).exists, 60)
    shadow.refresh_from_db()
    by_now, by_candidate, both = shadow.counted["person"]
    assert (shadow.missing, shadow.seconds > 0, 0 < both <= min(by_now, by_candidate)) == ("", True, True)


def test_failing_cameras_are_told_on_health_and_the_others_go_on(model_dir, rtsp, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    build_stage()
    good = factories.camera(source=f"{rtsp}/courtyard")
    dead = factories.camera(source="rtsp://127.0.0.1:9/none")
    absent = factories.camera(source=f"file://{tmp_path}/absent.mp4")
    with runner(model_dir, tmp_path):
        wait_until(lambda: CameraLease.objects.filter(camera=good, state="online").exists(), 20)
        wait_until(lambda: CameraLease.objects.filter(state__in=["dead_stream", "broken_file"]).count() == 2, 20)
        health.forget_report()
        cameras = health.report().body["cameras"]
    assert cameras["online"] == 1
    assert {row["code"]: row["state"] for row in cameras["failing"]} == {
        dead.code: "dead_stream",
        absent.code: "broken_file",
    }


def test_without_its_model_a_camera_says_so_on_health(rtsp, tmp_path, settings):
    settings.MEDIA_ROOT, settings.MODEL_DIR = tmp_path, tmp_path / "none"
    build_stage()
    camera = factories.camera(source=f"{rtsp}/courtyard")
    with runner(tmp_path / "none", tmp_path):
        wait_until(lambda: CameraLease.objects.filter(camera=camera, state="missing_model").exists(), 20)
        health.forget_report()
        body = health.report().body
    assert {model["state"] for model in body["models"]} == {"missing", "offered", "not_accepted"}
    assert "fetch_models" in body["cameras"]["failing"][0]["detail"]


def test_a_zone_drawn_while_the_camera_runs_is_watched(model_dir, rtsp, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    stage = build_stage()
    camera = factories.camera(source=f"{rtsp}/courtyard")
    with runner(model_dir, tmp_path):
        wait_until(lambda: CameraLease.objects.filter(state="online").exists(), 20)
        factories.zone(camera, stage.kind.code, polygon=COURT)
        wait_until(Alert.objects.exists, 40)


def test_a_stopped_worker_gives_its_cameras_back_at_once(model_dir, rtsp, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    build_stage()
    camera = factories.camera(source=f"{rtsp}/courtyard")
    with runner(model_dir, tmp_path) as first:
        wait_until(lambda: is_watched_by_another(camera.pk), 20)
        held_by_first = CameraLease.objects.get(camera=camera).holder == first.holder
    assert (held_by_first, CameraLease.objects.get(camera=camera).holder) == (True, "")


def test_a_killed_worker_loses_its_cameras_to_another_within_a_minute(model_dir, rtsp, tmp_path):
    build_stage()
    camera = factories.camera(source=f"{rtsp}/courtyard")
    with worker_process(model_dir, tmp_path, "video-1") as first:
        wait_until(lambda: is_watched_by_another(camera.pk), 60)
        holder = CameraLease.objects.get(camera=camera).holder
        with worker_process(model_dir, tmp_path, "video-2"):
            time.sleep(8)
            first.send_signal(signal.SIGKILL)
            taken_after = wait_until(lambda: is_watched_by_another(camera.pk, than=holder), 60)
    assert taken_after < 60
    assert CameraLease.objects.get(camera=camera).holder == "", "a worker that is told to stop gives its cameras back"
