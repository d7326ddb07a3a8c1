"""A model on trial in the worker: the same pictures for both, the candidate dropped first, nothing waits for it."""

from types import SimpleNamespace
from typing import Any, cast

import av
import numpy as np
import pytest

from video.detectors.batching import Answer
from video.detectors.protocol import Detections
from video.detectors.store import MissingModel
from video.pipeline.model_shadow import ModelShadow, agreement
from video.pipeline.plans import CameraPlan, ShadowPlan, ZonePlan
from video.rules.algorithms import read_algorithms

YARD = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
HERE, NEARLY_HERE, THERE = (0.1, 0.1, 0.3, 0.6), (0.12, 0.1, 0.3, 0.6), (0.6, 0.1, 0.8, 0.6)
EVERY = 2


def seen(*things: tuple[str, tuple[float, float, float, float]]) -> Detections:
    boxes = np.array([box for _, box in things], np.float32).reshape(-1, 4)
    return Detections(boxes, np.full(len(things), 0.8, np.float32), tuple(word for word, _ in things))


class Candidate:
    """A shared detector that answers when it is told to."""

    width, height, labels, stretched = 64, 36, ("person", "car", "truck"), False
    waiting = 0

    def __init__(self) -> None:
        self.detector = self
        self.asked: list[Answer] = []

    def submit(self, frame: object, extent: object) -> Answer:
        self.asked.append(Answer())
        return self.asked[-1]

    def answers(self, found: Detections) -> None:
        answer = self.asked[-1]
        answer.run_seconds, answer.batch = 0.02, 1
        answer.set_result(found)


class Stand:
    """One camera with a yard, a candidate beside it, and what was told."""

    def __init__(self) -> None:
        zone = ZonePlan(7, "院", YARD, "restricted_area_presence", {"seconds": 2.0})
        plan = CameraPlan(1, "球机", "rtsp://x", (zone,), generation=3)
        self.candidate = Candidate()
        self.eyes = SimpleNamespace(detector=self.open, attention=SimpleNamespace(is_crowded=False))
        self.told: list[Any] = []
        self.is_missing = False
        self.shadow = ModelShadow(
            plan, ShadowPlan(5, "candidate", EVERY), cast("Any", self.eyes), read_algorithms(), self.told.append
        )
        self.frame = av.VideoFrame.from_ndarray(np.full((36, 64, 3), 120, np.uint8), format="bgr24")

    def open(self, name: str) -> Candidate:
        if self.is_missing:
            raise MissingModel(f"model {name} is not there")
        return self.candidate

    def look(self, at: float, now: Detections, candidate: Detections | None = None) -> None:
        """A picture at second `at`; with an answer of the candidate, if it was asked."""
        before = len(self.candidate.asked)
        self.shadow.offer(at, self.frame, now)
        for _ in self.candidate.asked[before:]:
            self.candidate.answers(candidate if candidate is not None else now)

    def total(self, name: str) -> int:
        return sum(getattr(message, name) for message in self.told)


@pytest.fixture
def stand() -> Stand:
    return Stand()


def test_boxes_agree_when_they_overlap_by_half_and_are_of_one_kind() -> None:
    now = seen(("person", HERE), ("car", THERE), ("person", THERE))
    candidate = seen(("person", NEARLY_HERE), ("truck", THERE))
    assert agreement(now, candidate) == {"person": (2, 1, 1), "vehicle": (1, 1, 1)}


def test_two_boxes_never_agree_with_the_same_one() -> None:
    assert agreement(seen(("person", HERE), ("person", NEARLY_HERE)), seen(("person", HERE))) == {"person": (2, 1, 1)}


def test_one_picture_in_so_many_is_looked_at_by_both(stand: Stand) -> None:
    for number in range(40):
        stand.look(number * 0.5, seen(("person", HERE)))
    assert len(stand.candidate.asked) == 20
    assert sum(message.counted["person"][0] for message in stand.told) == stand.total("looks") > 0


def test_nothing_is_asked_of_it_while_it_is_busy_or_others_wait(stand: Stand) -> None:
    stand.look(0.0, seen())
    stand.shadow.offer(0.2, stand.frame, seen())
    stand.shadow.offer(0.4, stand.frame, seen())
    stand.shadow.offer(0.6, stand.frame, seen())
    stand.eyes.attention.is_crowded = True
    stand.candidate.answers(seen())
    for number in range(4, 8):
        stand.look(number * 0.2, seen())
    stand.eyes.attention.is_crowded = False
    stand.look(20.0, seen())
    stand.look(20.2, seen())
    assert (len(stand.candidate.asked), stand.total("dropped")) == (2, 3)


def test_what_each_would_raise_is_told_apart(stand: Stand) -> None:
    for number in range(60):
        stand.look(number * 0.4, seen(("person", HERE)), seen())
    claims = [claim for message in stand.told for claim in message.claims]
    assert {(claim.zone_id, claim.by_candidate, claim.told) for claim in claims if claim.told != "over"} == {
        (7, False, "begins")
    }


def test_words_that_the_candidate_does_not_know_count_for_neither(stand: Stand) -> None:
    for number in range(60):
        stand.look(number * 0.4, seen(("bicycle", HERE), ("person", THERE)), seen(("person", THERE)))
    assert {kind for message in stand.told for kind in message.counted} == {"person"}


def test_an_answer_to_a_picture_of_the_last_connection_counts_for_nothing(stand: Stand) -> None:
    stand.shadow.offer(0.0, stand.frame, seen(("person", HERE)))
    stand.shadow.offer(0.2, stand.frame, seen(("person", HERE)))
    stand.shadow.begin()
    stand.candidate.answers(seen(("person", HERE)))
    for number in range(1, 60):
        stand.look(number * 0.4, seen())
    assert all(message.counted == {} for message in stand.told)


def test_a_missing_model_is_told_and_holds_nothing_up(stand: Stand) -> None:
    stand.is_missing = True
    for number in range(60):
        stand.look(number * 0.4, seen())
    assert (stand.total("looks"), "is not there" in stand.told[-1].missing) == (0, True)
