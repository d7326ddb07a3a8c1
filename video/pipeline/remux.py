"""Passes one camera's coded pictures on to browsers as they came: put into another box, never coded anew."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import av
from av.container import InputContainer, OutputContainer
from av.video.stream import VideoStream

from video.pipeline.addresses import without_password
from video.pipeline.stills import LiveStills
from video.pipeline.window import PART_SECONDS, LiveWindow, Part

log = logging.getLogger(__name__)

PLAYED_BY_BROWSERS = frozenset({"h264"})
_OPEN_SECONDS, _READ_SECONDS = 8.0, 6.0
_JUMP_SECONDS = 3.0
_FIRST_RETRY, _LONGEST_RETRY = 1.0, 15.0
_STEADY_SECONDS = 10.0


class Passing(StrEnum):
    """How the passing on of a camera is doing."""

    CONNECTING = "connecting"
    LIVE = "live"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class PassingState:
    """`tries` counts the connections that failed since the last picture; `codec` is what the camera sends, and
    `is_playable` whether browsers play it: where not, there are stills.
    """

    passing: Passing
    since: datetime
    tries: int = 0
    reason: str = ""
    codec: str = ""
    is_playable: bool = True


class _Box:
    """What the muxer writes to: handed out piece by piece, never kept."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def write(self, data: bytes) -> int:
        self._bytes += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self._bytes)
        self._bytes.clear()
        return taken


class Remuxer:
    """One camera, for as long as somebody watches. `source` is asked anew before each connection."""

    def __init__(self, name: str, source: Callable[[], str], window: LiveWindow, stills: LiveStills) -> None:
        self._name = name
        self._source = source
        self._window = window
        self._stills = stills
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._state = PassingState(Passing.CONNECTING, datetime.now(UTC))

    @property
    def state(self) -> PassingState:
        with self._lock:
            return self._state

    def stop(self) -> None:
        self._stop.set()

    def run(self) -> None:
        """Until stopped. A camera that does not answer is tried again with growing pauses."""
        failures = 0
        while not self._stop.is_set():
            began = time.monotonic()
            source = ""
            try:
                source = self._source()
                self._pass_on(source)
                reason = "the camera ended the stream"
            except (av.error.FFmpegError, OSError, ValueError, EOFError) as error:
                reason = _reason(error, source)
            except Exception as error:  # a fault in one camera must not end the pictures of the others
                log.exception("camera %s cannot be passed on", self._name)
                reason = f"internal fault: {type(error).__name__}"
            if self._stop.is_set():
                return
            failures = 1 if time.monotonic() - began > _STEADY_SECONDS else failures + 1
            self._lose(reason)
            pause = min(_LONGEST_RETRY, _FIRST_RETRY * 2.0 ** min(failures - 1, 6))
            self._stop.wait(pause * (0.5 + 0.5 * random.random()))

    def _lose(self, reason: str) -> None:
        with self._lock:
            before = self._state
            since = before.since if before.passing is Passing.LOST else datetime.now(UTC)
            tries = before.tries + 1 if before.passing is Passing.LOST else 1
            self._state = PassingState(Passing.LOST, since, tries, reason, before.codec, before.is_playable)

    def _pass_on(self, source: str) -> None:
        path = _file_of(source)
        options = {} if path else {"rtsp_transport": "tcp", "analyzeduration": "500000", "fflags": "nobuffer"}
        with av.open(str(path) if path else source, options=options, timeout=(_OPEN_SECONDS, _READ_SECONDS)) as camera:
            if not camera.streams.video:
                raise ValueError("there is no video in it")
            stream = camera.streams.video[0]
            stream.codec_context.thread_count = 1
            self._stills.begin(stream)
            if stream.codec_context.name in PLAYED_BY_BROWSERS:
                with _Fragments(stream, self._window) as fragments:
                    self._read(camera, stream, fragments, paced=path is not None)
            else:
                self._read(camera, stream, None, paced=path is not None)

    def _read(self, camera: InputContainer, stream: VideoStream, fragments: _Fragments | None, *, paced: bool) -> None:
        pace = _Pace() if paced else None
        base = float(stream.time_base or 0)
        seen_key = False
        for packet in camera.demux(stream):
            if self._stop.is_set():
                return
            if not packet.size or not (seen_key or packet.is_keyframe):
                continue
            if not seen_key:
                seen_key = True
                self._tell_live(stream.codec_context.name, is_playable=fragments is not None)
            if pace and packet.dts is not None:
                pace.wait(packet.dts * base)
            self._stills.take(packet)
            if fragments:
                fragments.add(packet)

    def _tell_live(self, codec: str, *, is_playable: bool) -> None:
        with self._lock:
            self._state = PassingState(Passing.LIVE, datetime.now(UTC), codec=codec, is_playable=is_playable)


