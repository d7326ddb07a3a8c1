"""Cameras that send H.265 or pictures at uneven times, over RTSP: analysed, and told on the camera with the remedy."""

import json
import queue
import subprocess
import threading
import time

import pytest

from core.clock import now
from tests.events.stage import browser
from tests.video import factories
from tests.video.conftest import rtsp_server
from video.actions.health import write_health
from video.models import CameraLease
from video.pipeline.camera import CameraLoop
from video.pipeline.eyes import Eyes, EyesSettings
from video.pipeline.plans import CameraPlan, HealthChanged
from video.pipeline.steps import Steps
from video.rules.algorithms import read_algorithms

pytestmark = pytest.mark.xdist_group("video")

HOLDER = "worker:1"
CODINGS = {
    "h265": ("libx265", "-x265-params", "keyint=5:log-level=none"),
    # Ten pictures within a second, the next after 2.4 s, round after round.
    "irregular": ("libx264", "-g", "6", "-vf", "setpts='if(lt(N,10),N*0.1,N*0.1+2.3)/TB'", "-fps_mode", "vfr"),
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    folder = tmp_path_factory.mktemp("odd")
    clips = {}
    for name, coding in CODINGS.items():
        moving = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10:duration=1.2"]
        more = ["-preset", "ultrafast", "-pix_fmt", "yuv420p", str(folder / f"{name}.mp4")]
        subprocess.run(["ffmpeg", "-v", "error", *moving, "-c:v", *coding, *more], check=True, timeout=60)
        clips[name] = {"file": f"{name}.mp4", "mount": f"/{name}", "label": "odd"}
    (folder / "clips.json").write_text(json.dumps(clips))
    with rtsp_server(folder) as address:
        yield address


def first_notes(plans, eyes, seconds=15.0):
    """What is told of each camera first, and how many of its pictures were looked at until all were told."""
    said: queue.Queue[object] = queue.Queue()
    loops = [CameraLoop(plan, eyes, read_algorithms(), said.put) for plan in plans]
    threads = [threading.Thread(target=loop.run) for loop in loops]
    for thread in threads:
        thread.start()
    notes: dict[int, HealthChanged] = {}
    deadline = time.monotonic() + seconds
    while len(notes) < len(plans) and (left := deadline - time.monotonic()) > 0:
        message = said.get(timeout=left)
        notes |= {message.camera_id: message} if isinstance(message, HealthChanged) else {}
    for loop in loops:
        loop.stop()
    for thread in threads:
        thread.join()
    return notes, {loop.plan.id: loop.looked_total for loop in loops}


def test_h265_and_uneven_pictures_over_rtsp_are_analysed_and_told_with_the_remedy(odd, model_dir, tmp_path, stage):
    cameras = {name: factories.camera(name=name, source=f"{odd}/{name}") for name in CODINGS}
    CameraLease.objects.update(holder=HOLDER, generation=1, expires_at=now())
    eyes = Eyes(EyesSettings(model_dir, tmp_path))
    plans = [CameraPlan(one.pk, one.name, one.source, (), generation=1) for one in cameras.values()]
    notes, looked = first_notes(plans, eyes)
    eyes.close()
    for message in notes.values():
        write_health(message, holder=HOLDER)
    page = browser(stage.operator)
    shown = {one["name"]: one["problems"] for one in page.get("/api/v1/cameras").json()["items"]}
    remedies = {one["code"]: one["remedy"] for one in page.get("/api/v1/cameras/reasons").json()["items"]}
    assert {name: [one["reason"] for one in told] for name, told in shown.items()} == {
        "h265": ["h265"], "irregular": ["irregular"],
    }  # fmt: skip
    assert ("H.264" in remedies["h265"], "固定帧率" in remedies["irregular"]) == (True, True)
    assert min(looked.values()) > 0


@pytest.mark.parametrize(
    ("stamps", "came", "noted"),
    [
        ([0, 0.1, 2.7, 2.8], [3.5, 3.5, 3.5, 3.5], {"irregular"}),
        ([0, 0.1, 2.7, 2.8], [0.5, 0.6, 5.0, 5.0], {"irregular"}),
        ([0, 0.1, 3.7, 3.8], [0.5, 0.6, 0.7, 0.8], {"jumping_clock"}),
        ([0, 0.1, 7200, 7200.1], [3.5, 3.5, 3.5, 3.6], {"jumping_clock"}),
        ([5, 5.1, 0, 0.1], [0.5, 0.6, 0.7, 0.8], {"jumping_clock"}),
        ([0, 0.1, 0.2], [0.5, 0.6, 0.7], set()),
    ],
)
def test_pictures_that_were_held_up_on_the_way_are_no_leap_of_the_clock(stamps, came, noted):
    told: set[str] = set()
    steps = Steps(told.add, is_file=False, opened=0.0)
    for stamp, at in zip(stamps, came, strict=True):
        steps.see(stamp, at)
    assert told == noted
