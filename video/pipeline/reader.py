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
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from video.detectors.pictures import ONE_THREAD
from video.pipeline.acceleration import PROCESSOR, decoder_of, decoding
from video.pipeline.addresses import NO_LOGIN, Login, with_login, without_password
from video.pipeline.faults import StreamFault, file_fault, require_sensible, require_size, stream_fault, video_of
from video.pipeline.lateness import LATE_SECONDS, Lateness
from video.pipeline.meter import Dropped, Meter
from video.pipeline.plans import CameraState, Sampling
from video.pipeline.ring import PacketRing
from video.pipeline.steps import LONG_GAP_SECONDS, Noted, Steps

_OPEN_SECONDS, _READ_SECONDS = 8.0, 6.0
_DRIFT_SECONDS = 2.0
_MOST_DAMAGED = 250
_LARGE = 1920 * 1200
_WIDEST_OF_LARGE = 1920
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


def is_large(width: int, height: int) -> bool:
    """Whether a decoder that holds several such pictures would take more memory than a camera may have. Of those only
    the key frames are decoded, one at a time, and handed out no wider than 1920."""
    return width * height > _LARGE


class StreamReader:
    """One camera's source. `paced` files play at their own speed, as a camera would; unpaced as fast as they decode.

    Whoever takes the pictures must not keep the reader waiting: what it cannot decode in time is left out.
    """

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
        meter: Meter | None = None,
        priority: int = 2,
        decoder: str = PROCESSOR,
    ) -> None:
        """`login` is joined to the address only where it is opened. `noted` is told codes of what is odd about the
        stream and does not end it. The lower the `priority`, the sooner late pictures are left out. `decoder` is what
        shall decode (pipeline/acceleration.py)."""
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
        self._meter = meter or Meter()
        self._late_seconds = LATE_SECONDS[priority]
        self._decoding = decoding(decoder)
        self._only_keys = sampling is Sampling.KEY_FRAMES
        self._large = False
        self._scaler = VideoReformatter()

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
        steps = Steps(self._noted, is_file=self.is_file, opened=self._now())
        with self._open() as container:
            stream = video_of(container)
            context = stream.codec_context
            require_sensible(context)
            if context.name == "hevc":
                self._noted("h265")
            context.thread_count = 1
            self._large = large = is_large(context.width, context.height)
            if large:
                self._noted("large_picture")
            self._only_keys = large or self._sampling is Sampling.KEY_FRAMES
            if self._only_keys:
                context.skip_frame = "NONKEY"
            self._meter.width, self._meter.height = context.width, context.height
            self._meter.decoder = decoder_of(context, self._decoding)
            if self._ring:
                self._ring.start(context.name, context.extradata)
            self._clock.restart()
            self._seen = 0
            yield from self._pictures(container, stream, stopped, steps)
            if stopped():
                return
            if not self.is_file:
                raise StreamFault(CameraState.DEAD_STREAM, "the camera ended the stream")
            if not self._seen:
                raise StreamFault(CameraState.BROKEN_FILE, f"{self._source} holds no picture that can be decoded")
            if self._seen == 1 and self._paced:
                raise StreamFault(CameraState.BROKEN_FILE, f"{self._source} is a single picture", "single_picture")

    def _pictures(
        self, container: InputContainer, stream: VideoStream, stopped: Stopped, steps: Steps
    ) -> Iterator[Sample]:
        due = float("-inf")
        base = float(stream.time_base or 0)
        started, first_stamp = self._now(), None
        late = Lateness(self._late_seconds) if self._paced or not self.is_file else None
        for packet in self._packets(container, stream):
            if stopped():
                return
            # In the order of decoding: pictures that refer ahead would have stamps that go back and forth.
            count = packet.pts if packet.dts is None else packet.dts
            stamp = None if count is None else count * base
            if self.is_file and self._paced and stamp is not None:
                first_stamp = stamp if first_stamp is None else first_stamp
                _wait_until(started + stamp - first_stamp, self._now)
            if packet.size:
                steps.see(stamp, self._now())
                self._meter.read += 1
            if self._only_keys and packet.size and not packet.is_keyframe:
                continue
            at = self._clock.at(stamp)
            if self._ring and packet.size:
                self._ring.add(at, packet.is_keyframe, bytes(packet))
            if late and packet.size and late.skips(stamp, self._now(), is_key=packet.is_keyframe):
                self._meter.drop(Dropped.LATE)
                continue
            self._meter.behind = late.behind if late else 0.0
            for frame in self._decoded(packet):
                self._seen += 1
                if not packet.size and frame.pts is not None:  # what the decoder still held at a file's end
                    at = self._clock.at(frame.pts * base)
                if self._sampling is Sampling.KEY_FRAMES or at >= due:
                    due = max(due + self._every, at + self._every / 2) if due > at - self._every else at + self._every
                    yield Sample(at, self._within_bounds(frame))
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
        began = time.perf_counter()
        try:
            frames = packet.decode()
            if self._large and packet.size:
                # A key frame stands alone: what the decoder would keep for later pictures is let go at once.
                context = packet.stream.codec_context
                frames += context.decode(None)
                context.flush_buffers()
        except av.error.InvalidDataError:
            self._damaged += 1
            self._meter.drop(Dropped.DAMAGED)
            self._noted("damaged_pictures")
            if self._damaged > _MOST_DAMAGED:
                raise
            return
        self._meter.decode_seconds += time.perf_counter() - began
        self._meter.decoded += len(frames)
        for frame in frames:
            require_size(frame.width, frame.height)
            if frame.is_corrupt:
                self._noted("damaged_pictures")
            self._damaged = 0
            yield frame

    def _within_bounds(self, frame: av.VideoFrame) -> av.VideoFrame:
        if not is_large(frame.width, frame.height):
            return frame
        height = round(frame.height * _WIDEST_OF_LARGE / frame.width / 2) * 2
        return self._scaler.reformat(frame, width=_WIDEST_OF_LARGE, height=height, threads=ONE_THREAD)

    def _open(self) -> InputContainer:
        if self._path is not None and not self._path.is_file():
            raise StreamFault(CameraState.BROKEN_FILE, f"{self._path} does not exist")
        options = {} if self.is_file else {"rtsp_transport": "tcp", "analyzeduration": "500000", "fflags": "nobuffer"}
        address = self._source if self.is_file else with_login(self._source, self._login)
        return av.open(
            address, options=options, timeout=(_OPEN_SECONDS, _READ_SECONDS), hwaccel=self._decoding.accelerator()
        )

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
