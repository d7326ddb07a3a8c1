"""One picture a second of a camera whose stream a browser cannot play, or would be one decoder too many for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import av
import cv2
from av.video.stream import VideoStream

from video.detectors.pictures import bgr_of
from video.pipeline.blur import cover
from video.rules.geometry import Point

EVERY_SECONDS = 1.0
_ASKED_FOR_SECONDS = 5.0
_WIDEST = 960


@dataclass(frozen=True, slots=True)
class LiveStill:
    jpeg: bytes
    at: datetime


class LiveStills:
    """Decodes only while somebody asks: begins at the next key frame, ends some seconds after the last question."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        changed: Callable[[], None] = lambda: None,
        hidden: Sequence[Sequence[Point]] = (),
    ) -> None:
        """What is `hidden` is painted over in every still."""
        self._hidden = hidden
        self._now = now
        self._changed = changed
        self._lock = threading.Lock()
        self._asked = float("-inf")
        self._decoder: av.VideoCodecContext | None = None
        self._codec: tuple[str, bytes | None] = ("", None)
        self._taken = float("-inf")
        self._still: LiveStill | None = None

    def ask(self) -> LiveStill | None:
        """The newest still, and a wish for the next one."""
        with self._lock:
            self._asked = self._now()
            return self._still

    def begin(self, stream: VideoStream) -> None:
        """A new connection."""
        self._codec = (stream.codec_context.name, stream.codec_context.extradata)
        self._decoder = None

    def take(self, packet: av.Packet[VideoStream]) -> None:
        """Every packet as it comes, before it is passed on."""
        with self._lock:
            wanted = self._now() - self._asked < _ASKED_FOR_SECONDS
        if not wanted:
            self._decoder = None
            return
        if self._decoder is None:
            if not packet.is_keyframe:
                return
            self._decoder = self._new_decoder()
        try:
            frames = self._decoder.decode(av.Packet(bytes(packet)))
        except av.error.FFmpegError:
            self._decoder = None
            return
        if frames and self._now() - self._taken >= EVERY_SECONDS - 0.02:
            self._taken = self._now()
            self._keep(frames[-1])

    def _new_decoder(self) -> av.VideoCodecContext:
        name, extradata = self._codec
        decoder = cast("av.VideoCodecContext", av.CodecContext.create(name, "r"))
        decoder.thread_count = 1
        if extradata:
            decoder.extradata = extradata
        return decoder

    def _keep(self, frame: av.VideoFrame) -> None:
        if frame.width > _WIDEST:
            frame = frame.reformat(width=_WIDEST, height=max(2, round(frame.height * _WIDEST / frame.width / 2) * 2))
        picture = bgr_of(frame)
        cover(picture, self._hidden)
        coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
        still = LiveStill(coded.tobytes(), datetime.now(UTC))
        with self._lock:
            self._still = still
        self._changed()
