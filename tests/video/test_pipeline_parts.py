"""Gate, clock, ring, back-off, blur, batching: the small parts of watching."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.detectors.batching import BatchingDetector
from video.detectors.boxes import suppress_overlaps
from video.detectors.letterbox import Extent
from video.detectors.protocol import Detections
from video.pipeline.addresses import without_password
from video.pipeline.blur import heads_of, hide
from video.pipeline.camera import Pace, backoff
from video.pipeline.gate import MotionGate
from video.pipeline.reader import StreamClock
from video.pipeline.ring import PacketRing

GREY = np.full((360, 640), 120, np.uint8)


def with_person(x: int):
    picture = GREY.copy()
    picture[200:250, x : x + 20] = 30
    return picture


def warm_gate() -> MotionGate:
    gate = MotionGate()
    for step in range(10):
        gate.moved(GREY, step / 5)
    return gate


def test_an_empty_scene_does_not_move():
    assert not warm_gate().moved(GREY, 2.0)


def test_camera_noise_does_not_move():
    noise = np.random.default_rng(1).integers(-8, 9, GREY.shape)
    assert not warm_gate().moved((GREY + noise).astype(np.uint8), 2.0)


def test_a_person_fifty_pixels_tall_moves():
    assert warm_gate().moved(with_person(300), 2.0)


def test_what_has_come_to_rest_no_longer_moves():
    gate = warm_gate()
    assert [gate.moved(with_person(300), 2.0 + step / 5) for step in range(20)][-1] is False


@given(st.lists(st.one_of(st.none(), st.floats(-1e4, 1e6)), min_size=1, max_size=40))
def test_stream_time_only_grows_whatever_the_camera_says(stamps):
    now = iter(np.arange(0, 1000, 0.2))
    clock = StreamClock(lambda: float(next(now)), follow_clock=True)
    times = [clock.at(stamp) for stamp in stamps]
    assert all(later > earlier for earlier, later in zip(times, times[1:], strict=False))


@given(st.integers(1, 60), st.floats(0, 1))
def test_waiting_grows_but_never_past_its_limit(failures, chance):
    assert 0.5 <= backoff(failures, Pace(), chance) <= Pace().longest_retry


def test_the_ring_starts_with_a_key_frame_and_keeps_the_last_seconds():
    ring = PacketRing(4.0)
    for index in range(100):
        ring.add(index / 5, index % 10 == 0, b"x")
    pictures = ring.clip().pictures
    assert (pictures[0].key, pictures[0].at <= 19.8 - 4.0, pictures[0].at >= 19.8 - 6.0) == (True, True, True)


def test_the_ring_ignores_what_comes_before_the_first_key_frame():
    ring = PacketRing(4.0)
    ring.add(0.0, False, b"x")
    assert ring.clip().pictures == ()


def test_addresses_are_shown_without_their_password():
    assert without_password("rtsp://admin:secret@10.0.0.5:554/a") == "rtsp://10.0.0.5:554/a"


def test_a_hidden_face_keeps_no_detail():
    picture = np.random.default_rng(2).integers(0, 255, (200, 200, 3)).astype(np.uint8)
    hide(picture, np.array([[0.25, 0.25, 0.75, 0.75]], np.float32))
    assert len(np.unique(picture[60:140, 60:140].reshape(-1, 3), axis=0)) <= 16


def test_the_head_is_the_upper_quarter():
    assert heads_of(np.array([[0.1, 0.2, 0.3, 0.6]], np.float32))[0].tolist() == pytest.approx([0.1, 0.2, 0.3, 0.3])


def test_overlapping_boxes_of_one_kind_leave_the_best():
    boxes = np.array([[0, 0, 10, 10], [1, 1, 10, 10], [0, 0, 10, 10]], np.float32)
    kept = suppress_overlaps(boxes, np.array([0.5, 0.9, 0.7], np.float32), np.array([0, 0, 1]), 0.5)
    assert kept.tolist() == [1, 2]


class CountingDetector:
    """Finds as many things as the first pixel says."""

    width, height = 4, 4
    labels: tuple[str, ...] = ("thing",)
    provider, stretched = "cpu", False

    def detect(self, frames, extents):
        return [
            Detections(
                np.zeros((frame[0, 0, 0], 4), np.float32),
                np.zeros(frame[0, 0, 0], np.float32),
                ("thing",) * frame[0, 0, 0],
            )
            for frame in frames
        ]


class FailingDetector(CountingDetector):
    def detect(self, frames, extents):
        raise RuntimeError("broken")


def test_every_camera_gets_its_own_answer_from_the_shared_detector():
    shared = BatchingDetector(CountingDetector(), runners=2, largest_batch=4)
    answers: dict[int, int] = {}

    def ask(number: int) -> None:
        frame = np.full((4, 4, 3), number, np.uint8)
        answers[number] = len(shared.submit(frame, Extent(4, 4)).result(5))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shared.close()
    assert answers == {number: number for number in range(50)}


def test_a_failing_inference_is_told_to_the_asker_and_the_next_is_served():
    shared = BatchingDetector(FailingDetector())
    answers = [shared.submit(np.zeros((4, 4, 3), np.uint8), Extent(4, 4)) for _ in range(3)]
    assert [type(answer.exception(5)) for answer in answers] == [RuntimeError] * 3
    shared.close()
