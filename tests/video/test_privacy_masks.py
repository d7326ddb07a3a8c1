"""Privacy masks: drawn like others, painted over wherever a picture of the camera leaves the platform's processes."""

from types import SimpleNamespace
from typing import Any, cast

import av
import cv2
import numpy as np
import pytest

from core.models import HistoryRow
from tests.events.stage import browser
from tests.video import factories
from tests.video.factories import SQUARE, admin_of
from video.models import CameraLease
from video.pipeline.camera import CameraLoop
from video.pipeline.plans import CameraPlan, StillTaken
from video.queries.plans import plans_of
from video.running.viewing import hidden_now

pytestmark = pytest.mark.django_db


def test_a_mask_that_hides_is_drawn_by_administrators_and_drops_the_open_still(stage):
    camera = factories.camera()
    CameraLease.objects.filter(camera=camera).update(still_path="cameras/1.jpg", still_at="2026-11-22T06:00:00Z")
    address, body = f"/api/v1/cameras/{camera.pk}/masks", {"name": "卧室窗", "polygon": SQUARE, "hides": True}
    refused = browser(stage.operator).post(address, body, format="json")
    made = browser(admin_of(stage.town)).post(address, body, format="json")
    assert (refused.status_code, made.status_code, made.json()["hides"]) == (403, 201, True)
    assert CameraLease.objects.get(camera=camera).still_path == ""
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


def test_the_still_a_worker_tells_is_painted_over():
    told: list[Any] = []
    left = ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0))
    plan = CameraPlan(1, "窗前", "rtsp://127.0.0.1:9/none", (), hidden=(left,))
    loop = CameraLoop(plan, cast(Any, SimpleNamespace(attention=None)), {}, told.append)
    noise = np.random.default_rng(1).integers(0, 255, (180, 320, 3)).astype(np.uint8)
    loop._take_still(av.VideoFrame.from_ndarray(noise, format="bgr24"), [])
    [still] = [one for one in told if isinstance(one, StillTaken)]
    picture = cv2.imdecode(np.frombuffer(still.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert float(picture[:, :150].std()) < 2 < 20 < float(picture[:, 176:].std())
