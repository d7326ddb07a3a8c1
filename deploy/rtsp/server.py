"""Demo cameras: serves each clip of var/clips/clips.json endlessly, in real time, over RTSP.

Runs under the system's Python (GStreamer bindings); knows nothing of the platform. A clip is read once into memory as
coded pictures and played round and round without a seam, so a camera never ends. All viewers of one clip share one
stream. Usage: server.py --port 8554 --clips var/clips
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

READ = (
    "filesrc name=file ! qtdemux ! h264parse config-interval=-1 "
    "! video/x-h264,stream-format=byte-stream,alignment=au ! appsink name=out sync=false"
)
SERVE = (
    "( appsrc name=pictures is-live=true format=time do-timestamp=true max-bytes=2000000 "
    "caps=video/x-h264,stream-format=byte-stream,alignment=au "
    "! h264parse ! rtph264pay name=pay0 pt=96 )"
)


class CannotServe(RuntimeError):
    """A clip cannot be read or the port is taken; the text says what to do."""


def read_pictures(path: Path) -> tuple[list[bytes], float]:
    """Coded pictures of a clip in order, and pictures per second. The first one is a key frame."""
    pipeline = Gst.parse_launch(READ)
    pipeline.get_by_name("file").set_property("location", str(path))
    out = pipeline.get_by_name("out")
    pipeline.set_state(Gst.State.PLAYING)
    pictures: list[bytes] = []
    rate = 25.0
    while (sample := out.emit("try-pull-sample", 10 * Gst.SECOND)) is not None:
        found, top, bottom = sample.get_caps().get_structure(0).get_fraction("framerate")
        if found and bottom:
            rate = top / bottom
        buffer = sample.get_buffer()
        pictures.append(buffer.extract_dup(0, buffer.get_size()))
    pipeline.set_state(Gst.State.NULL)
    if not pictures:
        raise CannotServe(f"{path} holds no H.264 pictures: prepare the clips again")
    return pictures, rate


class LoopingClip(GstRtspServer.RTSPMediaFactory):
    """One mount: while anybody watches, hands out the pictures one by one at the clip's own pace."""

    def __init__(self, pictures: list[bytes], rate: float) -> None:
        super().__init__()
        self._pictures = pictures
        self._rate = rate
        self._timer = 0
        self.set_launch(SERVE)
        self.set_shared(True)
        self.set_protocols(GstRtsp.RTSPLowerTrans.TCP)
        self.connect("media-configure", self._configure)

    def _configure(self, _factory: object, media: GstRtspServer.RTSPMedia) -> None:
        source = media.get_element().get_by_name("pictures")
        self._stop()
        started = GLib.get_monotonic_time()
        sent = 0

        def push() -> bool:
            """Sends what is due; a late timer catches up instead of slowing the clip down."""
            nonlocal sent
            due = int((GLib.get_monotonic_time() - started) * self._rate / 1e6) + 1
            for _ in range(min(due - sent, 50)):
                source.emit("push-buffer", Gst.Buffer.new_wrapped(self._pictures[sent % len(self._pictures)]))
                sent += 1
            sent = max(sent, due - 50)
            return GLib.SOURCE_CONTINUE

        self._timer = GLib.timeout_add(max(5, int(500 / self._rate)), push)
        media.connect("unprepared", lambda _media: self._stop())

    def _stop(self) -> None:
        if self._timer:
            GLib.source_remove(self._timer)
            self._timer = 0


def serve(port: int, folder: Path) -> None:
    """Serves until SIGTERM or SIGINT. Raises CannotServe."""
    clips = json.loads((folder / "clips.json").read_text(encoding="utf-8"))
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(str(port))
    server.set_backlog(64)
    for clip in clips.values():
        pictures, rate = read_pictures(folder / clip["file"])
        server.get_mount_points().add_factory(clip["mount"], LoopingClip(pictures, rate))
        print(f"rtsp: {clip['mount']} {len(pictures)} pictures at {rate:g}/s ({clip['label']})", flush=True)
    if server.attach(None) == 0:
        raise CannotServe(f"port {port} is in use: stop what listens there or choose another with --port")
    loop = GLib.MainLoop()
    for number in (signal.SIGTERM, signal.SIGINT):
        GLib.unix_signal_add(GLib.PRIORITY_HIGH, number, loop.quit)
    print(f"rtsp: ready on rtsp://127.0.0.1:{port}", flush=True)
    # Sessions of viewers that vanished are dropped, else their streams would go on for nobody.
    GLib.timeout_add_seconds(5, lambda: server.get_session_pool().cleanup() >= 0)
    loop.run()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8554)
    parser.add_argument("--clips", type=Path, default=Path("var/clips"))
    arguments = parser.parse_args()
    Gst.init(None)
    try:
        serve(arguments.port, arguments.clips)
    except (CannotServe, OSError) as error:
        print(f"rtsp: {error}", file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
