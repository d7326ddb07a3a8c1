"""Heads of every layout are recognised by their shapes and read into the box that was planted in them."""

import numpy as np
import pytest

from tests.video.onnx_files import SIDE, cells, planted
from video.detectors.heads import Head, HeadDetector
from video.detectors.inspection import input_of, open_untrusted
from video.detectors.layouts import Layout, UnknownLayout, problem_with, read, recognise
from video.detectors.letterbox import Extent
from video.detectors.wrapping import Pixels, wrapped

LABELS = ("person", "car", "dog")
CELL = (3, 4)  # column and row of the finest level: its centre is at 28, 36
BOX = (12.0, 16.0, 44.0, 56.0)  # centre 28, 36; 32 wide, 40 tall


def row_of(column: int, row: int, stride: int = 8) -> int:
    return row * (SIDE // stride) + column


def yolox(*, decoded: bool) -> list[np.ndarray]:
    rows = np.zeros((1, cells(), 5 + len(LABELS)), np.float32)
    told = (28.0, 36.0, 32.0, 40.0) if decoded else (0.5, 0.5, np.log(4.0), np.log(5.0))
    rows[0, row_of(*CELL)] = (*told, 0.9, 0.1, 0.8, 0.0)
    return [rows]


def yolov8() -> list[np.ndarray]:
    rows = np.zeros((1, 4 + len(LABELS), cells()), np.float32)
    rows[0, :, row_of(*CELL)] = (28.0, 36.0, 32.0, 40.0, 0.1, 0.72, 0.0)
    return [rows]


def nanodet(strides: tuple[int, ...] = (8, 16, 32)) -> list[np.ndarray]:
    rows = np.zeros((1, cells(strides), len(LABELS) + 4 * 8), np.float32)
    planted_row = rows[0, row_of(*CELL)]
    planted_row[:3] = (0.1, 0.72, 0.0)
    for side, reach in enumerate((2.0, 2.5, 2.0, 2.5)):  # in strides: left, top, right, bottom
        low = int(reach)
        weights = np.full(8, -30.0)
        weights[low] = 0.0
        weights[low + 1] = 0.0 if reach != low else -30.0
        planted_row[3 + side * 8 : 3 + side * 8 + 8] = weights
    return [rows]


def ssd(*, background: bool = False, pixels: bool = False) -> list[np.ndarray]:
    boxes = np.zeros((1, 50, 4), np.float32)
    boxes[0, 7] = np.array(BOX) / (1 if pixels else SIDE)
    scores = np.zeros((1, 50, len(LABELS) + background), np.float32)
    scores[0, 7, 1 + background] = 0.72
    return [boxes, scores]


HEADS = {
    "yolox": (Layout.YOLOX, yolox(decoded=False)),
    "yolox_decoded": (Layout.YOLOX_DECODED, yolox(decoded=True)),
    "yolov8": (Layout.YOLOV8, yolov8()),
    "nanodet": (Layout.NANODET, nanodet()),
    "ssd": (Layout.SSD, ssd()),
    "ssd_with_background": (Layout.SSD, ssd(background=True)),
    "ssd_pixels": (Layout.SSD_PIXELS, ssd(pixels=True)),
    "ssd_scores_first": (Layout.SSD, ssd()[::-1]),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_head_is_read_into_the_box_that_was_planted(name):
    layout, outputs = HEADS[name]
    boxes, scores = read(layout, [output[0] for output in outputs], (SIDE, SIDE), len(LABELS))
    best = int(scores.max(axis=1).argmax())
    assert boxes[best] == pytest.approx(BOX, abs=0.05)
    assert int(scores[best].argmax()) == 1
    assert float(scores[best].max()) == pytest.approx(0.72, abs=0.001)


@pytest.mark.parametrize("name", [name for name in HEADS if name not in ("yolox_decoded", "ssd_pixels")])
def test_a_layout_is_recognised_by_the_shapes_alone(name):
    layout, outputs = HEADS[name]
    assert recognise([output.shape for output in outputs], (SIDE, SIDE), len(LABELS)) == layout


def test_the_later_nanodet_counts_from_the_corner_of_a_cell():
    boxes, scores = read(Layout.NANODET, [nanodet((8, 16, 32, 64))[0][0]], (SIDE, SIDE), len(LABELS))
    assert boxes[int(scores.max(axis=1).argmax())] == pytest.approx(np.array(BOX) - 4, abs=0.05)


def test_other_numbers_of_classes_are_told_in_the_reason():
    with pytest.raises(UnknownLayout, match="6 values a cell are needed for 2 classes, found 7"):
        recognise([yolov8()[0].shape], (SIDE, SIDE), 2)


def test_other_sizes_of_input_are_told_in_the_reason():
    assert "84 cells, found 85" in str(problem_with(Layout.YOLOV8, [(1, 7, 85)], (SIDE, SIDE), 3))


@pytest.mark.parametrize("name", HEADS)
def test_a_sent_model_sees_what_its_outputs_say(name, tmp_path):
    layout, outputs = HEADS[name]
    model = open_untrusted(planted(tmp_path / "sent.onnx", outputs))
    source = input_of(model, height=384, width=640)
    prepared = tmp_path / "prepared.onnx"
    prepared.write_bytes(wrapped(model, source, Pixels("rgb", "unit")).SerializeToString())
    detector = HeadDetector(prepared, Head(layout, ("person", "car", "")))
    frames = np.zeros((2, SIDE, SIDE, 3), np.uint8)
    found = detector.detect(frames, [Extent(SIDE, SIDE), Extent(SIDE, SIDE)])
    assert [result.labels for result in found] == [("car",), ("car",)]
    assert found[1].boxes[0] == pytest.approx(np.array(BOX) / SIDE, abs=0.001)


def test_a_word_left_empty_is_not_told(tmp_path):
    model = open_untrusted(planted(tmp_path / "sent.onnx", yolov8()))
    prepared = tmp_path / "prepared.onnx"
    source = input_of(model, height=384, width=640)
    prepared.write_bytes(wrapped(model, source, Pixels("rgb", "unit")).SerializeToString())
    detector = HeadDetector(prepared, Head(Layout.YOLOV8, ("person", "", "dog")))
    found = detector.detect(np.zeros((1, SIDE, SIDE, 3), np.uint8), [Extent(SIDE, SIDE)])
    assert (detector.labels, found[0].labels) == (("person", "dog"), ())