class _Fragments:
    """One connection's pictures, cut into parts. The muxer writes a picture when it knows the next one's time."""

    def __init__(self, stream: VideoStream, window: LiveWindow) -> None:
        self._window = window
        self._box = _Box()
        self._out: OutputContainer = av.open(
            self._box,
            "w",
            format="mp4",
            options={
                "movflags": "frag_every_frame+empty_moov+default_base_moof+skip_trailer",
                "flush_packets": "1",
                "avoid_negative_ts": "disabled",
            },
        )
        self._stream = self._out.add_stream_from_template(stream)
        self._out.start_encoding()
        self._base = float(stream.time_base or 0)
        self._window.begin(self._box.take())
        self._first: int | None = None
        self._last = -1
        self._usual = max(1, int(0.04 / self._base)) if self._base else 1
        self._before: tuple[bool, datetime, int] | None = None
        self._open: list[bytes] = []
        self._open_ticks = 0
        self._open_key = False
        self._open_at = datetime.now(UTC)

    def __enter__(self) -> _Fragments:
        return self

    def __exit__(self, *_: object) -> None:
        self._close_part()
        self._out.close()

    def add(self, packet: av.Packet[VideoStream]) -> None:
        at, key = datetime.now(UTC), packet.is_keyframe
        ticks = self._steady(packet)
        shown = packet.pts if packet.pts is not None else packet.dts
        decoded = packet.dts if packet.dts is not None else packet.pts
        packet.pts = ticks + max(0, (shown or 0) - (decoded or 0))
        packet.dts = ticks
        packet.stream = self._stream
        self._out.mux(packet)
        written = self._box.take()
        if self._before and written:
            self._put(written, *self._before, until=ticks)
        self._before = (key, at, ticks)

    def _steady(self, packet: av.Packet[VideoStream]) -> int:
        """The picture's time in this box: it grows from zero whatever the camera's clock does."""
        stamp = packet.dts if packet.dts is not None else packet.pts
        if stamp is None:
            ticks = self._last + self._usual
        else:
            if self._first is None:
                self._first = stamp
            ticks = stamp - self._first
            step = ticks - self._last
            if self._last >= 0 and (step <= 0 or step * self._base > _JUMP_SECONDS):
                ticks = self._last + self._usual
                self._first = stamp - ticks
            elif self._last >= 0:
                self._usual = step
        self._last = ticks
        return ticks

    def _put(self, data: bytes, key: bool, at: datetime, start: int, *, until: int) -> None:
        seconds = (until - start) * self._base
        if self._open and (key or self._open_ticks * self._base + seconds > PART_SECONDS + 0.01):
            self._close_part()
        if not self._open:
            self._open_key, self._open_at = key, at
        self._open.append(data)
        self._open_ticks += until - start
        # No further picture would fit: waiting for it would only cost time.
        if self._open_ticks * self._base + seconds > PART_SECONDS + 0.01:
            self._close_part()

    def _close_part(self) -> None:
        if self._open:
            part = Part(b"".join(self._open), self._open_ticks * self._base, self._open_key)
            self._window.add(part, self._open_at)
        self._open, self._open_ticks = [], 0


class _Pace:
    """A file plays at its own speed, as a camera would."""

    def __init__(self) -> None:
        self._began: tuple[float, float] | None = None

    def wait(self, stamp: float) -> None:
        self._began = self._began or (time.monotonic(), stamp)
        rest = self._began[0] + stamp - self._began[1] - time.monotonic()
        if rest > 0:
            time.sleep(min(rest, 1.0))


def _reason(error: Exception, source: str) -> str:
    if isinstance(error, av.error.ExitError | TimeoutError):
        return f"no answer from {without_password(source)}: timed out"
    return f"no answer from {without_password(source)}: {getattr(error, 'strerror', None) or type(error).__name__}"


def _file_of(source: str) -> Path | None:
    parts = urlsplit(source)
    return Path(parts.path) if parts.scheme in ("file", "") else None
