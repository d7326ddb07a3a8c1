"""What runs a model: chosen in order, and said in words when it is asked for and missing."""

import pytest

from config.env import PROVIDERS
from video.detectors.loading import load_detector
from video.detectors.providers import RUNTIME_NAMES, NoProvider, choose, known, remedy_of, require, running
from video.pipeline.eyes import Eyes, EyesSettings

CPU_ONLY = ("CPUExecutionProvider",)


def test_the_first_that_is_there_is_taken():
    choice = choose(("cuda", "openvino", "cpu"), ("OpenVINOExecutionProvider", *CPU_ONLY))
    assert (choice.use, len(choice.missing)) == (("openvino", "cpu"), 1)


def test_what_is_missing_is_said_with_its_package():
    assert "onnxruntime-gpu" in remedy_of("cuda")
    assert "onnxruntime-openvino" in remedy_of("openvino")


def test_without_anything_usable_the_remedy_is_in_the_refusal():
    with pytest.raises(NoProvider, match=r"onnxruntime-gpu.*or add cpu to VIDEO_PROVIDERS"):
        require(("cuda",), CPU_ONLY)


def test_a_misspelt_provider_is_named():
    with pytest.raises(ValueError, match="tensorflow is no execution provider"):
        known(("tensorflow",))


def test_settings_and_detectors_know_the_same_providers():
    assert set(PROVIDERS) == set(RUNTIME_NAMES)


def test_what_really_runs_is_told_not_what_was_wished():
    assert running(CPU_ONLY) == "cpu"


def test_a_detector_falls_back_to_the_processor_and_says_so(model_dir, tmp_path):
    eyes = Eyes(EyesSettings(model_dir, tmp_path, providers=("cuda", "cpu")))
    try:
        eyes.detector()
        assert (eyes.running(), list(eyes.providers_missing())) == ({"nanodet-g-416x256": "cpu"}, ["cuda"])
    finally:
        eyes.close()


def test_a_camera_is_told_the_remedy_when_only_a_missing_provider_is_allowed(model_dir):
    with pytest.raises(NoProvider, match="pip install 'onnxruntime-gpu"):
        load_detector(model_dir, providers=("cuda",))
