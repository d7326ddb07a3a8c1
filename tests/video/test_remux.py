"""A camera's pictures on their way to a browser: in order, as they came, and soon."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO

import av
import pytest

from video.pipeline.remux import Passing, Remuxer
from video.pipeline.stills import LiveStills
from video.pipeline.window import PART_SECONDS, LiveWindow, Part


def until(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.02)
    return condition()


class Passed:
    """A remuxer at work, and what it has made."""

    def __init__(self, source: str) -> None:
        self.window, self.stills = LiveWindow(), LiveStills()
        self.remuxer = Remuxer("test", lambda: source, self.window, self.stills)
        self.thread = threading.Thread(target=self.remuxer.run, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.remuxer.stop()
        self.thread.join(10)


@pytest.fixture
def passing() -> Iterator[Callable[[str], Passed]]:
    made: list[Passed] = []

    def begin(source: str) -> Passed:
        made.append(Passed(source))
        return made[-1]

    yield begin
    for passed in made:
        passed.close()


def whole_segments(window: LiveWindow) -> list[int]:
    lines = window.playlist().splitlines()
    return [int(line.split("-")[1].split(".")[0]) for line in lines if line.startswith("segment-")]


def test_pictures_of_a_real_stream_arrive_in_order_and_are_decoded_again(passing, rtsp):
    passed = passing(f"{rtsp}/courtyard")
    assert until(lambda: len(whole_segments(passed.window)) >= 2)
    numbers = whole_segments(passed.window)[:2]
    box = passed.window.head(1) + b"".join(passed.window.segment(number) for number in numbers)
    with av.open(BytesIO(box), "r") as played:
        stream = played.streams.video[0]
        times = [frame.time for frame in played.decode(stream)]
        assert (stream.codec_context.name, stream.codec_context.width) == ("h264", 640)
    assert times == sorted(set(times))
    # Two groups of twenty pictures, ten a second.
    assert len(times) == 40
    assert times[-1] - times[0] == pytest.approx(3.9, abs=0.6)


def test_a_part_is_there_within_half_a_second_of_its_first_picture(passing, rtsp):
    passed = passing(f"{rtsp}/street")
    assert until(lambda: passed.window.is_playable)
    assert until(lambda: passed.window.has(1, 2))
    lines = passed.window.playlist().splitlines()
    lengths = [float(line.split("=")[1].split(",")[0]) for line in lines if line.startswith("#EXT-X-PART:")]
    assert 0 < max(lengths) <= PART_SECONDS + 0.15
    held_back = float(next(line for line in lines if "PART-HOLD-BACK" in line).split("=")[-1])
    assert held_back < 2.0


def test_a_file_plays_at_its_own_speed(passing, clips):
    began = time.monotonic()
    passed = passing(f"file://{clips / 'courtyard.mp4'}")
    assert until(lambda: passed.window.has(0, None))
    assert time.monotonic() - began > 1.5


def test_what_browsers_do_not_play_is_said_and_shown_as_stills(passing, hevc):
    passed = passing(hevc)
    passed.stills.ask()
    assert until(lambda: passed.stills.ask() is not None)
    state = passed.remuxer.state
    assert (state.codec, state.is_playable, passed.window.is_playable) == ("hevc", False, False)
    assert passed.stills.ask().jpeg[:2] == b"\xff\xd8"


def test_stills_are_decoded_only_while_somebody_asks(passing, rtsp):
    passed = passing(f"{rtsp}/courtyard")
    assert until(lambda: passed.window.has(1, None))
    assert passed.stills.ask() is None
    assert until(lambda: passed.stills.ask() is not None)


def test_a_camera_that_does_not_answer_is_lost_with_a_reason_and_no_password(passing):
    passed = passing("rtsp://somebody:secret@127.0.0.1:9/none")
    assert until(lambda: passed.remuxer.state.tries >= 2)
    state = passed.remuxer.state
    assert state.passing is Passing.LOST
    assert "127.0.0.1:9" in state.reason
    assert "secret" not in state.reason


def part(key: bool, seconds: float = 0.4, data: bytes = b"x") -> Part:
    return Part(data, seconds, key)


def filled(parts: list[Part]) -> LiveWindow:
    window = LiveWindow()
    window.begin(b"head")
    for one in parts:
        window.add(one, datetime(2026, 11, 22, 6, 32, tzinfo=UTC))
    return window


def test_a_segment_ends_at_a_key_frame_after_a_second():
    window = filled([part(True), part(True), part(False), part(True)])
    assert whole_segments(window) == [0]
    assert window.has(0, None)
    assert window.has(1, 0)
    assert not window.has(1, 1)


def test_only_the_last_segments_are_kept_and_numbers_go_on():
    window = filled([part(True, 1.0) for _ in range(10)])
    assert "#EXT-X-MEDIA-SEQUENCE:4" in window.playlist()
    assert window.segment(3) is None
    assert window.segment(8) == b"x"


def test_a_new_connection_is_a_discontinuity_with_a_head_of_its_own():
    window = filled([part(True), part(False)])
    window.begin(b"other")
    window.add(part(True), datetime(2026, 11, 22, 6, 33, tzinfo=UTC))
    lines = window.playlist().splitlines()
    assert lines.index("#EXT-X-DISCONTINUITY") < lines.index('#EXT-X-MAP:URI="head-2.mp4"')
    assert (window.head(1), window.head(2)) == (b"head", b"other")


def test_the_time_of_arrival_stands_in_the_list():
    window = filled([part(True)])
    assert "#EXT-X-PROGRAM-DATE-TIME:2026-11-22T06:32:00.000+00:00" in window.playlist()


def test_memory_is_bounded_however_much_a_camera_sends():
    window = filled([part(True, 1.0, bytes(9_000_000)) for _ in range(6)])
    assert len(whole_segments(window)) == 1


def test_connections_that_brought_nothing_leave_nothing_behind():
    window = filled([part(True)])
    for number in range(50):
        window.begin(b"head %d" % number)
    assert window.head(1) == b"head"
    assert window.head(51) == b"head 49"
    assert [number for number in range(2, 51) if window.head(number)] == []
