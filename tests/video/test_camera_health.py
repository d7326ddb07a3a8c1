"""A camera's health: when it is told, what the picture shows, and how it becomes alerts that count for no algorithm."""

import itertools
from collections.abc import Mapping

import cv2
import numpy as np
import pytest

from core.actor import SYSTEM
from core.clock import now
from events.models import Alert
from events.queries.automation_list import automation_list
from tests.events.stage import browser
from tests.factories import EventTypeFactory
from tests.video import factories
from tests.video.factories import admin_of
from video.actions.cameras import edit_camera, remove_camera
from video.actions.health import write_health, write_reference
from video.models import CameraLease, CameraReference
from video.pipeline.picture_health import PictureJudge, Reference
from video.pipeline.plans import HealthChanged, ReferenceTaken
from video.queries.plans import plans_of
from video.rules.health import HealthBook, Reason, read_reasons

HOLDER = "worker:1"


def book(**times):
    reason = {"raise_after": 30.0, "clear_after": 15.0} | times
    return HealthBook({"offline": Reason("offline", "stream", {}, {}, **reason)}, again_every=600)


def test_a_reason_is_raised_only_when_it_has_held_long_enough():
    page = book()
    page.note("offline", True, 0)
    assert (page.due(29).raised, page.due(30).raised, page.due(31).raised) == ((), ("offline",), ())


def test_what_comes_and_goes_raises_nothing():
    page = book()
    told = []
    for at in range(0, 200, 10):
        page.note("offline", at % 20 == 0, at)
        told += page.due(at).raised
    assert told == []


def test_a_raised_reason_is_over_only_when_it_was_quiet_long_enough():
    page = book()
    page.note("offline", True, 0)
    page.due(30)
    page.note("offline", False, 40)
    page.note("offline", True, 50)
    page.note("offline", False, 60)
    assert (page.due(70).cleared, page.due(75).cleared, page.due(90).cleared) == ((), ("offline",), ())


def test_what_goes_on_is_told_again_so_that_its_alert_stays_up_to_date():
    page = book()
    page.note("offline", True, 0)
    assert [at for at in range(0, 1300, 10) if page.due(at).raised] == [30, 630, 1230]


def test_a_camera_that_is_well_says_so_once_for_what_another_worker_may_have_raised():
    page = book()
    page.note("offline", False, 0)
    assert (page.due(15).cleared, page.due(100).cleared) == (("offline",), ())


def test_every_reason_has_a_name_and_a_remedy_in_both_languages():
    for reason in read_reasons().values():
        assert all([reason.name["zh"], reason.name["en"], reason.remedy["zh"], reason.remedy["en"]]), reason.code
        assert (reason.kind == "note") == (reason.level is None), reason.code


def scene(seed=1):
    """A still scene with edges, as a camera sees a street: uint8 (360, 640)."""
    chance = np.random.default_rng(seed)
    picture = np.full((360, 640), 110, np.uint8)
    for _ in range(40):
        x, y = chance.integers(0, 600), chance.integers(0, 330)
        w, h = chance.integers(20, 160), chance.integers(15, 90)
        cv2.rectangle(picture, (int(x), int(y)), (int(x + w), int(y + h)), int(chance.integers(20, 235)), -1)
    return picture


