"""What detectors take for each other is one thing: no bicycle beside its motorcycle, no car beside its truck."""

from typing import Any, cast

import numpy as np
import pytest

from tests.video.onnx_files import SIDE, cells, planted
from video.detectors.batching import Answer
from video.detectors.heads import Head, HeadDetector
from video.detectors.inspection import input_of, open_untrusted
from video.detectors.layouts import Layout
from video.detectors.letterbox import Extent, Letterbox
from video.detectors.protocol import Detections
from video.detectors.wrapping import Pixels, wrapped
from video.pipeline.sight import Sight
from video.rules.model_choice import ModelPlan

WORDS = ("person", "bicycle", "motorcycle", "car", "bus", "truck")
NEAR = (32.0, 32.0, 40.0, 30.0)  # centre, width, height in pixels of the input
BESIDE = (34.0, 33.0, 40.0, 30.0)
ELSEWHERE = (10.0, 10.0, 12.0, 12.0)
WHEEL = (22.0, 36.0, 16.0, 16.0)


def seen(tmp_path, *things: tuple[str, float, tuple[float, float, float, float]]) -> list[str]:
    """What a network says that has fired for these things: word, score, box."""
    rows = np.zeros((1, 4 + len(WORDS), cells()), np.float32)
    for cell, (word, score, box) in enumerate(things):
        rows[0, :4, cell] = box
        rows[0, 4 + WORDS.index(word), cell] = score
    model = open_untrusted(planted(tmp_path / "sent.onnx", [rows]))
    path = tmp_path / "ready.onnx"
    path.write_bytes(
        wrapped(model, input_of(model, height=SIDE, width=SIDE), Pixels("rgb", "bytes")).SerializeToString()
    )
    detector = HeadDetector(path, Head(Layout.YOLOV8, WORDS))
    found = detector.detect(np.zeros((1, SIDE, SIDE, 3), np.uint8), [Extent(SIDE, SIDE)])[0]
    return sorted(found.labels)


def test_what_fires_as_bicycle_and_motorcycle_counts_once_as_the_surer(tmp_path):
    assert seen(tmp_path, ("bicycle", 0.5, NEAR), ("motorcycle", 0.7, BESIDE)) == ["motorcycle"]


def test_a_van_that_fires_as_car_bus_and_truck_counts_once(tmp_path):
    assert seen(tmp_path, ("car", 0.8, NEAR), ("bus", 0.5, BESIDE), ("truck", 0.4, NEAR)) == ["car"]


def test_a_wheel_seen_as_another_bicycle_belongs_to_its_own(tmp_path):
    assert seen(tmp_path, ("bicycle", 0.8, NEAR), ("motorcycle", 0.6, WHEEL)) == ["bicycle"]


def test_two_that_stand_apart_count_twice(tmp_path):
    assert seen(tmp_path, ("bicycle", 0.5, NEAR), ("motorcycle", 0.7, ELSEWHERE)) == ["bicycle", "motorcycle"]


@pytest.mark.parametrize("word", ["person", "car"])
def test_whoever_rides_or_stands_in_front_is_not_taken_for_the_vehicle(tmp_path, word):
    assert seen(tmp_path, ("bicycle", 0.5, NEAR), (word, 0.7, BESIDE)) == ["bicycle", word]


class Says:
    """A detector that has its answer ready."""

    width = height = SIDE
    stretched = False
    detector = property(lambda self: self)

    def __init__(self, word: str, score: float, box: tuple[float, ...]) -> None:
        self.found = Detections(np.array([box], np.float32), np.array([score], np.float32), (word,))

    def submit(self, frame: np.ndarray, extent: Extent) -> Answer:
        answer = Answer()
        answer.set_result(self.found)
        return answer


@pytest.fixture
def sight(monkeypatch):
    monkeypatch.setattr(Letterbox, "fit", lambda self, frame: (np.zeros((SIDE, SIDE, 3), np.uint8), Extent(SIDE, SIDE)))
    return Sight(eyes=cast("Any", None), models=())


def told(sight: Sight, *parts: Says) -> list[str]:
    ready: Any = [(ModelPlan(f"model {number}", ()), part) for number, part in enumerate(parts)]
    return sorted(sight.look(cast("Any", None), ready).labels)


def test_a_thing_that_two_models_name_by_kindred_words_counts_once(sight):
    assert told(sight, Says("car", 0.6, (0.1, 0.1, 0.5, 0.5)), Says("truck", 0.7, (0.1, 0.1, 0.5, 0.52))) == ["truck"]


def test_a_head_that_another_model_sees_on_a_person_stays(sight):
    whole, head = Says("person", 0.8, (0.1, 0.1, 0.5, 0.9)), Says("bare_head", 0.6, (0.1, 0.1, 0.5, 0.85))
    assert told(sight, whole, head) == ["bare_head", "person"]
