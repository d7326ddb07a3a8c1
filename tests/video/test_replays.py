"""Replays over HTTP: what a change would have done, against what was raised and what people made of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest

from accounts.roles import Role
from core.clock import now
from core.errors import MoveNotAllowed
from core.history.record import of_subject
from events.actions.alert_decisions import confirm_alert, dismiss_alert
from events.models import Alert
from tests.events.stage import OTHER_STREET, Stage, browser
from tests.factories import person_with
from tests.video import factories
from tests.video.factories import BOW_TIE, admin_of
from tests.video.test_review_api import finding
from video.actions.detections import erase_old_detections, write_detections
from video.actions.leases import claim
from video.actions.replays import REPLAY_KIND, cancel_replay, erase_old_replays, take_up_replays
from video.actions.run_replay import run_replay
from video.models import Camera, DetectionBlock, ReplayJob, Zone
from video.pipeline.looks import Look
from video.pipeline.plans import DetectionsSeen, Message
from video.pipeline.recording import Recorder
from video.pipeline.tracker import Track
from video.queries.plans import camera_plan

pytestmark = pytest.mark.django_db
LEFT, RIGHT = [[0.0, 0.0], [0.5, 0.0], [0.5, 1.0], [0.0, 1.0]], [[0.5, 0.0], [1.0, 0.0], [1.0, 1.0], [0.5, 1.0]]


def person(x: float, score: float) -> Track:
    return Track(1, "person", score, np.array([x - 0.05, 0.4, x + 0.05, 0.7], np.float32), 0.0, 0.0)


def kept(camera: Camera, began: datetime, visits: Sequence[tuple[float, float, float, float]], seconds: float) -> None:
    """The camera looked every half second; visits are (from, until, x, score)."""
    told: list[Message] = []
    recorder = Recorder(camera_plan(camera, ()), told.append)
    luma = np.full((8, 8), 120, np.uint8)
    for number in range(int(seconds * 2)):
        at = number / 2
        tracks = [person(x, score) for first, last, x, score in visits if first <= at < last]
        recorder.see(Look(at, began + timedelta(seconds=at), None, luma, True, True, tracks))  # type: ignore[arg-type]
    recorder.close()
    for block in told:
        assert isinstance(block, DetectionsSeen)
        DetectionBlock.objects.create(
            camera=camera,
            run=block.run,
            began_at=block.began_at,
            ended_at=block.ended_at,
            looks=block.looks,
            things=block.things,
            brightness=block.brightness,
            data=block.data,
        )


class Past:
    """Half an hour: a sure visitor on the left who was a case, a faint one who was none, and one on the right."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.began = now() - timedelta(hours=2)
        self.camera = factories.camera(pictures_per_second=2)
        self.zone = factories.zone(
            self.camera, stage.kind.code, polygon=LEFT, parameters={"seconds": 3, "confidence": 0.4}
        )
        self.zone = Zone.objects.select_related("camera").get(pk=self.zone.pk)
        visits = [(60, 80, 0.3, 0.9), (600, 620, 0.3, 0.5), (1200, 1220, 0.8, 0.9)]
        kept(self.camera, self.began, visits, 1800)
        self.true = self.raised(63)
        confirm_alert(alert_id=self.true.pk, actor=stage.operator.as_actor())
        self.false = self.raised(603)
        dismiss_alert(alert_id=self.false.pk, actor=stage.operator.as_actor(), reason="nothing_there")
        self.admin = admin_of(stage.town)

    def raised(self, second: float) -> Alert:
        alert = finding(self.stage, self.zone, subject_id=self.zone.pk + 7000)
        at = self.began + timedelta(seconds=second)
        Alert.objects.filter(pk=alert.pk).update(subject_id=self.zone.pk, found_at=at, last_seen_at=at)
        return Alert.objects.get(pk=alert.pk)

    def ask(self, zone: dict[str, Any], *, user: Any = None, **more: Any) -> Any:
        body = {"zone_id": self.zone.pk, "zone": zone, "days": 1} | more
        return browser(user or self.admin).post(f"/api/v1/cameras/{self.camera.pk}/replays", body, format="json")

    def result(self, zone: dict[str, Any], **more: Any) -> Any:
        asked = self.ask(zone, **more)
        assert asked.status_code == 202, asked.content
        assert run_replay(asked.json()["id"])
        told = browser(self.admin).get(f"/api/v1/replays/{asked.json()['id']}").json()
        assert (told["state"], told["looked"], told["total"]) == ("done", 3600, 3600)
        return told["result"]


