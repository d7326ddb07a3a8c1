"""Pictures before clips: an alert is seen with its still while many clips wait, and nothing overtakes a give-back."""

import threading
import time
from functools import partial
from typing import Any, cast

import pytest

from video.pipeline.evidence import Draft, EvidenceMaker
from video.pipeline.evidence_queue import EvidenceQueue
from video.pipeline.eyes import Eyes, EyesSettings
from video.pipeline.plans import Evidence
from video.pipeline.ring import CodedClip, CodedPicture

ONE_CLIP = CodedClip("h264", None, (CodedPicture(0.0, True, b"x" * 1000),))


def nothing() -> None:
    """A piece of work that leaves no trace."""


def made_by(queue: EvidenceQueue) -> None:
    queue.close()
    while queue.make_next():
        pass


def test_a_still_goes_before_all_clips_that_wait():
    queue, made = EvidenceQueue(clips=20), list[str]()
    for number in range(20):
        queue.ask_clip(partial(made.append, f"clip {number}"), size=1)
    queue.ask_still(lambda: made.append("still"))
    made_by(queue)
    assert made[:3] == ["still", "clip 0", "clip 1"]
    assert len(made) == 21


def test_a_still_goes_in_the_midst_of_a_clip():
    queue, made = EvidenceQueue(), []

    def clip() -> None:
        made.append("first half")
        queue.ask_still(lambda: made.append("still"))
        queue.make_stills()
        made.append("second half")

    queue.ask_clip(clip, size=1)
    queue.make_next()
    assert made == ["first half", "still", "second half"]


def test_stills_go_in_the_order_of_their_findings():
    queue, made = EvidenceQueue(), list[int]()
    for number in range(5):
        queue.ask_still(partial(made.append, number))
    made_by(queue)
    assert made == [0, 1, 2, 3, 4]


def test_a_give_back_waits_for_the_clips_asked_for_before_and_for_nothing_since():
    queue, made = EvidenceQueue(), []
    queue.ask_clip(lambda: made.append("clip"), size=1)
    queue.after(lambda: made.append("given back"))
    queue.ask_still(lambda: made.append("still since"))
    queue.ask_clip(lambda: made.append("clip since"), size=1)
    made_by(queue)
    assert made == ["still since", "clip", "given back", "clip since"]


def test_a_give_back_does_not_come_in_the_midst_of_its_clip():
    queue, made = EvidenceQueue(), []

    def clip() -> None:
        queue.after(lambda: made.append("given back"))
        queue.ask_still(lambda: made.append("still"))
        queue.make_stills()
        made.append("clip")

    queue.ask_clip(clip, size=1)
    queue.make_next()
    assert made == ["still", "clip", "given back"]


def test_a_give_back_comes_at_once_when_nothing_waits():
    queue, done = EvidenceQueue(), threading.Event()
    thread = threading.Thread(target=queue.make_next)
    thread.start()
    queue.after(done.set)
    assert done.wait(5)
    queue.close()
    thread.join(5)


def test_a_give_back_comes_also_where_the_evidence_before_it_failed():
    queue, made = EvidenceQueue(), []

    def fails() -> None:
        raise ValueError

    queue.ask_clip(fails, size=1)
    queue.after(lambda: made.append("given back"))
    queue.close()
    with pytest.raises(ValueError):
        queue.make_next()
    assert not queue.make_next()
    assert made == ["given back"]


def test_what_waits_is_bounded_in_number_and_in_bytes():
    queue = EvidenceQueue(stills=2, clips=3, clip_bytes=1000)
    stills = [queue.ask_still(nothing) for _ in range(3)]
    clips = [queue.ask_clip(nothing, size=size) for size in (400, 700, 400, 100, 100)]
    assert stills == [True, True, False]
    assert clips == [True, False, True, True, False]
    assert len(queue) == 5


def test_a_clip_that_is_larger_than_the_room_is_taken_when_none_waits():
    queue = EvidenceQueue(clip_bytes=1000)
    assert queue.ask_clip(nothing, size=5000)
    assert not queue.ask_clip(nothing, size=1)


def test_after_closing_nothing_is_taken_and_all_that_waited_is_made():
    queue, made = EvidenceQueue(), []
    queue.ask_clip(lambda: made.append("clip"), size=1)
    queue.close()
    assert not queue.ask_still(lambda: made.append("late"))
    made_by(queue)
    assert made == ["clip"]


def test_a_finding_is_told_with_its_still_before_any_of_sixteen_clips_is_made(model_dir, tmp_path, monkeypatch):
    """The maker's own work is left out: what is measured is that nothing stands before a still."""

    def slow(self, clip, zone, between, hidden):
        for _ in range(30):
            between()
            time.sleep(0.1)
        return "clip.mp4"

    monkeypatch.setattr(EvidenceMaker, "make_clip", slow)
    monkeypatch.setattr(EvidenceMaker, "make", lambda self, draft: Evidence("still.jpg", ()))
    eyes, told = Eyes(EyesSettings(model_dir, tmp_path)), threading.Event()
    clips: list[str | None] = []
    eyes.detector()
    for _ in range(16):
        eyes.ask_clip(ONE_CLIP, (), clips.append)
    time.sleep(0.5)
    eyes.ask_evidence(Draft(cast("Any", None), (), ()), lambda evidence: told.set())
    assert told.wait(20)
    assert clips == []
    eyes.close(1.0)
