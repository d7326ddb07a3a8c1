"""Turns a claim into files a person can judge: a still with boxes and zone drawn, a short clip; faces are hidden."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from video.detectors.batching import BatchingDetector
from video.detectors.letterbox import Letterbox
from video.detectors.pictures import ONE_THREAD, bgr_of
from video.pipeline.blur import FaceFinder, cover, heads_of, hide
from video.pipeline.plans import Evidence, SeenBox
from video.pipeline.ring import CodedClip
from video.rules.geometry import Point

_WIDEST = 1280
_ZONE_COLOUR = (64, 200, 255)  # BGR
_BOX_COLOUR = (60, 60, 235)
_CLIP_RATE = 5
Hidden = tuple[tuple[Point, ...], ...]
_NOTHING = np.zeros((0, 4), np.float32)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a still is made from: the picture of the finding, what to draw on it, and what nobody is shown of it."""

    frame: av.VideoFrame
    boxes: tuple[SeenBox, ...]
    zone: tuple[Point, ...]
    hidden: Hidden = ()


@dataclass(slots=True)
class _Faces:
    """Where faces were found last within one piece of evidence, and how many of its pictures are made."""

    found: NDArray[np.float32] = field(default_factory=lambda: _NOTHING)
    pictures: int = 0


class EvidenceMaker:
    """Writes evidence under a media root; names are content hashes, so the same file is never stored twice.

    `finder` may be None when the face model is missing: heads are then hidden by the detector's person boxes alone.
    Not thread-safe: one per process, in its own thread.
    """

    def __init__(self, media_root: Path, detector: BatchingDetector, finder: FaceFinder | None) -> None:
        self._root = media_root
        self._detector = detector
        self._finder = finder
        self._box = Letterbox(width=detector.detector.width, height=detector.detector.height)

    def make(self, draft: Draft) -> Evidence:
        """The still, on disk: it goes with the finding at once, the clip follows when the moment has passed."""
        picture = self._hidden(draft.frame, _Faces())
        cover(picture, draft.hidden)
        _draw_zone(picture, draft.zone)
        for box in draft.boxes:
            _draw_box(picture, box)
        still = self._store(encode_jpeg(picture), "jpg")
        return Evidence(still, ("faces", "heads") if self._finder else ("heads",), draft.hidden)

    def make_clip(
        self, clip: CodedClip, zone: tuple[Point, ...], between: Callable[[], None] = lambda: None, hidden: Hidden = ()
    ) -> str | None:
        """The clip alone, on disk. None when the stream's seconds cannot be decoded. It takes seconds: `between` two
        of its pictures others may have theirs made."""
        if not clip.pictures:
            return None
        try:
            content = self._encode(clip, zone, between, hidden)
        except av.error.FFmpegError:
            return None
        return self._store(content, "mp4") if content else None

    def _encode(self, clip: CodedClip, zone: tuple[Point, ...], between: Callable[[], None], hidden: Hidden) -> bytes:
        """H.264 in MP4 at 5 pictures a second, zone drawn; empty when nothing could be decoded."""
        # The index is moved to the front at the end, which needs a file that can be read again.
        with tempfile.TemporaryDirectory(prefix="clip-") as folder:
            target = Path(folder) / "clip.mp4"
            return target.read_bytes() if self._write_clip(clip, zone, target, between, hidden) else b""

    def _write_clip(
        self, clip: CodedClip, zone: tuple[Point, ...], target: Path, between: Callable[[], None], hidden: Hidden
    ) -> bool:
        """Whether at least one picture was written."""
        faces = _Faces()
        started: float | None = None
        sent = -1
        with av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as container:
            stream = None
            for at, frame in clip.decode():
                started = at if started is None else started
                tick = int((at - started) * _CLIP_RATE)
                if tick <= sent:
                    continue
                between()
                picture = self._hidden(frame, faces)
                cover(picture, hidden)
                _draw_zone(picture, zone)
                picture = picture[: picture.shape[0] // 2 * 2, : picture.shape[1] // 2 * 2]
                if stream is None:
                    stream = container.add_stream("libx264", rate=_CLIP_RATE)
                    stream.height, stream.width, stream.pix_fmt = picture.shape[0], picture.shape[1], "yuv420p"
                    stream.codec_context.thread_count = 1
                    stream.options = {"preset": "veryfast", "crf": "27"}
                made = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="bgr24")
                made = made.reformat(format=stream.pix_fmt, threads=ONE_THREAD)
                made.pts, made.time_base = tick, Fraction(1, _CLIP_RATE)
                container.mux(stream.encode(made))
                sent = tick
            if stream is not None:
                container.mux(stream.encode(None))
        return sent >= 0

    def _hidden(self, frame: av.VideoFrame, faces: _Faces) -> NDArray[np.uint8]:
        """The picture as uint8 BGR, at most 1280 wide, with faces and heads made unrecognisable.

        Finding faces is by far the dearest step, so a clip looks for them in every other picture and hides the places
        of the one before as well; heads of found people are hidden in each.
        """
        scale = min(1.0, _WIDEST / frame.width)
        width, height = round(frame.width * scale), round(frame.height * scale)
        picture = bgr_of(frame.reformat(width=width, height=height, threads=ONE_THREAD))
        small, extent = self._box.fit(frame)
        found = self._detector.submit(small, extent).result()
        people = found.boxes[[label == "person" for label in found.labels]]
        before = faces.found
        if self._finder and faces.pictures % 2 == 0:
            faces.found = self._finder.faces(picture)
        faces.pictures += 1
        hide(picture, np.concatenate([heads_of(people), before, faces.found]))
        return picture

    def _store(self, content: bytes, suffix: str) -> str:
        """Path relative to the media root."""
        digest = hashlib.sha256(content).hexdigest()
        relative = Path("evidence") / digest[:2] / f"{digest}.{suffix}"
        target = self._root / relative
        try:
            os.utime(target)  # it is about to be used again, and must not be tidied away
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished = target.with_suffix(".part")
            unfinished.write_bytes(content)
            unfinished.replace(target)
        return str(relative)


def encode_jpeg(picture: NDArray[np.uint8], quality: int = 85) -> bytes:
    """uint8 (h, w, 3) BGR → JPEG."""
    done, content = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("the picture cannot be encoded")
    return content.tobytes()


def _draw_zone(picture: NDArray[np.uint8], zone: tuple[Point, ...]) -> None:
    height, width = picture.shape[:2]
    ring = np.array([(x * width, y * height) for x, y in zone], np.int32)
    cv2.polylines(picture, [ring], True, _ZONE_COLOUR, 2, cv2.LINE_AA)


def _draw_box(picture: NDArray[np.uint8], seen: SeenBox) -> None:
    """The frame only: what it is and how sure is written over it by the page, in the reader's language."""
    height, width = picture.shape[:2]
    x0, y0, x1, y1 = (int(side * size) for side, size in zip(seen.box, (width, height) * 2, strict=True))
    cv2.rectangle(picture, (x0, y0), (x1, y1), _BOX_COLOUR, 2)
