"""Leases: one camera, one worker, whatever happens."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections

from core.clock import now
from events.models import Alert
from tests.events.stage import build_stage
from tests.video import factories
from video.actions.leases import claim, let_expired_go, release, renew
from video.actions.watching import write_finding, write_state
from video.models import Camera, CameraLease
from video.pipeline.plans import CameraState, Evidence, Finding, SeenBox, StateChanged, ZonePlan
from video.queries.cameras import camera_rows, with_row_fields


def run_out(*cameras: Camera) -> None:
    CameraLease.objects.filter(camera__in=cameras).update(expires_at=now() - timedelta(seconds=1))


def finding(zone, generation: int) -> Finding:
    plan = ZonePlan(zone.pk, zone.name, ((0.2, 0.2), (0.8, 0.2), (0.8, 0.8)), zone.algorithm, {})
    return Finding(
        camera_id=zone.camera_id,
        camera_name="球机",
        generation=generation,
        zone=plan,
        found_at=now(),
        lasted_seconds=3.2,
        confidence=0.7,
        boxes=(SeenBox("person", 0.7, (0.3, 0.3, 0.4, 0.6), 1),),
        again=False,
        evidence=Evidence("evidence/no/file.jpg", ("heads",)),
    )


@pytest.mark.django_db
def test_a_worker_takes_as_many_as_it_has_room_for(stage):
    [factories.camera() for _ in range(5)]
    assert (len(claim(holder="a", room=3)), len(claim(holder="b", room=9)), claim(holder="c", room=9)) == (3, 2, {})


@pytest.mark.django_db
def test_a_disabled_camera_is_not_taken(stage):
    factories.camera(enabled=False)
    assert claim(holder="a", room=9) == {}


@pytest.mark.django_db
def test_a_lease_that_ran_out_goes_to_the_next_under_a_new_generation(stage):
    camera = factories.camera()
    first = claim(holder="a", room=1)[camera.pk]
    run_out(camera)
    assert claim(holder="b", room=1) == {camera.pk: first + 1}
    assert renew(holder="a", generations={camera.pk: first}) == set()


@pytest.mark.django_db
def test_a_camera_whose_worker_died_is_said_to_be_watched_by_nobody(stage, monkeypatch):
    told: list[int] = []
    monkeypatch.setattr("video.actions.leases.publish_camera", lambda camera: told.append(camera.pk))
    dead, watched = factories.camera(), factories.camera()
    claim(holder="a", room=2)
    run_out(dead)
    assert let_expired_go() == 1
    states = {row.id: row.state for row in camera_rows(list(with_row_fields(Camera.objects.all())))}
    assert states == {dead.pk: "unassigned", watched.pk: "connecting"}
    assert told == [dead.pk]


@pytest.mark.django_db
def test_a_lease_given_back_is_free_at_once(stage):
    camera = factories.camera()
    mine = claim(holder="a", room=1)
    release(holder="a", generations=mine)
    assert list(claim(holder="b", room=1)) == [camera.pk]


@pytest.mark.django_db
def test_who_lost_a_camera_cannot_give_back_the_new_holders(stage):
    camera = factories.camera()
    old = claim(holder="a", room=1)
    run_out(camera)
    new = claim(holder="b", room=1)
    release(holder="a", generations=old)
    assert renew(holder="b", generations=new) == {camera.pk}


@pytest.mark.django_db
def test_a_renewal_prolongs_and_a_disabled_camera_is_let_go(stage):
    first, second = factories.camera(), factories.camera()
    mine = claim(holder="a", room=2)
    Camera.objects.filter(pk=second.pk).update(enabled=False)
    assert renew(holder="a", generations=mine) == {first.pk}


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_writes_no_state(stage):
    camera = factories.camera()
    generation = claim(holder="a", room=1)[camera.pk]
    run_out(camera)
    claim(holder="b", room=1)
    write_state(StateChanged(camera.pk, generation, CameraState.ONLINE, "", now(), 5.0), holder="a")
    assert CameraLease.objects.get(camera=camera).state == "connecting"


@pytest.mark.django_db
def test_a_finding_becomes_one_alert_and_then_counts_up(stage):
    camera = factories.camera()
    zone = factories.zone(camera, stage.kind.code)
    generation = claim(holder="a", room=1)[camera.pk]
    write_finding(finding(zone, generation), holder="a")
    write_finding(finding(zone, generation), holder="a")
    alert = Alert.objects.get()
    assert (alert.rule, alert.subject_id, alert.camera_id) == ("restricted_area_presence", zone.pk, camera.pk)
    assert (alert.seen_count, alert.boxes[0]["label"]) == (2, "person")


@pytest.mark.django_db
def test_a_finding_under_a_lost_lease_is_no_alert(stage):
    camera = factories.camera()
    zone = factories.zone(camera, stage.kind.code)
    generation = claim(holder="a", room=1)[camera.pk]
    run_out(camera)
    claim(holder="b", room=1)
    assert write_finding(finding(zone, generation), holder="a") is None


@pytest.mark.django_db
def test_a_finding_of_a_zone_that_was_switched_off_is_no_alert(stage):
    camera = factories.camera()
    zone = factories.zone(camera, stage.kind.code, enabled=False)
    generation = claim(holder="a", room=1)[camera.pk]
    assert write_finding(finding(zone, generation), holder="a") is None


def claim_by_looking_first(holder: str, barrier: threading.Barrier) -> list[int]:
    """What a worker would do without the conditional update: look for a free camera, then write its name."""
    free = list(CameraLease.objects.filter(holder="").values_list("camera_id", flat=True))
    barrier.wait(5)
    for camera_id in free:
        CameraLease.objects.filter(camera_id=camera_id).update(holder=holder, expires_at=now() + timedelta(seconds=30))
    return free


def race(claimant) -> dict[str, list[int]]:
    """Two workers at once: who believes to hold what."""
    barrier = threading.Barrier(2)
    taken: dict[str, list[int]] = {}

    def run(holder: str) -> None:
        taken[holder] = list(claimant(holder, barrier))
        connections.close_all()

    threads = [threading.Thread(target=run, args=(holder,)) for holder in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def claim_at_once(holder: str, barrier: threading.Barrier) -> dict[int, int]:
    barrier.wait(5)
    return claim(holder=holder, room=20)


@pytest.mark.django_db(transaction=True)
def test_looking_first_gives_one_camera_to_two_workers():
    build_stage()
    camera = factories.camera()
    assert race(claim_by_looking_first) == {"a": [camera.pk], "b": [camera.pk]}


@pytest.mark.django_db(transaction=True)
def test_a_conditional_update_gives_each_camera_to_one_worker():
    build_stage()
    cameras = sorted(factories.camera().pk for _ in range(12))
    taken = race(claim_at_once)
    assert sorted(taken["a"] + taken["b"]) == cameras


@pytest.mark.django_db
def test_pictures_that_no_alert_took_are_not_kept(stage, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    zone = factories.zone(factories.camera(), stage.kind.code)
    generation = claim(holder="a", room=1)[zone.camera_id]
    for name in ("first", "again"):
        (tmp_path / f"{name}.jpg").write_bytes(b"picture")
        evidence = Evidence(f"{name}.jpg", ("heads",))
        write_finding(replace(finding(zone, generation), evidence=evidence), holder="a")
    assert Alert.objects.get().seen_count == 2
    assert [file.name for file in tmp_path.iterdir()] == ["first.jpg"]
