"""Demo cameras: serves each clip of var/clips/clips.json endlessly, in real time, over RTSP.

Runs under the system's Python (GStreamer bindings); knows nothing of the platform. A clip (H.264 or H.265) is read once
into memory as coded pictures and played round and round at its own times, without a seam, so a camera never ends. All
viewers of one clip share one stream. Usage: server.py --port 8554 --clips var/clips
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

READ = "filesrc name=file ! qtdemux name=parts  appsink name=out sync=false"
CODINGS = ("h264", "h265")
CAPS = "video/x-{coding},stream-format=byte-stream,alignment=au"
PARSE = f"{{coding}}parse config-interval=-1 ! capsfilter caps={CAPS}"
SERVE = (
    "( appsrc name=pictures is-live=true format=time do-timestamp=true max-bytes=2000000 "
    f"caps={CAPS} ! {{coding}}parse ! rtp{{coding}}pay name=pay0 pt=96 )"
)
USUAL_STEP = 0.04
MOST_AT_ONCE = 50


class CannotServe(RuntimeError):
    """A clip cannot be read or the port is taken; the text says what to do."""


@dataclass(frozen=True)
class Clip:
    """Coded pictures in order, the first one a key frame; `times` are seconds from the first, `length` is one round."""

    coding: str
    pictures: list[bytes]
    times: list[float]
    length: float

    def due(self, elapsed: float) -> int:
        """How many pictures, round after round, are to be sent within so many seconds."""
        rounds, rest = divmod(elapsed, self.length)
        return int(rounds) * len(self.pictures) + bisect_right(self.times, rest)

    @property
    def shortest_step(self) -> float:
        return min((after - before for before, after in pairwise(self.times)), default=USUAL_STEP)


def read_clip(path: Path) -> Clip:
    """The first track of H.264 or H.265, with its own times: they need not be even."""
    pipeline = Gst.parse_launch(READ)
    pipeline.get_by_name("file").set_property("location", str(path))
    out = pipeline.get_by_name("out")
    found: list[str] = []

    def join(_parts: object, pad: Gst.Pad) -> None:
        coding = pad.get_current_caps().get_structure(0).get_name().removeprefix("video/x-")
        if coding in CODINGS and not found:
            found.append(coding)
            parse = Gst.parse_bin_from_description(PARSE.format(coding=coding), True)
            pipeline.add(parse)
            parse.link(out)
            pad.link(parse.get_static_pad("sink"))
            parse.sync_state_with_parent()

    pipeline.get_by_name("parts").connect("pad-added", join)
    pipeline.set_state(Gst.State.PLAYING)
    pictures: list[bytes] = []
    times: list[float] = []
    step = USUAL_STEP
    while (sample := out.emit("try-pull-sample", 10 * Gst.SECOND)) is not None:
        buffer = sample.get_buffer()
        pictures.append(buffer.extract_dup(0, buffer.get_size()))
        # In the order of decoding, which is the one they are sent in.
        stamp = buffer.pts if buffer.dts == Gst.CLOCK_TIME_NONE else buffer.dts
        times.append(stamp / Gst.SECOND)
        step = USUAL_STEP if buffer.duration == Gst.CLOCK_TIME_NONE else buffer.duration / Gst.SECOND
    pipeline.set_state(Gst.State.NULL)
    if not pictures:
        raise CannotServe(f"{path} holds no H.264 or H.265 pictures: prepare the clips again")
    times = list(accumulate((at - times[0] for at in times), max))
    return Clip(found[0], pictures, times, times[-1] + step)


class LoopingClip(GstRtspServer.RTSPMediaFactory):
    """One mount: while anybody watches, hands out the pictures one by one at the clip's own pace."""

    def __init__(self, clip: Clip) -> None:
        super().__init__()
        self._clip = clip
        self._timer = 0
        self.set_launch(SERVE.format(coding=clip.coding))
        self.set_shared(True)
        self.set_protocols(GstRtsp.RTSPLowerTrans.TCP)
        self.connect("media-configure", self._configure)

    def _configure(self, _factory: object, media: GstRtspServer.RTSPMedia) -> None:
        source = media.get_element().get_by_name("pictures")
        self._stop()
        pictures = self._clip.pictures
        started = GLib.get_monotonic_time()
        sent = 0

        def push() -> bool:
            """Sends what is due; a late timer catches up instead of slowing the clip down."""
            nonlocal sent
            due = self._clip.due((GLib.get_monotonic_time() - started) / 1e6)
            for _ in range(min(due - sent, MOST_AT_ONCE)):
                source.emit("push-buffer", Gst.Buffer.new_wrapped(pictures[sent % len(pictures)]))
                sent += 1
            sent = max(sent, due - MOST_AT_ONCE)
            return GLib.SOURCE_CONTINUE

        self._timer = GLib.timeout_add(max(5, int(self._clip.shortest_step * 500)), push)
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
    for told in clips.values():
        clip = read_clip(folder / told["file"])
        server.get_mount_points().add_factory(told["mount"], LoopingClip(clip))
        rate = len(clip.pictures) / clip.length
        print(
            f"rtsp: {told['mount']} {len(clip.pictures)} pictures of {clip.coding} at {rate:g}/s ({told['label']})",
            flush=True,
        )
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
