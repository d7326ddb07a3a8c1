"""Cameras are spread evenly over the workers that live, and change hands only when that makes it more even."""

import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import now
from tests.events.stage import build_stage
from tests.video import factories
from video.actions.leases import claim
from video.actions.spreading import forget_dead_workers, forget_worker, report_worker, share_of
from video.models import Camera, CameraLease, VideoWorker
from video.pipeline.eyes import Eyes, EyesSettings
from video.rules.spreading import Standing, shares
from video.running.runner import VideoRunner

WORKERS = st.dictionaries(
    st.sampled_from("abcdef"), st.builds(Standing, st.integers(0, 40), st.integers(0, 40)), min_size=1
)


@given(st.integers(0, 150), WORKERS)
def test_every_camera_has_a_worker_while_there_is_room_and_none_takes_more_than_it_can(cameras, workers):
    share = shares(cameras, workers)
    room = sum(worker.capacity for worker in workers.values())
    assert sum(share.values()) == min(cameras, room)
    assert all(share[holder] <= worker.capacity for holder, worker in workers.items())


@given(st.integers(0, 150), WORKERS)
def test_workers_with_room_differ_by_one_camera_at_most(cameras, workers):
    share = shares(cameras, workers)
    open_to = [held for holder, held in share.items() if held < workers[holder].capacity]
    most = max(share.values())
    assert all(most - held <= 1 for held in open_to)


def test_an_odd_camera_stays_with_whom_it_is():
    assert shares(9, {"a": Standing(16, 4), "b": Standing(16, 5)}) == {"a": 4, "b": 5}


@pytest.mark.django_db
def test_a_worker_that_stopped_or_fell_silent_is_not_counted_on(stage):
    [factories.camera() for _ in range(6)]
    for holder in ("a", "b", "c"):
        report_worker(holder=holder, capacity=16)
    alone = share_of("a")
    forget_worker(holder="b")
    VideoWorker.objects.filter(holder="c").update(seen_at=now() - timedelta(minutes=11))
    assert (alone, share_of("a"), forget_dead_workers()) == (2, 6, 1)


@pytest.mark.django_db
def test_important_cameras_are_taken_first(stage):
    low, high, normal = (factories.camera(priority=priority).pk for priority in (3, 1, 2))
    order = [next(iter(claim(holder="a", room=1))) for _ in range(3)]
    assert order == [high, normal, low]


def held() -> dict[str, int]:
    counts: dict[str, int] = {}
    for holder in CameraLease.objects.exclude(holder="").values_list("holder", flat=True):
        counts[holder] = counts.get(holder, 0) + 1
    return counts


def wait_until(condition, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"it did not happen in time: {held()}"
        time.sleep(0.2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.xdist_group("video")
def test_a_worker_gives_back_what_is_over_its_share_when_another_joins(tmp_path):
    build_stage()
    cameras = [factories.camera(priority=1 + number % 3) for number in range(6)]
    first = VideoRunner(capacity=16, eyes=Eyes(EyesSettings(tmp_path, tmp_path)))
    first.claim()
    alone = held()
    second = VideoRunner(capacity=16, eyes=Eyes(EyesSettings(tmp_path, tmp_path)))
    second.claim()
    wait_until(lambda: held() == {first.holder: 3, second.holder: 3}, 30)
    kept = {camera.priority for camera in Camera.objects.filter(lease__holder=first.holder)}
    second.stop()
    wait_until(lambda: held() == {first.holder: 6}, 20)
    first.stop()
    assert (alone, held(), 1 in kept, len(cameras)) == ({first.holder: 6}, {}, True, 6)
