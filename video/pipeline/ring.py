"""The last seconds of a stream as it came, still coded: evidence costs nothing until it is asked for."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import av


@dataclass(frozen=True, slots=True)
class CodedPicture:
    """One packet: stream second it belongs to, whether decoding can start here, its bytes."""

    at: float
    key: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class CodedClip:
    """A run of packets that starts with a key frame, and what a decoder needs besides."""

    codec: str
    extradata: bytes | None
    pictures: tuple[CodedPicture, ...]

    @property
    def held_bytes(self) -> int:
        return sum(len(picture.data) for picture in self.pictures)

    def decode(self) -> Iterator[tuple[float, av.VideoFrame]]:
        """Stream second and picture, in order."""
        decoder = cast("av.VideoCodecContext", av.CodecContext.create(self.codec, "r"))
        decoder.thread_count = 1
        if self.extradata:
            decoder.extradata = self.extradata
        times: deque[float] = deque()
        for picture in self.pictures:
            times.append(picture.at)
            for frame in decoder.decode(av.Packet(picture.data)):
                yield times.popleft(), frame
        for frame in decoder.decode(None):
            if times:
                yield times.popleft(), frame


class PacketRing:
    """Keeps at least the last `seconds` of packets, cut at key frames, and never more than `largest_bytes`: where a
    camera sends more than that between two key frames, nothing is kept until the next. Written by one thread."""

    def __init__(self, seconds: float, largest_bytes: int = 10_000_000) -> None:
        self._lock = threading.Lock()
        self._seconds = seconds
        self._largest = largest_bytes
        self._groups: deque[list[CodedPicture]] = deque()
        self._bytes = 0
        self._codec = "h264"
        self._extradata: bytes | None = None

    @property
    def held_bytes(self) -> int:
        return self._bytes

    def start(self, codec: str, extradata: bytes | None) -> None:
        """Forgets everything: a new connection cannot continue the old one's pictures."""
        with self._lock:
            self._codec, self._extradata = codec, extradata
            self._forget()

    def add(self, at: float, key: bool, data: bytes) -> None:
        with self._lock:
            if key:
                self._groups.append([])
            if not self._groups:
                return
            self._groups[-1].append(CodedPicture(at, key, data))
            self._bytes += len(data)
            while len(self._groups) > 1 and (self._groups[1][0].at < at - self._seconds or self._bytes > self._largest):
                self._bytes -= sum(len(picture.data) for picture in self._groups.popleft())
            if self._bytes > self._largest:
                self._forget()

    def clip(self) -> CodedClip:
        """What is held now."""
        with self._lock:
            pictures = tuple(picture for group in self._groups for picture in group)
            return CodedClip(self._codec, self._extradata, pictures)

    def _forget(self) -> None:
        self._groups.clear()
        self._bytes = 0
