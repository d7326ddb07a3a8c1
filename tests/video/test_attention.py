"""Reading never waits for looking: what there is no time for is dropped, the oldest first, the unimportant most."""

import threading
import time
from collections import Counter
from collections.abc import Callable

import av
import numpy as np
import pytest

from video.detectors.batching import BatchingDetector
from video.detectors.letterbox import Extent
from video.detectors.protocol import Detections
from video.pipeline.acceleration import decoding
from video.pipeline.attention import Attention
from video.pipeline.eyes import Eyes, EyesSettings
from video.pipeline.inbox import Inbox, Waiting, bytes_of
from video.pipeline.lateness import Lateness
from video.pipeline.looking import Looking
from video.pipeline.meter import Meter
from video.pipeline.plans import CameraPlan
from video.pipeline.reader import Sample, StreamReader
from video.pipeline.ring import PacketRing


def frame(width: int = 640, height: int = 360, brightness: int = 90) -> av.VideoFrame:
    planes = np.full((height * 3 // 2, width), brightness, np.uint8)
    return av.VideoFrame.from_ndarray(planes, format="yuv420p")


def waiting(at: float, *, moved: bool = False, size: tuple[int, int] = (640, 360), connection: int = 1) -> Waiting:
    return Waiting(at, frame(*size), connection, at, moved)


def test_the_oldest_picture_gives_way_and_its_movement_is_looked_at_in_the_next():
    inbox = Inbox(pictures=2)
    dropped = [inbox.put(picture) for picture in (waiting(1, moved=True), waiting(2), waiting(3))]
    first, second = inbox.take(), inbox.take()
    assert dropped == [0, 0, 1]
    assert first is not None and second is not None
    assert [(first.at, first.moved), (second.at, second.moved)] == [(2, True), (3, False)]


def test_movement_of_an_ended_connection_is_nobodys():
    inbox = Inbox(pictures=1)
    inbox.put(waiting(1, moved=True, connection=1))
    inbox.put(waiting(2, connection=2))
    left = inbox.take()
    assert left is not None and left.moved is False


def test_an_inbox_is_bounded_in_bytes_and_still_holds_one_picture():
    inbox = Inbox(pictures=8, largest_bytes=4_000_000)
    dropped = sum(inbox.put(waiting(number, size=(1920, 1080))) for number in range(5))
    assert (dropped, len(inbox), inbox.held_bytes) == (4, 1, bytes_of(frame(1920, 1080)))


class Camera:
    """Always has another picture; each look takes a while."""

    def __init__(self, priority: int, looks: Counter[int], seconds: float) -> None:
        self.priority = priority
        self._looks = looks
        self._seconds = seconds

    def take_turn(self) -> bool:
        time.sleep(self._seconds)
        self._looks[self.priority] += 1
        return True


def test_when_time_is_short_low_priorities_are_looked_at_less_often_and_none_is_forgotten():
    looks: Counter[int] = Counter()
    attention = Attention(turns=1)
    cameras = [Camera(priority, looks, 0.004) for priority in (1, 2, 3) for _ in range(3)]
    for camera in cameras:
        attention.ask(camera)
    time.sleep(2.5)
    attention.close()
    assert looks[1] > 3 * looks[2] > 9 * looks[3] > 0


class Once:
    """Is looked at when `held` allows, and has no other picture."""

    def __init__(self, name: str, priority: int, looks: list[str], held: threading.Event) -> None:
        self.priority = priority
        self._name, self._looks, self._held = name, looks, held

    def take_turn(self) -> bool:
        self._held.wait(5)
        self._looks.append(self._name)
        return False


def test_a_camera_that_nobody_looked_at_goes_before_one_that_waits_and_still_scenes_wait_longer_meanwhile():
    looks: list[str] = []
    held, free = threading.Event(), threading.Event()
    free.set()
    attention = Attention(turns=1)
    known = Once("known", 1, looks, free)
    attention.ask(known)
    until(lambda: looks == ["known"] and attention.is_idle(known))
    calm = attention.patience
    attention.ask(Once("busy", 1, looks, held))
    until(lambda: not attention.is_crowded)
    for asked in (known, Once("new", 3, looks, held), Once("newer", 2, looks, held)):
        attention.ask(asked)
    strained = attention.patience
    held.set()
    until(lambda: len(looks) == 5)
    attention.close()
    assert looks == ["known", "busy", "newer", "new", "known"]
    assert (calm, 1.0 < strained <= 4.0) == (1.0, True)


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.002)


def test_a_fault_of_one_camera_takes_no_turn_from_the_others():
    class Broken:
        priority = 1

        def take_turn(self) -> bool:
            raise RuntimeError("broken")

    looks: Counter[int] = Counter()
    attention = Attention(turns=1)
    attention.ask(Broken())
    attention.ask(Camera(2, looks, 0.001))
    time.sleep(0.3)
    attention.close()
    assert looks[2] > 0


def test_late_pictures_are_passed_over_until_a_key_frame():
    late = Lateness(1.0)
    stamps = [(0.0, 0.0, True), (0.04, 0.05, False), (0.08, 1.5, False), (0.12, 1.51, False), (0.2, 1.6, True)]
    skipped = [late.skips(stamp, now, is_key=key) for stamp, now, key in stamps]
    assert skipped == [False, False, True, True, False]


def test_a_camera_whose_clock_runs_slow_is_not_taken_for_late():
    late = Lateness(1.0)
    assert not any(late.skips(second * 0.9995, float(second), is_key=False) for second in range(1, 20_000))


def test_a_clock_that_jumps_is_not_taken_for_late():
    late = Lateness(1.0)
    late.skips(5000.0, 10.0, is_key=True)
    assert late.skips(3.0, 10.1, is_key=False) is False


class SlowDetector:
    """Sees nothing, slowly."""

    width, height = 64, 36
    labels: tuple[str, ...] = ("person",)
    provider, stretched = "cpu", False

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def detect(self, frames, extents):
        time.sleep(self._seconds)
        return [Detections.nothing() for _ in extents]


@pytest.fixture
def slow_eyes(tmp_path, monkeypatch):
    eyes = Eyes(EyesSettings(tmp_path, tmp_path))
    detector = BatchingDetector(SlowDetector(0.4))
    monkeypatch.setattr(eyes, "detector", lambda _name: detector)
    yield eyes
    eyes.attention.close()
    detector.close()


class Ages:
    """How old pictures are when they are shown."""

    def __init__(self) -> None:
        self.seen: list[float] = []

    def begin(self) -> None: ...

    def see(self, look) -> None:
        self.seen.append(time.monotonic() - look.at)


def test_with_a_slow_detector_pictures_are_dropped_and_what_is_seen_stays_recent(slow_eyes):
    ages, meter = Ages(), Meter()
    looking = Looking(
        CameraPlan(1, "camera", "", ()),
        slow_eyes,
        [ages],
        meter,
        at_least_every=4.0,
        told=lambda *_: None,
        looked=lambda *_: None,
    )
    looking.begin()
    offering = 0.0
    for number in range(60):
        began = time.monotonic()
        looking.offer(Sample(began, frame(brightness=40 if number % 2 else 200)))
        offering = max(offering, time.monotonic() - began)
        time.sleep(0.05)
    looking.close()
    assert (meter.sampled, offering < 0.2, max(ages.seen) < 1.5) == (60, True, True)
    assert meter.dropped["crowded"] >= 40
    assert 4 <= meter.looked <= 12


def test_an_answer_tells_how_long_it_waited_and_in_what_company():
    detector = BatchingDetector(SlowDetector(0.1), largest_batch=2)
    asked = [detector.submit(np.zeros((36, 64, 3), np.uint8), Extent(64, 36)) for _ in range(3)]
    for answer in asked:
        answer.result(5)
    served = detector.served
    detector.close()
    assert (served.pictures, sum(answer.batch for answer in asked) in (3, 5)) == (3, True)
    assert max(answer.queue_seconds for answer in asked) == pytest.approx(served.longest_queue_seconds)
    assert all(answer.run_seconds >= 0.1 for answer in asked)


def test_the_ring_never_holds_more_than_its_bytes_even_without_key_frames():
    ring = PacketRing(6.0, largest_bytes=10_000)
    ring.add(0.0, True, b"x" * 1000)
    for number in range(1, 100):
        ring.add(number / 25, False, b"x" * 1000)
    ring_after = ring.held_bytes
    ring.add(4.0, True, b"x" * 1000)
    assert (ring_after <= 10_000, ring.clip().pictures[0].key) == (True, True)


def coded(path, width: int, height: int, pictures: int, every_key: int = 10) -> str:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"preset": "ultrafast", "tune": "zerolatency", "g": str(every_key)}
        for number in range(pictures):
            container.mux(stream.encode(frame(width, height, 60 + number % 100)))
        container.mux(stream.encode(None))
    return str(path)


