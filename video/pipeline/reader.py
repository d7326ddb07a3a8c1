"""Reads one stream or file and hands out the pictures worth looking at, with honest reasons when it cannot."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from video.pipeline.addresses import without_password
from video.pipeline.plans import CameraState, Sampling
from video.pipeline.ring import PacketRing

_OPEN_SECONDS, _READ_SECONDS = 8.0, 6.0
_DRIFT_SECONDS = 2.0
Stopped = Callable[[], bool]


class StreamFault(RuntimeError):
    """Reading is not possible now. `state` is dead_stream or broken_file."""

    def __init__(self, state: CameraState, detail: str) -> None:
        super().__init__(detail)
        self.state = state
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture to look at; `at` is the stream's own time in seconds and only grows."""

    at: float
    frame: av.VideoFrame


class StreamClock:
    """Turns a stream's time stamps into growing seconds near the monotonic clock, whatever the camera's clock does."""

    def __init__(self, now: Callable[[], float], *, follow_clock: bool) -> None:
        self._now = now
        self._follow = follow_clock
        self._offset: float | None = None
        self._last = float("-inf")

    def at(self, stamp: float | None) -> float:
        """Seconds for a stream time stamp; None (no stamp) means now."""
        now = self._now() if self._follow else (stamp or 0.0)
        if stamp is None:
            at = now
        else:
            if self._offset is None or (self._follow and abs(stamp + self._offset - now) > _DRIFT_SECONDS):
                self._offset = now - stamp
            at = stamp + self._offset
        self._last = max(at, self._last + 1e-3)
        return self._last


class StreamReader:
    """One camera's source. `paced` files play at their own speed, as a camera would; unpaced as fast as they decode."""

    def __init__(
        self,
        source: str,
        *,
        sampling: Sampling = Sampling.TIMED,
        pictures_per_second: float = 5.0,
        ring: PacketRing | None = None,
        paced: bool = True,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = _file_of(source)
        self._source = str(self._path) if self._path else source
        self._sampling = sampling
        self._every = 1.0 / pictures_per_second
        self._ring = ring
        self._paced = paced
        self._now = now
        self._clock = StreamClock(now, follow_clock=self._path is None or paced)

    @property
    def is_file(self) -> bool:
        return self._path is not None

    def samples(self, stopped: Stopped) -> Iterator[Sample]:
        """Pictures until `stopped()`; a file starts over at its end. Raises StreamFault."""
        try:
            while not stopped():
                yield from self._once(stopped)
                if not self._paced:
                    return
        except (av.error.FFmpegError, OSError, ValueError, EOFError) as error:
            raise self._fault(error) from error

    def _once(self, stopped: Stopped) -> Iterator[Sample]:
        with self._open() as container:
            stream = _video_of(container)
            context = stream.codec_context
            context.thread_count = 1
            if self._sampling is Sampling.KEY_FRAMES:
                context.skip_frame = "NONKEY"
            if self._ring:
                self._ring.start(context.name, context.extradata)
            count = 0
            for sample in self._pictures(container, stream, stopped):
                count += 1
                yield sample
            if stopped():
                return
            if not self.is_file:
                raise StreamFault(CameraState.DEAD_STREAM, "the camera ended the stream")
            if not count:
                raise StreamFault(CameraState.BROKEN_FILE, f"{self._source} holds no picture that can be decoded")

    def _pictures(self, container: InputContainer, stream: VideoStream, stopped: Stopped) -> Iterator[Sample]:
        due = float("-inf")
        base = float(stream.time_base or 0)
        started, first_stamp = self._now(), None
        for packet in container.demux(stream):
            if stopped():
                return
            if not packet.size:
                continue
            stamp = None if packet.pts is None else packet.pts * base
            if self.is_file and self._paced and stamp is not None:
                first_stamp = stamp if first_stamp is None else first_stamp
                _wait_until(started + stamp - first_stamp, self._now)
            if self._sampling is Sampling.KEY_FRAMES and not packet.is_keyframe:
                continue
            at = self._clock.at(stamp)
            if self._ring:
                self._ring.add(at, packet.is_keyframe, bytes(packet))
            for frame in packet.decode():
                if self._sampling is Sampling.KEY_FRAMES or at >= due:
                    due = max(due + self._every, at + self._every / 2) if due > at - self._every else at + self._every
                    yield Sample(at, frame)

    def _open(self) -> InputContainer:
        if self._path is not None and not self._path.is_file():
            raise StreamFault(CameraState.BROKEN_FILE, f"{self._path} does not exist")
        options = {} if self.is_file else {"rtsp_transport": "tcp", "analyzeduration": "500000", "fflags": "nobuffer"}
        return av.open(self._source, options=options, timeout=(_OPEN_SECONDS, _READ_SECONDS))

    def _fault(self, error: Exception) -> StreamFault:
        if self.is_file:
            return StreamFault(CameraState.BROKEN_FILE, f"{self._source} cannot be read: {error}")
        return StreamFault(
            CameraState.DEAD_STREAM, f"no answer from {without_password(self._source)}: {_reason(error)}"
        )


def _reason(error: Exception) -> str:
    if isinstance(error, av.error.ExitError | TimeoutError):
        return "timed out"
    return str(getattr(error, "strerror", None) or error)


def _file_of(source: str) -> Path | None:
    parts = urlsplit(source)
    if parts.scheme == "file":
        return Path(parts.path)
    return Path(source) if not parts.scheme else None


def _video_of(container: InputContainer) -> VideoStream:
    if not container.streams.video:
        raise ValueError("there is no video in it")
    return container.streams.video[0]


def _wait_until(moment: float, now: Callable[[], float]) -> None:
    rest = moment - now()
    if rest > 0:
        time.sleep(min(rest, 1.0))
