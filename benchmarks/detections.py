"""What it costs to keep what a camera sees: bytes a day, time to record it, and how fast the past is replayed.

The courtyard clip (a fixed camera, three to nine people all the time) is looked at five times a second, over and over.
Nothing is there in the second figure: the same camera over an empty yard.
"""

import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from video.detectors.letterbox import Letterbox
from video.detectors.loading import load_detector
from video.detectors.pictures import luma_of
from video.pipeline.gate import MotionGate
from video.pipeline.looks import Look
from video.pipeline.plans import CameraPlan, DetectionsSeen, Message, ZonePlan
from video.pipeline.reader import StreamReader
from video.pipeline.recording import Recorder
from video.pipeline.replaying import Replay
from video.pipeline.tracker import Track, Tracker
from video.rules.algorithms import read_algorithms

DAY = 86_400
GOAL_BYTES = 30_000_000
"""A camera and day of a scene that never rests: 200 such cameras for a week stay below 42 GB."""
GOAL_SPEED = 200.0
"""Times real time at which the past of such a scene is replayed: a day in about seven minutes."""
LOWER_HALF = ((0.0, 0.4), (1.0, 0.4), (1.0, 1.0), (0.0, 1.0))
PLAN = CameraPlan(
    id=1,
    name="courtyard",
    source="",
    zones=(
        ZonePlan(1, "court", LOWER_HALF, "restricted_area_presence", {"seconds": 3}),
        ZonePlan(2, "crowd", LOWER_HALF, "crowd_gathering", {"at_least": 4, "seconds": 5}),
    ),
)
BEGIN = datetime(2026, 11, 22, 4, tzinfo=UTC)


def seen_in(clip: Path, model_dir: Path) -> list[Look]:
    """Every look at the clip, as a camera loop makes them."""
    detector = load_detector(model_dir)
    box = Letterbox(width=detector.width, height=detector.height)
    gate, tracker = MotionGate(), Tracker()
    tracks: list[Track] = []
    looked = float("-inf")
    looks: list[Look] = []
    for sample in StreamReader(f"file://{clip.resolve()}", paced=False).samples(lambda: len(looks) >= 395):
        luma = luma_of(sample.frame)
        moved = gate.moved(luma, sample.at)
        fresh = moved or sample.at - looked >= 4.0
        if fresh:
            picture, extent = box.fit(sample.frame)
            tracks = [
                replace(track) for track in tracker.update(sample.at, detector.detect(picture[None], [extent])[0])
            ]
            looked = sample.at
        looks.append(Look(sample.at, BEGIN + timedelta(seconds=sample.at), sample.frame, luma, moved, fresh, tracks))
    return looks


def kept_of(looks: list[Look]) -> tuple[list[DetectionsSeen], float]:
    """The blocks, and microseconds a look."""
    told: list[Message] = []
    recorder = Recorder(PLAN, told.append)
    began = time.perf_counter()
    for look in looks:
        recorder.see(look)
    recorder.close()
    spent = time.perf_counter() - began
    return [block for block in told if isinstance(block, DetectionsSeen)], spent / len(looks) * 1e6


def repeated(looks: list[Look], times: int) -> list[Look]:
    """The clip over and over, each time under new tracks."""
    lasts = looks[-1].at - looks[0].at + 0.2
    found = []
    for number in range(times):
        for look in looks:
            at = look.at + number * lasts
            tracks = [replace(track, number=track.number + 200 * number) for track in look.tracks]
            found.append(replace(look, at=at, wall_time=BEGIN + timedelta(seconds=at), tracks=tracks))
    return found


def main(clip: str, model_dir: str) -> int:
    looks = seen_in(Path(clip), Path(model_dir))
    busy = repeated(looks, 20)
    seconds = busy[-1].at - busy[0].at
    blocks, cost = kept_of(busy)
    size = sum(len(block.data) for block in blocks) / seconds * DAY
    things = sum(block.things for block in blocks) / len(busy)
    replay = Replay(PLAN, read_algorithms())
    began = time.perf_counter()
    for block in blocks:
        replay.feed(block)
    speed = seconds / (time.perf_counter() - began)
    empty = [
        Look(at / 5, BEGIN + timedelta(seconds=at / 5), looks[0].frame, np.zeros((8, 8), np.uint8), False, True, [])
        for at in range(5 * 7200)
    ]
    calm, _ = kept_of(empty)
    calm_size = sum(len(block.data) for block in calm) / 7200 * DAY
    calm_replay = Replay(PLAN, read_algorithms())
    began = time.perf_counter()
    for block in calm:
        calm_replay.feed(block)
    calm_speed = 7200 / (time.perf_counter() - began)
    print(f"busy scene: {things:.1f} things a look at 5 a second, {len(blocks)} blocks")
    print(f"  kept       {size / 1e6:.2f} MB a camera and day ({size / DAY / 5:.1f} bytes a look)")
    print(f"  recording  {cost:.0f} µs a look")
    print(f"  replay     {speed:.0f} times real time with two zones, {len(replay.episodes)} findings")
    print(f"empty scene: {calm_size / 1e3:.1f} kB a camera and day, replayed at {calm_speed:.0f} times real time")
    met = size <= GOAL_BYTES and speed >= GOAL_SPEED
    print("goal met" if met else "goal missed", f"(≤ {GOAL_BYTES / 1e6:.0f} MB a day, ≥ {GOAL_SPEED:.0f} times)")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["var/clips/courtyard.mp4", "var/models"])))
