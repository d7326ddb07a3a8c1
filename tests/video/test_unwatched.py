"""A camera whose worker died: nobody analyses it until somebody does, and nothing its worker said outlives that."""

from datetime import timedelta

import pytest

from core import redis
from core.actor import SYSTEM
from core.clock import now
from events.models import Alert
from tests.events.stage import browser
from tests.factories import EventTypeFactory
from tests.video import factories
from video.actions.cameras import edit_camera
from video.actions.health import write_health
from video.actions.leases import let_expired_go
from video.actions.unwatched import tell_unwatched
from video.models import CameraLease
from video.pipeline.plans import HealthChanged

HOLDER = "worker:1"


@pytest.fixture
def clock(time_machine):
    """Stands still; `later` is a tick of the timetable after so many seconds."""
    time_machine.move_to(now(), tick=False)
    redis.client().delete(redis.key("video", "unwatched"))

    def later(seconds: float = 0) -> int:
        for _ in range(int(seconds // 30)):
            time_machine.shift(timedelta(seconds=30))
            tell_unwatched()
        return tell_unwatched()

    later.pause = time_machine.shift  # type: ignore[attr-defined]
    return later


@pytest.fixture
def camera(stage, clock):
    EventTypeFactory.create(code="surveillance_camera", name="监控设备")
    camera = factories.camera()
    watch(camera)
    return camera


def watch(camera, seconds: float = 30, holder: str = HOLDER, generation: int = 3) -> None:
    expires = now() + timedelta(seconds=seconds)
    CameraLease.objects.filter(camera=camera).update(holder=holder, generation=generation, expires_at=expires)


def let_go(camera) -> None:
    CameraLease.objects.filter(camera=camera).update(holder="", expires_at=now())


def says(camera, *, raised=(), cleared=(), holder: str = HOLDER, generation: int = 3) -> None:
    at = now()
    told = HealthChanged(camera.pk, generation, at, raised, cleared, dict.fromkeys(raised, at))
    write_health(told, holder=holder)


def standing() -> list[str]:
    return sorted(Alert.objects.filter(recovered_at=None).values_list("rule", flat=True))


def problems(camera) -> list[str]:
    return [one["reason"] for one in CameraLease.objects.get(camera=camera).problems]


def test_a_camera_that_nobody_analyses_says_so_at_once_and_raises_it_when_it_lasts(camera, clock, stage):
    let_go(camera)
    clock()
    at_once = (problems(camera), standing())
    clock(120)
    shown = browser(stage.operator).get("/api/v1/cameras").json()["items"][0]
    assert at_once == (["unwatched"], [])
    assert (standing(), shown["state"]) == (["camera_unwatched"], "unassigned")
    assert [one["reason"] for one in shown["problems"]] == ["unwatched"]


def test_what_a_dead_worker_said_does_not_outlive_it(camera, clock):
    says(camera, raised=("offline", "black"))
    let_go(camera)
    clock(150)
    assert (standing(), problems(camera)) == (["camera_unwatched"], ["unwatched"])


def test_it_is_over_as_soon_as_a_worker_has_come(camera, clock):
    let_go(camera)
    clock(150)
    watch(camera, holder="worker:2", generation=4)
    clock()
    assert (standing(), problems(camera)) == ([], [])


def test_a_quick_change_of_hands_raises_nothing_and_leaves_faults_to_the_next_worker(camera, clock):
    says(camera, raised=("offline",))
    let_go(camera)
    clock(30)
    watch(camera, seconds=600, holder="worker:2", generation=4)
    clock(150)
    kept = standing()
    says(camera, cleared=("offline",), holder="worker:2", generation=4)
    assert (kept, standing(), problems(camera)) == (["camera_offline"], [], [])


def test_the_next_worker_raises_anew_what_goes_on(camera, clock):
    says(camera, raised=("offline",))
    let_go(camera)
    clock(150)
    watch(camera, seconds=600, holder="worker:2", generation=4)
    clock()
    clock.pause(timedelta(seconds=45))
    says(camera, raised=("offline",), holder="worker:2", generation=4)
    assert standing() == ["camera_offline"]


def test_what_goes_on_counts_up_one_alert_so_that_it_stays_up_to_date(camera, clock):
    let_go(camera)
    clock(150)
    clock(900)
    alert = Alert.objects.get(rule="camera_unwatched")
    assert alert.seen_count == 2


def test_after_a_pause_of_the_platform_the_waiting_begins_anew(camera, clock):
    let_go(camera)
    clock()
    clock.pause(timedelta(hours=9))
    redis.client().delete(redis.key("video", "unwatched"))  # it is kept for a minute
    clock()
    assert (problems(camera), standing()) == (["unwatched"], [])


def test_a_camera_that_is_switched_off_is_missed_by_nobody(camera, clock):
    let_go(camera)
    clock(150)
    edit_camera(camera_id=camera.pk, changes={"enabled": False}, actor=SYSTEM)
    clock(150)
    assert (standing(), problems(camera)) == ([], [])


def test_a_worker_that_was_only_paused_is_let_go_first(camera, clock):
    watch(camera, seconds=-1)
    assert (let_expired_go(), clock(), problems(camera)) == (1, 1, ["unwatched"])
