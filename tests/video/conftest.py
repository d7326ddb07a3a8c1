"""The real clips, the real server and the real models, as set-up left them."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from events.queries.catalogue import forget
from tests.events.stage import Stage, build_stage
from video.detectors.store import model_path

ROOT = Path(__file__).resolve().parent.parent.parent
CLIPS = Path(os.environ.get("CLIPS_DIR") or ROOT / "var" / "clips")


@pytest.fixture(scope="session")
def clips() -> Path:
    if not (CLIPS / "clips.json").is_file():
        pytest.fail("the clips are missing: run `make test`, or `python -m deploy.local.clips var`")
    return CLIPS


@pytest.fixture(scope="session")
def model_dir() -> Path:
    folders = [Path(settings.MODEL_DIR), ROOT / "var" / "models"]
    for folder in folders:
        if any(folder.glob("*.onnx")):
            model_path("nanodet-g-416x256", folder)
            return folder
    pytest.fail("the models are missing: run `make test`, or `manage.py fetch_models`")


@contextmanager
def rtsp_server(folder: Path, port: int = 0) -> Iterator[str]:
    """The demo server on this port, or on a free one: its address."""
    if not port:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    server = subprocess.Popen(
        ["/usr/bin/python3", str(ROOT / "deploy/rtsp/server.py"), "--port", str(port), "--clips", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and server.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"rtsp://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def rtsp(clips: Path) -> Iterator[str]:
    with rtsp_server(clips) as address:
        yield address


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    yield build_stage()
    forget()


@pytest.fixture(scope="session")
def hevc(clips: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The first seconds of a real clip as H.265."""
    target = tmp_path_factory.mktemp("hevc") / "clip.mp4"
    coded = ["-t", "4", "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "keyint=10:log-level=error"]
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-i", str(clips / "courtyard.mp4"), *coded, str(target)],
        check=True,
        timeout=120,
    )
    return f"file://{target}"
