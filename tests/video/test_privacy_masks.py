"""Privacy masks: drawn like others, painted over wherever a picture of the camera leaves the platform's processes."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import av
import cv2
import numpy as np
import pytest

from core.clock import now
from core.models import HistoryRow
from tests.events.stage import browser
from tests.video import factories
from tests.video.factories import SQUARE, admin_of
from tests.video.test_leases import finding
from video.actions.leases import claim
from video.actions.watching import write_clip, write_finding, write_still
from video.models import CameraLease
from video.pipeline import samples
from video.pipeline.camera import CameraLoop
from video.pipeline.plans import CameraPlan, ClipMade, Evidence, StillTaken
from video.queries.plans import plans_of
from video.running.viewing import hidden_now

pytestmark = pytest.mark.django_db


def test_a_mask_that_hides_is_drawn_by_administrators_and_drops_the_open_still(stage, monkeypatch):
    told: list[Any] = []
    monkeypatch.setattr("video.actions.masks.publish_camera", lambda one: told.append((one.pk, one.lease.still_at)))
    camera = factories.camera()
    CameraLease.objects.filter(camera=camera).update(still_path="cameras/1.jpg", still_at="2026-11-22T06:00:00Z")
    address, body = f"/api/v1/cameras/{camera.pk}/masks", {"name": "卧室窗", "polygon": SQUARE, "hides": True}
    refused = browser(stage.operator).post(address, body, format="json")
    made = browser(admin_of(stage.town)).post(address, body, format="json")
    assert (refused.status_code, made.status_code, made.json()["hides"]) == (403, 201, True)
    assert CameraLease.objects.get(camera=camera).still_path == ""
    assert told == [(camera.pk, None)]
    line = HistoryRow.objects.filter(subject_kind="camera", subject_id=camera.pk).latest("id")
    assert (line.move, line.facts["hides"]) == ("draw_mask", True)


def test_workers_and_viewers_are_told_what_to_hide_and_tiles_say_so(stage):
    hidden, plain = factories.camera(), factories.camera()
    factories.mask(hidden, hides=True)
    factories.mask(plain)
    plan = plans_of({hidden.pk: 1, plain.pk: 1})
    whole = tuple((x, y) for x, y in SQUARE)
    assert (plan[hidden.pk][1].hidden, plan[plain.pk][1].hidden) == ((whole,), ())
    assert (hidden_now(hidden.pk), hidden_now(plain.pk)) == ((whole,), ())
    tiles = browser(stage.operator).get("/api/v1/video/cameras").json()["items"]
    assert {tile["id"]: tile["is_masked"] for tile in tiles} == {hidden.pk: True, plain.pk: False}


def test_a_mask_becomes_one_that_hides_and_back(stage):
    camera = factories.camera()
    mask = factories.mask(camera)
    client = browser(admin_of(stage.town))
    on = client.patch(f"/api/v1/masks/{mask.pk}", {"hides": True, "version": 1}, format="json")
    assert (on.status_code, on.json()["hides"], bool(hidden_now(camera.pk))) == (200, True, True)
    off = client.patch(f"/api/v1/masks/{mask.pk}", {"hides": False, "version": 2}, format="json")
    assert (off.status_code, hidden_now(camera.pk)) == (200, ())


LEFT = ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0))
PLAN = CameraPlan(1, "窗前", "rtsp://127.0.0.1:9/none", (), hidden=(LEFT,))


def noise() -> av.VideoFrame:
    pixels = np.random.default_rng(1).integers(0, 255, (180, 320, 3)).astype(np.uint8)
    return av.VideoFrame.from_ndarray(pixels, format="bgr24")


def test_the_still_a_worker_tells_is_painted_over():
    told: list[Any] = []
    loop = CameraLoop(PLAN, cast(Any, SimpleNamespace(attention=None)), {}, told.append)
    loop._take_still(noise(), [])
    [still] = [one for one in told if isinstance(one, StillTaken)]
    picture = cv2.imdecode(np.frombuffer(still.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None and still.hidden == (LEFT,)
    assert float(picture[:, :150].std()) < 2 < 20 < float(picture[:, 176:].std())


def test_pictures_that_a_model_is_tried_on_are_painted_over(monkeypatch):
    frame = noise()
    reader = SimpleNamespace(samples=lambda _stopped: iter([SimpleNamespace(frame=frame)]))
    monkeypatch.setattr(samples, "StreamReader", lambda *_, **__: reader)
    [picture] = samples.pictures_of([PLAN], [], 1)
    assert float(picture[:, :150].std()) < 2 < 20 < float(picture[:, 176:].std())
    assert float(frame.to_ndarray(format="bgr24")[:, :150].std()) > 20


def test_stills_from_before_a_mask_was_drawn_are_not_stored(stage, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    camera = factories.camera()
    generation = claim(holder="a", room=1)[camera.pk]
    factories.mask(camera, hides=True)
    taken = StillTaken(camera.pk, generation, now(), b"jpeg")
    write_still(taken, holder="a")
    assert (CameraLease.objects.get(camera=camera).still_path, list(tmp_path.iterdir())) == ("", [])
    write_still(replace(taken, hidden=plans_of({camera.pk: generation})[camera.pk][1].hidden), holder="a")
    assert CameraLease.objects.get(camera=camera).still_path == f"stills/{camera.pk}.jpg"


def test_evidence_from_before_a_mask_was_drawn_is_not_kept_but_what_was_found_is(stage, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    camera = factories.camera()
    zones = [factories.zone(camera, stage.kind.code), factories.zone(camera, stage.kind.code)]
    generation = claim(holder="a", room=1)[camera.pk]
    factories.mask(camera, hides=True)
    alerts = []
    for zone, hidden in zip(zones, ((), plans_of({camera.pk: 1})[camera.pk][1].hidden), strict=True):
        (tmp_path / f"{zone.pk}.jpg").write_bytes(b"jpeg")
        (tmp_path / f"{zone.pk}.mp4").write_bytes(b"mp4")
        found = replace(finding(zone, generation), evidence=Evidence(f"{zone.pk}.jpg", ("heads",), hidden))
        alert = write_finding(found, holder="a")
        write_clip(ClipMade(camera.pk, generation, found.zone, found.found_at, f"{zone.pk}.mp4", hidden), holder="a")
        assert alert is not None
        alert.refresh_from_db()
        alerts.append((alert.still_id is not None, alert.clip_id is not None))
    assert alerts == [(False, False), (True, True)]
    assert sorted(file.name for file in tmp_path.iterdir()) == [f"{zones[1].pk}.jpg", f"{zones[1].pk}.mp4"]
