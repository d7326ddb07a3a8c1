"""The ways of watching that `bench-cameras` measures side by side, each in a process of its own."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from video.detectors.letterbox import Extent
from video.detectors.loading import load_detector
from video.detectors.pictures import luma_of
from video.pipeline.camera import CameraLoop
from video.pipeline.eyes import Eyes, EyesSettings
from video.pipeline.gate import MotionGate
from video.pipeline.plans import CameraPlan, Message, Sampling, ZonePlan
from video.pipeline.reader import StreamReader
from video.rules.algorithms import read_algorithms

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
MODELS = Path(os.environ.get("MODEL_DIR") or VAR / "models")
FOLDER = VAR / "bench" / "cameras"


@dataclass(frozen=True, slots=True)
class Load:
    """One measured way of watching."""

    name: str
    what: str
    clip: str
    cameras: int
    goal: float | None = None
    asked: float = 5.0
    """Pictures to be looked at per camera and second."""


LOADS = [
    Load("moving", "5 fps, every frame moving", "moving", 6, 8.0),
    Load("quiet", "5 fps, 30 % moving", "quiet", 10, 18.0),
    Load("keys", "key frames, 30 % moving", "quiet", 16, 40.0, asked=1.0),
    Load("ceiling", "decode + gate only, 5 fps", "quiet", 16),
    Load("naive", "naive loop, 30 % moving", "quiet", 2),
    Load("opencv", "OpenCV + our detector", "quiet", 4),
]


Started = tuple[Callable[[], float], Callable[[], None]]


def start_pipeline(load: Load, address: str, media: Path) -> Started:
    """The platform's own cameras, each with a zone whose rule runs but is never fulfilled."""
    eyes = Eyes(EyesSettings(MODELS, media, runners=1))
    zone = ZonePlan(
        1, "all", ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)), "restricted_area_presence", {"seconds": 3600}
    )
    sampling = Sampling.KEY_FRAMES if load.name == "keys" else Sampling.TIMED

    def sink(_message: Message) -> None:
        """Nobody listens."""

    algorithms = read_algorithms()
    loops = [
        CameraLoop(CameraPlan(number, str(number), address, (zone,), sampling=sampling), eyes, algorithms, sink)
        for number in range(load.cameras)
    ]
    threads = [threading.Thread(target=loop.run, daemon=True) for loop in loops]
    for thread in threads:
        thread.start()

    def stop() -> None:
        for loop in loops:
            loop.stop()
        for thread in threads:
            thread.join(10)

    return lambda: sum(loop.looked_total for loop in loops), stop


def start_ceiling(load: Load, address: str, media: Path) -> Started:
    """Only what cannot be saved: receive, decode, ask the gate."""
    counts = [0] * load.cameras
    ended = threading.Event()

    def watch(number: int) -> None:
        gate = MotionGate()
        for sample in StreamReader(address).samples(ended.is_set):
            gate.moved(luma_of(sample.frame), sample.at)
            counts[number] += 1

    return _threads(load.cameras, watch, ended, counts)


def start_naive(load: Load, address: str, media: Path) -> Started:
    """The loop one writes first: VideoCapture, scale and normalise in numpy, the published float32 network."""
    counts = [0] * load.cameras
    ended = threading.Event()
    session = onnxruntime.InferenceSession(str(FOLDER / "published.onnx"), providers=["CPUExecutionProvider"])

    def watch(number: int) -> None:
        capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG)
        index = 0
        while not ended.is_set():
            done, picture = capture.read()
            if not done:
                break
            index += 1
            if index % 5:
                continue
            scale = 416 / picture.shape[1]
            canvas = np.zeros((416, 416, 3), np.uint8)
            small = cv2.resize(picture, (416, round(picture.shape[0] * scale)))
            canvas[: small.shape[0]] = small
            session.run(None, {"frames": canvas[np.newaxis]})
            counts[number] += 1
        capture.release()

    return _threads(load.cameras, watch, ended, counts)


def start_opencv(load: Load, address: str, media: Path) -> Started:
    """OpenCV's capture, and for every fifth picture the platform's own int8 detector; neither gate nor sharing."""
    counts = [0] * load.cameras
    ended = threading.Event()
    detector = load_detector(MODELS)

    def watch(number: int) -> None:
        capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG)
        index = 0
        while not ended.is_set() and capture.grab():
            index += 1
            if index % 5:
                continue
            picture = capture.retrieve()[1]
            scale = min(detector.width / picture.shape[1], detector.height / picture.shape[0])
            small = cv2.resize(picture, None, fx=scale, fy=scale)
            canvas = np.zeros((1, detector.height, detector.width, 3), np.uint8)
            canvas[0, : small.shape[0], : small.shape[1]] = small
            detector.detect(canvas, [Extent(small.shape[1], small.shape[0])])
            counts[number] += 1
        capture.release()

    return _threads(load.cameras, watch, ended, counts)


def _threads(count: int, watch: Callable[[int], None], ended: threading.Event, counts: list[int]) -> Started:
    threads = [threading.Thread(target=watch, args=(number,), daemon=True) for number in range(count)]
    for thread in threads:
        thread.start()

    def stop() -> None:
        ended.set()
        for thread in threads:
            thread.join(10)

    return lambda: sum(counts), stop


STARTERS: dict[str, Callable[[Load, str, Path], Started]] = {
    "moving": start_pipeline,
    "quiet": start_pipeline,
    "keys": start_pipeline,
    "ceiling": start_ceiling,
    "naive": start_naive,
    "opencv": start_opencv,
}