@pytest.fixture
def past(stage: Stage) -> Past:
    return Past(stage)


def test_the_zone_as_it_is_tells_again_what_it_told(past: Past) -> None:
    told = past.result({})
    assert (told["would_be"], told["as_it_is"], told["reproduced"], told["new"]) == (2, 2, 2, 0)
    assert told["kept"] == {"total": 2, "confirmed": 1, "dismissed": 1}
    assert (told["now"]["ratio"], told["then"]["ratio"]) == (0.5, 0.5)
    assert (told["looks"], told["watched_seconds"], told["uncovered"]) == (3600, 1799, 0)


def test_a_higher_threshold_loses_the_false_alarm_and_keeps_the_case(past: Past) -> None:
    told = past.result({"parameters": {"seconds": 3, "confidence": 0.7}})
    assert (told["would_be"], told["as_it_is"], told["new"]) == (1, 2, 0)
    assert (told["kept"]["confirmed"], told["lost"]["dismissed"], told["lost"]["confirmed"]) == (1, 1, 0)
    assert [item["alert_id"] for item in told["lost_items"]] == [past.false.pk]
    assert told["lost_items"][0]["verdict"] == "dismissed"
    assert (told["now"]["ratio"], told["then"]["ratio"]) == (0.5, 1.0)


def test_another_polygon_loses_both_and_finds_a_third(past: Past) -> None:
    told = past.result({"polygon": RIGHT})
    assert (told["would_be"], told["kept"]["total"], told["lost"]["total"], told["new"]) == (1, 0, 2, 1)
    (item,) = told["new_items"]
    assert (item["as_now"], item["boxes"][0]["label"]) == (False, "person")
    assert datetime.fromisoformat(item["began_at"]) == past.began + timedelta(seconds=1203)


def test_a_new_rule_on_a_new_zone_is_tried_before_it_is_drawn(past: Past) -> None:
    zone: dict[str, Any] = {"name": "新岸线", "algorithm": "water_fishing", "parameters": {"seconds": 10}}
    whole = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]
    zone |= {"type_code": past.stage.kind.code, "cool_down_seconds": 0, "polygon": whole}
    told = past.result(zone, zone_id=None)
    assert (told["would_be"], told["as_it_is"], told["raised"]["total"], told["new"]) == (3, None, 0, 3)
    assert Zone.objects.filter(name="新岸线").count() == 0


def test_words_that_were_never_seen_are_named(past: Past) -> None:
    told = past.result({"algorithm": "fire_lane_blocked", "parameters": {}})
    assert (told["would_be"], told["never_seen"]) == (0, ["bus", "car", "truck"])


def test_a_schedule_is_tried_as_well(past: Past) -> None:
    told = past.result({"schedule": {"windows": [], "light": "any"}})
    assert told["would_be"] == 2
    never = {"windows": [{"days": [(now().isoweekday() + 2) % 7 + 1], "begins": "00:00", "ends": "00:01"}]}
    told = past.result({"schedule": never})
    assert (told["would_be"], told["lost"]["total"]) == (0, 2)


def test_what_was_raised_while_nothing_was_kept_is_left_out(past: Past) -> None:
    alert = past.raised(-5000)
    told = past.result({})
    assert (told["uncovered"], told["raised"]["total"]) == (1, 2)
    assert alert.pk not in {item["alert_id"] for item in told["lost_items"]}


def test_a_rule_that_compares_pictures_is_refused_with_the_reason(past: Past) -> None:
    answer = past.ask({"algorithm": "sewage_dumping", "parameters": {}})
    assert (answer.status_code, answer.json()["code"]) == (422, "needs_pictures")


@pytest.mark.parametrize(
    ("zone", "code"),
    [
        ({"polygon": BOW_TIE}, "self_crossing_boundary"),
        ({"parameters": {"confidence": 7}}, "invalid"),
        ({"algorithm": "mind_reading"}, "invalid"),
    ],
)
def test_what_could_not_be_saved_cannot_be_replayed(past: Past, zone: dict[str, Any], code: str) -> None:
    answer = past.ask(zone)
    assert (answer.status_code, answer.json()["code"], ReplayJob.objects.count()) == (422, code, 0)


