"""The demonstration's RTSP server, for as long as the trials last."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from video.trials.watching import NotWatched

_SERVER = Path(__file__).resolve().parent.parent.parent / "deploy" / "rtsp" / "server.py"
_SYSTEM_PYTHON = "/usr/bin/python3"  # GStreamer's bindings are the system's
_READY_WITHIN = 60.0


@contextmanager
def rtsp_server(folder: Path) -> Iterator[str]:
    """Serves the clips of `folder` on a free port: its address. Raises NotWatched when it does not start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [_SYSTEM_PYTHON, str(_SERVER), "--port", str(port), "--clips", str(folder)], stdout=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + _READY_WITHIN
        while not _answers(port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise NotWatched("the RTSP server did not start; its packages are listed in deploy/local/packages.py")
            time.sleep(0.1)
        yield f"rtsp://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