def noisy(picture, seed):
    noise = np.random.default_rng(seed).normal(0, 3, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def judged(pictures, reference, looks=40):
    """What is said of the last of so many looks."""
    judge = PictureJudge(reference)
    found: Mapping[str, bool] = {}
    for number, picture in zip(range(looks), itertools.cycle(pictures)):
        found = judge.judge(picture, number * 2.0)
    return {code for code, holds in found.items() if holds}


@pytest.fixture(scope="module")
def reference():
    judge = PictureJudge()
    for number in range(30):
        judge.judge(noisy(scene(), number), number * 2.0)
    assert judge.reference is not None
    return Reference.unpacked(judge.reference.packed())


WELL = scene()
CASES = {
    "as ever": ([noisy(WELL, n) for n in range(5)], set()),
    "half as bright": ([noisy(WELL // 2, n) for n in range(5)], set()),
    "something large in it": ([noisy(np.hstack([WELL[:, :420], scene(7)[:, :220]]), n) for n in range(5)], set()),
    "black": ([noisy(np.full_like(WELL, 10), n) for n in range(5)], {"black"}),
    "covered": ([np.full_like(WELL, 120)], {"covered"}),
    "frozen": ([WELL], {"frozen"}),
    "turned away": ([noisy(scene(9), n) for n in range(5)], {"moved"}),
    "shifted": ([noisy(np.roll(WELL, (70, 190), (0, 1)), n) for n in range(5)], {"moved"}),
    "blurred": ([cv2.GaussianBlur(noisy(WELL, n), (0, 0), 4) for n in range(5)], {"blurred"}),
}


def test_a_camera_with_a_head_that_looks_elsewhere_is_never_told_as_moved(reference):
    judge, elsewhere = PictureJudge(reference, turns=True), [noisy(scene(9), n) for n in range(5)]
    told = [judge.judge(elsewhere[n % 5], n * 2.0) for n in range(40)]
    assert any("moved" in one for one in told)
    assert not any(one.get("moved") or one.get("blurred") for one in told)


@pytest.mark.parametrize("name", CASES)
def test_the_picture_is_judged(name, reference):
    pictures, expected = CASES[name]
    assert judged(pictures, reference) == expected


def test_a_reference_of_another_size_is_none():
    assert Reference.unpacked(b"1234") is None


@pytest.fixture
def camera(stage):
    EventTypeFactory.create(code="surveillance_camera", name="监控设备")
    camera = factories.camera()
    CameraLease.objects.filter(camera=camera).update(holder=HOLDER, generation=3, expires_at=now())
    return camera


def told(camera, *, raised=(), cleared=(), generation=3, detail=""):
    at = now()
    return HealthChanged(camera.pk, generation, at, raised, cleared, dict.fromkeys(raised, at), detail)


def test_a_fault_becomes_an_alert_with_reason_and_remedy_on_the_cameras_row(camera, stage):
    write_health(told(camera, raised=("wrong_password",), detail="no answer from rtsp://h/x"), holder=HOLDER)
    alert = Alert.objects.get()
    assert (alert.source, alert.rule, alert.subject_kind, alert.type_code) == (
        "video", "camera_wrong_password", "camera", "surveillance_camera",
    )  # fmt: skip
    assert (alert.camera_id, alert.title.startswith("账号或口令错误"), alert.detail["remedy_en"][:5]) == (
        camera.pk, True, "Enter",
    )  # fmt: skip
    shown = browser(stage.operator).get("/api/v1/cameras").json()["items"][0]
    assert [one["reason"] for one in shown["problems"]] == ["wrong_password"]


def test_the_alert_is_over_when_the_camera_is_well_again(camera):
    write_health(told(camera, raised=("frozen",)), holder=HOLDER)
    write_health(told(camera, cleared=("frozen", "black")), holder=HOLDER)
    alert = Alert.objects.get()
    assert (alert.recovered_at is not None, CameraLease.objects.get(camera=camera).problems) == (True, [])


def test_a_fault_that_goes_on_counts_up_the_one_alert(camera):
    for _ in range(3):
        write_health(told(camera, raised=("offline",)), holder=HOLDER)
    assert (Alert.objects.count(), Alert.objects.get().seen_count) == (1, 3)


def test_a_note_stands_on_the_camera_and_raises_no_alert(camera):
    write_health(told(camera, raised=("h265",)), holder=HOLDER)
    assert (Alert.objects.count(), CameraLease.objects.get(camera=camera).problems[0]["reason"]) == (0, "h265")


def test_a_worker_that_lost_the_camera_writes_no_health(camera):
    write_health(told(camera, raised=("offline",), generation=2), holder=HOLDER)
    write_reference(ReferenceTaken(camera.pk, 2, now(), b"x"), holder=HOLDER)
    assert (Alert.objects.count(), CameraReference.objects.count()) == (0, 0)


def test_switching_a_camera_off_ends_its_faults(camera):
    write_health(told(camera, raised=("offline", "moved")), holder=HOLDER)
    edit_camera(camera_id=camera.pk, changes={"enabled": False}, actor=SYSTEM)
    assert Alert.objects.filter(recovered_at=None).count() == 0


def test_removing_a_camera_ends_its_faults(camera):
    write_health(told(camera, raised=("offline",)), holder=HOLDER)
    remove_camera(camera_id=camera.pk, actor=SYSTEM)
    assert Alert.objects.filter(recovered_at=None).count() == 0


def test_faults_of_cameras_count_for_no_algorithm(camera, stage):
    write_health(told(camera, raised=("blurred",)), holder=HOLDER)
    Alert.objects.update(state="dismissed", decided_at=now())
    shown = browser(admin_of(stage.town)).get(f"/api/v1/cameras/{camera.pk}").json()
    rules = {one["rule"] for one in automation_list(stage.acceptor.as_actor())["items"]}
    assert (shown["today"]["alerts"], shown["today"]["precision"], "camera_blurred" in rules) == (0, None, False)


def test_the_next_worker_knows_how_the_picture_should_look_until_a_new_view_is_accepted(camera, stage):
    write_reference(ReferenceTaken(camera.pk, 3, now(), b"outlines"), holder=HOLDER)
    before = plans_of({camera.pk: 4})[camera.pk][1].reference
    answer = browser(admin_of(stage.town)).post(f"/api/v1/cameras/{camera.pk}/accept-view")
    after = plans_of({camera.pk: 5})[camera.pk][1].reference
    assert (before, answer.status_code, after) == (b"outlines", 200, None)