def test_of_a_large_stream_only_key_frames_are_read_and_made_smaller(tmp_path):
    noted: list[str] = []
    source = coded(tmp_path / "large.mp4", 3840, 2160, 21)
    reader = StreamReader(source, paced=False, noted=noted.append)
    samples = list(reader.samples(lambda: False))
    assert (len(samples), noted) == (3, ["large_picture"])
    assert (samples[0].frame.width, samples[0].frame.height) == (1920, 1080)


def test_a_reader_that_is_kept_busy_leaves_pictures_out_and_does_not_fall_behind(tmp_path):
    """A slow machine: each decoded picture takes longer than there is time."""
    meter = Meter()
    reader = StreamReader(coded(tmp_path / "long.mp4", 320, 180, 200), pictures_per_second=25, meter=meter, priority=3)
    started, ages = time.monotonic(), []
    for _ in reader.samples(lambda: time.monotonic() - started > 6):
        ages.append(meter.behind)
        time.sleep(0.12)
    assert meter.dropped["late"] > 20
    assert max(ages) < 2.0


def test_a_decoder_that_does_not_work_here_is_named_with_what_it_needs():
    nothing = decoding("nosuch")
    assert (nothing.used, "VIDEO_DECODER=nosuch" in nothing.missing, nothing.accelerator()) == ("cpu", True, None)
