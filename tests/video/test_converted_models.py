"""The models of the manifest beside the default one, as set-up converted them, on real footage."""

from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from video.detectors.checkpoints import UnreadableCheckpoint, read_network
from video.detectors.heads import Head, HeadDetector
from video.detectors.layouts import Layout
from video.detectors.loading import letterbox_of, load_detector
from video.detectors.making import fetch_models
from video.detectors.manifest import find_model, read_manifest
from video.detectors.plates import PlateReader
from video.detectors.ssd_to_onnx import convert_ssd
from video.detectors.store import LicenceNotAccepted, full_precision_of
from video.detectors.tfjs_to_onnx import InputPlan
from video.rules.model_choice import models_for

pytestmark = pytest.mark.xdist_group("video")

SSD = "ssdlite-mobilenetv2-300"
PLATE = Path(__file__).parent / "pictures" / "composed-plate.png"


def people(detector, clip: Path) -> list[int]:
    box = letterbox_of(detector)
    counts = []
    with av.open(str(clip)) as container:
        for index, frame in enumerate(container.decode(video=0)):
            if index % 60 == 0:
                picture, extent = box.fit(frame)
                found = detector.detect(picture[np.newaxis], [extent])[0]
                counts.append(
                    sum(
                        word == "person" and score > 0.4 for word, score in zip(found.labels, found.scores, strict=True)
                    )
                )
    return counts


def test_ssdlite_sees_the_people_of_the_courtyard(model_dir, clips):
    counts = people(load_detector(model_dir, SSD), clips / "courtyard.mp4")
    assert sum(counts) / len(counts) > 3


def test_int8_ssdlite_sees_what_the_full_one_sees(model_dir, clips):
    entry = find_model(SSD)
    head = Head(Layout.SSD, entry.labels, threshold=0.3, stretched=True)
    full = people(HeadDetector(full_precision_of(entry, model_dir), head), clips / "courtyard.mp4")
    small = people(load_detector(model_dir, SSD), clips / "courtyard.mp4")
    assert abs(sum(full) - sum(small)) < 0.12 * sum(full)


def test_the_published_ssdlite_files_are_converted_to_the_same_network(model_dir, tmp_path):
    entry = find_model(SSD)
    sources = [model_dir / "sources" / SSD / Path(file.path).name for file in entry.files]
    made = convert_ssd(sources[0], sources[1:], InputPlan(300, 300, (0, 0, 0), (1, 1, 1)), [1, 3], 91)
    path = tmp_path / "two.onnx"
    path.write_bytes(made.SerializeToString())
    two = HeadDetector(path, Head(Layout.SSD, ("person", "car"), stretched=True))
    seven = HeadDetector(full_precision_of(entry, model_dir), Head(Layout.SSD, entry.labels, stretched=True))
    frame = np.random.default_rng(1).integers(0, 255, (1, 300, 300, 3)).astype(np.uint8)
    assert np.allclose(two.run(frame)[0], seven.run(frame)[0], atol=1e-5)
    assert np.allclose(two.run(frame)[1], seven.run(frame)[1][:, :, [0, 2]], atol=1e-5)


def test_ocr_reads_a_composed_plate_and_nothing_else_as_one(model_dir):
    picture = np.asarray(cv2.imread(str(PLATE)), np.uint8)
    reader = PlateReader(model_dir)
    plate, lettering, empty = reader.read(picture[60:220, 0:270]), reader.read(picture[220:300, 0:250]), picture[:60]
    assert (plate.text, plate.score > 0.9) == ("苏A6E8F2", True)
    assert (lettering.text, lettering.why, reader.read(empty).why) == ("", "not_a_plate", "no_text")


def test_a_copyleft_model_is_fetched_only_where_its_licence_is_accepted(tmp_path):
    with pytest.raises(LicenceNotAccepted, match=r"MODEL_LICENCES=AGPL-3\.0"):
        fetch_models(tmp_path, [], print, names=["hard-hat-yolo12m"])
    with pytest.raises(LicenceNotAccepted):
        load_detector(tmp_path, "hard-hat-yolo12m")


def test_every_copyleft_model_is_opt_in():
    copyleft = {entry.name for entry in read_manifest() if "GPL" in entry.licence}
    assert copyleft == {entry.name for entry in read_manifest() if entry.opt_in}


def test_a_checkpoint_is_read_without_running_anything_of_it(tmp_path):
    path = tmp_path / "evil.pt"
    path.write_bytes(b"no zip at all")
    with pytest.raises(UnreadableCheckpoint):
        read_network(path)


WORDS = {"default": ("person", "car"), "hats": ("hard_hat", "bare_head"), "other": ("person", "dog")}


def answers(*args) -> dict[str, tuple[str, ...]]:
    return {plan.name: plan.words for plan in models_for(*args)}


def test_without_a_choice_the_default_looks_for_everything_it_knows():
    assert answers({"lane": {"car"}}, {}, WORDS) == {"default": ("person", "car")}


def test_a_word_the_default_does_not_know_brings_its_model_along():
    assert answers({"lane": {"car"}, "hat": {"bare_head"}}, {}, WORDS) == {
        "default": ("person", "car"),
        "hats": ("hard_hat", "bare_head"),
    }


def test_one_word_has_one_model_on_a_camera():
    chosen = answers({"yard": {"person"}, "lane": {"car"}}, {"yard": "other"}, WORDS)
    assert chosen == {"default": ("car",), "other": ("person", "dog")}


def test_somebody_always_looks_for_people_so_that_heads_are_hidden():
    assert "person" in answers({"hat": {"bare_head"}}, {"": "hats"}, WORDS)["default"]
