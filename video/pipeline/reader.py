"""Reads one stream or file and hands out the pictures worth looking at, with honest reasons when it cannot."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from video.pipeline.addresses import NO_LOGIN, Login, with_login, without_password
from video.pipeline.faults import StreamFault, file_fault, require_sensible, require_size, stream_fault, video_of
from video.pipeline.plans import CameraState, Sampling
from video.pipeline.ring import PacketRing
from video.pipeline.steps import LONG_GAP_SECONDS, Noted, Steps

_OPEN_SECONDS, _READ_SECONDS = 8.0, 6.0
_DRIFT_SECONDS = 2.0
_MOST_DAMAGED = 250
Stopped = Callable[[], bool]


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

    def restart(self) -> None:
        """The next stamp is of a new connection, or of a file's beginning."""
        self._offset = None

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
        login: Login = NO_LOGIN,
        noted: Noted = lambda _code: None,
    ) -> None:
        """`login` is joined to the address only where it is opened. `noted` is told codes of what is odd about the
        stream and does not end it."""
        self._path = _file_of(source)
        self._source = str(self._path) if self._path else source
        self._login = login
        self._noted = noted
        self._sampling = sampling
        self._every = 1.0 / pictures_per_second
        self._ring = ring
        self._paced = paced
        self._now = now
        self._clock = StreamClock(now, follow_clock=self._path is None or paced)
        self._seen = self._damaged = 0

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
            # From None: the error's own text holds the address as it was opened.
            raise self._fault(error) from None

    def _once(self, stopped: Stopped) -> Iterator[Sample]:
        with self._open() as container:
            stream = video_of(container)
            context = stream.codec_context
            require_sensible(context)
            if context.name == "hevc":
                self._noted("h265")
            context.thread_count = 1
            if self._sampling is Sampling.KEY_FRAMES:
                context.skip_frame = "NONKEY"
            if self._ring:
                self._ring.start(context.name, context.extradata)
            self._clock.restart()
            self._seen = 0
            yield from self._pictures(container, stream, stopped)
            if stopped():
                return
            if not self.is_file:
                raise StreamFault(CameraState.DEAD_STREAM, "the camera ended the stream")
            if not self._seen:
                raise StreamFault(CameraState.BROKEN_FILE, f"{self._source} holds no picture that can be decoded")
            if self._seen == 1 and self._paced:
                raise StreamFault(CameraState.BROKEN_FILE, f"{self._source} is a single picture", "single_picture")

    def _pictures(self, container: InputContainer, stream: VideoStream, stopped: Stopped) -> Iterator[Sample]:
        due = float("-inf")
        base = float(stream.time_base or 0)
        started, first_stamp = self._now(), None
        steps = Steps(self._noted, is_file=self.is_file)
        for packet in self._packets(container, stream):
            if stopped():
                return
            stamp = None if packet.pts is None else packet.pts * base
            if self.is_file and self._paced and stamp is not None:
                first_stamp = stamp if first_stamp is None else first_stamp
                _wait_until(started + stamp - first_stamp, self._now)
            if packet.size:
                steps.see(stamp, self._now())
            if self._sampling is Sampling.KEY_FRAMES and packet.size and not packet.is_keyframe:
                continue
            at = self._clock.at(stamp)
            if self._ring and packet.size:
                self._ring.add(at, packet.is_keyframe, bytes(packet))
            for frame in self._decoded(packet):
                self._seen += 1
                if self._sampling is Sampling.KEY_FRAMES or at >= due:
                    due = max(due + self._every, at + self._every / 2) if due > at - self._every else at + self._every
                    yield Sample(at, frame)
        declared = float(stream.duration * base) if self.is_file and stream.duration else 0.0
        if steps.reached and declared > steps.reached + LONG_GAP_SECONDS:
            self._noted("ends_early")

    def _packets(self, container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
        """A file's last, empty packet brings out what the decoder still holds; a stream has none."""
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                if not (self.is_file and self._seen):
                    raise
                self._noted("ends_early")
                return
            if packet is None:
                return
            if packet.size or self.is_file:
                yield packet

    def _decoded(self, packet: Packet[VideoStream]) -> Iterator[av.VideoFrame]:
        """Pictures of a packet. Damaged ones are left out: only where nothing else comes is the stream given up."""
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            self._damaged += 1
            self._noted("damaged_pictures")
            if self._damaged > _MOST_DAMAGED:
                raise
            return
        for frame in frames:
            require_size(frame.width, frame.height)
            if frame.is_corrupt:
                self._noted("damaged_pictures")
            self._damaged = 0
            yield frame

    def _open(self) -> InputContainer:
        if self._path is not None and not self._path.is_file():
            raise StreamFault(CameraState.BROKEN_FILE, f"{self._path} does not exist")
        options = {} if self.is_file else {"rtsp_transport": "tcp", "analyzeduration": "500000", "fflags": "nobuffer"}
        address = self._source if self.is_file else with_login(self._source, self._login)
        return av.open(address, options=options, timeout=(_OPEN_SECONDS, _READ_SECONDS))

    def _fault(self, error: Exception) -> StreamFault:
        if self.is_file:
            return file_fault(error, self._source)
        return stream_fault(error, without_password(self._source), self._login)


def _file_of(source: str) -> Path | None:
    parts = urlsplit(source)
    if parts.scheme == "file":
        return Path(parts.path)
    return Path(source) if not parts.scheme else None


def _wait_until(moment: float, now: Callable[[], float]) -> None:
    rest = moment - now()
    if rest > 0:
        time.sleep(min(rest, 1.0))
