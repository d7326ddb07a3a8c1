"""How a worker process ends while one of its threads is inside the inference engine."""

import os
import subprocess
import sys
import threading

import pytest

from tests.video.conftest import ROOT
from video.pipeline.evidence import EvidenceMaker
from video.pipeline.eyes import Eyes, EyesSettings
from video.pipeline.ring import CodedClip, CodedPicture

CLIP = CodedClip("h264", None, (CodedPicture(0.0, True, b"x"),))
AT_WORK = """
import atexit, sys, threading
from pathlib import Path
import numpy as np
from video.detectors.loading import load_detector
from video.running.leaving import leave_if_still_at_work

detector = load_detector(Path(sys.argv[1]))
picture = np.zeros((1, detector.height, detector.width, 3), np.uint8)
began = threading.Event()

def evidence():
    while True:
        detector.run(picture)
        began.set()

if sys.argv[2] == "leaves":
    atexit.register(leave_if_still_at_work)
threading.Thread(target=evidence, name="evidence", daemon=True).start()
began.wait(60)
"""


def ended(model_dir, how: str) -> tuple[int, str]:
    """Exit code and what was said on the way."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", AT_WORK, str(model_dir), how]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT, env=environment)
    return done.returncode, done.stderr


def test_a_thread_cut_off_in_the_inference_engine_takes_the_process_down(model_dir):
    code, said = ended(model_dir, "is cut off")
    assert (code < 0, "without an active exception" in said) == (True, True)


def test_a_worker_leaves_before_its_threads_are_cut_off(model_dir):
    code, said = ended(model_dir, "leaves")
    assert (code, "without an active exception" in said) == (0, False)
    assert "still at work: evidence" in said


@pytest.fixture
def eyes(model_dir, tmp_path, monkeypatch):
    """Eyes whose clips have no end, and an event that tells that one is begun."""
    began = threading.Event()

    def make_clip(self: EvidenceMaker, clip: CodedClip, zone: object, between, hidden) -> str:
        while True:
            began.set()
            between()

    monkeypatch.setattr(EvidenceMaker, "make_clip", make_clip)
    return Eyes(EyesSettings(model_dir, tmp_path)), began


def test_a_clip_that_cannot_be_finished_in_time_is_given_up_at_the_end(eyes):
    watching, began = eyes
    told: list[str] = []
    watching.detector()
    watching.ask_clip(CLIP, (), told.append)
    assert began.wait(30)
    watching.close(seconds=3.0)
    assert told == []
    assert "evidence" not in {thread.name for thread in threading.enumerate()}