def test_nothing_kept_is_said(past: Past) -> None:
    DetectionBlock.objects.all().delete()
    answer = past.ask({})
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_kept")


def test_one_replay_of_a_camera_runs_at_a_time(past: Past) -> None:
    assert past.ask({}).status_code == 202
    answer = past.ask({})
    assert (answer.status_code, answer.json()["code"]) == (409, "replay_running")


def test_a_replay_is_called_off_and_stays_so(past: Past) -> None:
    job = past.ask({}).json()["id"]
    answer = browser(past.admin).post(f"/api/v1/replays/{job}/cancel", {}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    assert run_replay(job) is False
    with pytest.raises(MoveNotAllowed):
        cancel_replay(replay_id=job, actor=past.admin.as_actor())
    assert [row.move for row in of_subject(REPLAY_KIND, job)] == ["ask", "cancel"]


def test_a_run_whose_worker_died_is_taken_up_and_in_the_end_told_as_failed(past: Past) -> None:
    job = past.ask({}).json()["id"]
    long_ago = now() - timedelta(minutes=5)
    ReplayJob.objects.filter(pk=job).update(state="running", attempt=1, seen_at=long_ago, created_at=long_ago)
    assert take_up_replays() == 1
    assert run_replay(job)
    ReplayJob.objects.filter(pk=job).update(state="running", attempt=3, seen_at=long_ago)
    take_up_replays()
    failed = ReplayJob.objects.get(pk=job)
    assert (failed.state, failed.problem) == ("failed", "interrupted")


def test_who_does_not_set_cameras_up_replays_nothing(past: Past) -> None:
    assert past.ask({}, user=past.stage.operator).status_code == 403
    assert browser(past.stage.operator).get(f"/api/v1/cameras/{past.camera.pk}/replays").status_code == 403
    elsewhere = admin_of(past.stage.town, OTHER_STREET)
    assert past.ask({}, user=elsewhere).status_code == 404
    job = past.ask({}).json()["id"]
    assert browser(elsewhere).get(f"/api/v1/replays/{job}").status_code == 404
    assert browser(past.stage.operator).get(f"/api/v1/replays/{job}").status_code == 403
    assert browser(person_with(Role.GRID_WORKER, area=past.stage.district)).post(
        f"/api/v1/replays/{job}/cancel"
    ).status_code in (403, 404)


def test_the_list_tells_what_is_kept_and_how_large_it_is(past: Past, django_assert_max_num_queries: Any) -> None:
    past.ask({})
    client = browser(past.admin)
    client.get(f"/api/v1/cameras/{past.camera.pk}/replays")
    with django_assert_max_num_queries(7):
        told = client.get(f"/api/v1/cameras/{past.camera.pk}/replays").json()
    assert [item["state"] for item in told["items"]] == ["queued"]
    stored = sum(len(block.data) for block in DetectionBlock.objects.all())
    assert (told["kept"]["looks"], told["kept"]["size_bytes"], told["kept"]["kept_days"]) == (3600, stored, 7)


def test_a_worker_that_lost_the_camera_keeps_nothing_of_it(past: Past, settings: Any) -> None:
    generation = claim(holder="a", room=5)[past.camera.pk]
    seen = DetectionsSeen(past.camera.pk, generation, 1, now(), now(), 3, 0, 100, b"\x01")
    before = DetectionBlock.objects.count()
    assert write_detections(seen, holder="a") is not None
    assert write_detections(seen, holder="b") is None
    settings.DETECTIONS_KEPT_DAYS = 0
    assert write_detections(seen, holder="a") is None
    assert DetectionBlock.objects.count() == before + 1


def test_what_is_past_its_days_is_erased(past: Past, settings: Any) -> None:
    assert erase_old_detections() == 0
    settings.DETECTIONS_KEPT_DAYS = 0
    assert erase_old_detections() > 0
    assert DetectionBlock.objects.count() == 0
    ReplayJob.objects.create(
        camera=past.camera, candidate={}, since=now(), until=now(), state="done", created_at=now() - timedelta(days=31)
    )
    assert erase_old_replays() == 1
