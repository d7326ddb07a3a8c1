"""What watching takes and yields, over HTTP: for the people who run cameras, and for Prometheus."""

from datetime import UTC, datetime

import pytest
from rest_framework.test import APIClient

from accounts.roles import Role
from core.actor import SYSTEM
from core.redis import client
from tests.events.stage import OTHER_STREET, browser
from tests.factories import person_with
from tests.video import factories
from video.actions.figures import figures_key, forget_figures, tell_figures
from video.actions.spreading import report_worker
from video.pipeline.meter import Dropped, Meter
from video.queries.exposition import exposition
from video.queries.figures import video_load
from video.running.figures import camera_figures
from video.worker_shapes import ModelFigures, WorkerFigures

LOAD, METRICS = "/api/v1/video/load", "/api/v1/video/metrics"


def meter(**values) -> Meter:
    return Meter(**{"read": 250, "decoded": 250, "looked": 40, "inferred": 20, "detections": 60} | values)


def tell(camera_id: int, holder: str = "host:7:ab") -> WorkerFigures:
    """A worker that watches one camera."""
    busy = meter(decode_seconds=0.5, queue_seconds=0.2, run_seconds=0.4, batched=30, width=640, height=360)
    busy.drop(Dropped.CROWDED, 7)
    figures = WorkerFigures(
        holder=holder,
        host="host",
        pid=7,
        since=datetime.now(UTC),
        at=datetime.now(UTC),
        cameras=1,
        capacity=16,
        processor=0.4,
        memory_bytes=300_000_000,
        memory_per_camera_bytes=300_000_000,
        waiting_to_be_written=0,
        waiting_for_evidence=0,
        decoder="cpu",
        decoder_missing="",
        models=[
            ModelFigures(
                name="nanodet",
                provider="cpu",
                pictures_per_second=2,
                batch=1.5,
                queue_ms=10,
                longest_queue_ms=40,
                batch_ms=30,
                waiting=0,
                pictures_total=20,
                batches_total=14,
                queue_seconds_total=0.2,
                run_seconds_total=0.4,
            )
        ],
        of_cameras=[camera_figures(1, camera_id, None, busy, 10.0)],
    )
    report_worker(holder=holder, capacity=16)
    tell_figures(figures)
    return figures


@pytest.fixture
def camera(stage):
    made = factories.camera(name='北门"一号"')
    tell(made.pk)
    yield made
    forget_figures("host:7:ab")


def admin(stage):
    return browser(factories.admin_of(stage.town))


def test_who_runs_cameras_sees_the_workers_and_how_each_camera_keeps_up(stage, camera):
    shown = admin(stage).get(LOAD).json()
    worker, figures = shown["workers"][0], shown["cameras"][0]
    assert (worker["cameras"], worker["models"][0]["batch"], "of_cameras" in worker) == (1, 1.5, False)
    assert (figures["code"], figures["name"], figures["holder"]) == (camera.code, camera.name, "host:7:ab")
    assert (figures["read_per_second"], figures["looked_per_second"], figures["inferred_per_second"]) == (25, 4, 2)
    assert (figures["decode_ms"], figures["queue_ms"], figures["inference_ms"], figures["batch"]) == (2, 10, 20, 1.5)
    assert (figures["dropped"], figures["dropped_per_second"]) == ({"crowded": 7}, 0.7)


def test_the_figures_of_a_camera_out_of_sight_are_not_shown(stage, camera):
    elsewhere = browser(person_with(Role.GRID_ADMIN, area=stage.town[OTHER_STREET]))
    assert elsewhere.get(LOAD).json()["cameras"] == []
    assert camera.code not in elsewhere.get(METRICS).content.decode()


def test_operators_do_not_see_the_workers(stage, camera):
    refused = browser(stage.operator).get(LOAD), browser(stage.operator).get(METRICS)
    assert [answer.status_code for answer in refused] == [403, 403]


def test_prometheus_reads_every_camera_with_the_token(stage, camera, settings):
    settings.METRICS_TOKEN = "scrape"
    answer = APIClient().get(METRICS, headers={"Authorization": "Bearer scrape"})
    lines = answer.content.decode().splitlines()
    of_camera = f'camera="{camera.code}",worker="host:7:ab"'
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert f"yiwang_video_camera_looked_total{{{of_camera}}} 40" in lines
    assert f'yiwang_video_camera_dropped_total{{{of_camera},reason="crowded"}} 7' in lines
    assert "# TYPE yiwang_video_camera_looked_total counter" in lines


@pytest.mark.parametrize(("token", "given"), [("scrape", "wrong"), ("", ""), ("scrape", "")])
def test_without_the_token_nobody_reads_them(stage, settings, token, given):
    settings.METRICS_TOKEN = token
    assert APIClient().get(METRICS, headers={"Authorization": f"Bearer {given}"}).status_code == 401


def test_a_worker_that_tells_no_more_is_no_longer_shown(stage, camera):
    client().delete(figures_key("host:7:ab"))
    assert admin(stage).get(LOAD).json() == {"workers": [], "cameras": []}


def test_while_redis_is_away_the_answer_says_so(stage, camera, monkeypatch):
    def away(*_):
        raise ConnectionError

    monkeypatch.setattr("video.queries.figures.client", away)
    answer = admin(stage).get(LOAD)
    assert (answer.status_code, answer.json()["code"]) == (503, "figures_not_there")


def test_the_number_of_statements_does_not_grow_with_the_cameras(stage, camera, django_assert_max_num_queries):
    asking = admin(stage)
    others = [factories.camera() for _ in range(5)]
    for number, other in enumerate(others):
        tell(other.pk, f"host:{number}:cd")
    with django_assert_max_num_queries(8):
        assert len(asking.get(LOAD).json()["cameras"]) == 6
    for number in range(5):
        forget_figures(f"host:{number}:cd")


def test_every_family_is_declared_once_and_before_its_values(stage, camera):
    seen: list[str] = []
    for line in exposition(video_load(SYSTEM)).splitlines():
        name = line.split()[2] if line.startswith("#") else line.split("{")[0]
        seen += [name] if not seen or seen[-1] != name else []
    assert len(seen) == len(set(seen))


def test_rates_are_of_the_time_between_and_a_camera_begun_anew_counts_from_nothing():
    between = camera_figures(2, 1, meter(), meter(read=375, looked=65), 5.0)
    anew = camera_figures(2, 1, meter(), Meter(read=50), 5.0)
    assert (between.read_per_second, between.looked_per_second, anew.read_per_second) == (25.0, 5.0, 10.0)
