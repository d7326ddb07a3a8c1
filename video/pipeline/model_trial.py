"""Tries a model that somebody sent, in a process of its own: `python -m video.pipeline.model_trial`.

The process takes limits on memory and time upon itself before it looks at the file, and is ended from outside when it
hangs. It reads a job as JSON in one line and the pictures after it, and writes its verdict as JSON; nothing else of it
is believed. Files it makes lie in the folder of the job.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import onnx
from numpy.typing import NDArray

from video.detectors.heads import Head, HeadDetector
from video.detectors.inspection import Refused, input_of, open_untrusted
from video.detectors.layouts import Layout, UnknownLayout, recognise
from video.detectors.letterbox import Letterbox
from video.detectors.loading import letterbox_of, load_detector, load_faces, milliseconds_of
from video.detectors.pictures import Picture
from video.detectors.protocol import Detections, Detector
from video.detectors.quantise import quantise
from video.detectors.sessions import open_session
from video.detectors.store import MissingModel
from video.detectors.wrapping import USUAL_PIXELS, Pixels, wrapped
from video.pipeline.blur import heads_of, hide
from video.pipeline.trial_report import agreement, drawn

MEMORY_BYTES = 6 * 1024**3
PROCESSOR_SECONDS = 240
SHOWN = 4
"""Pictures shown with their boxes; all of them are looked at."""
PREPARED, SMALL = "prepared.onnx", "int8.onnx"
_LEAST_AGREEMENT = 0.9


@dataclass(frozen=True, slots=True)
class Job:
    """`layout`, `colour`, `scale`: empty to recognise it, and to take what is usual for it. `folder`: there, empty."""

    file: str
    folder: str
    model_dir: str
    labels: list[str]
    layout: str = ""
    colour: str = ""
    scale: str = ""
    height: int = 384
    width: int = 640
    threshold: float = 0.25
    stretched: bool = False
    int8: bool = False


@dataclass(slots=True)
class Verdict:
    """`code` is empty when the model may be used. `file` is the prepared model, in the job's folder."""

    code: str = ""
    detail: str = ""
    layout: str = ""
    height: int = 0
    width: int = 0
    file: str = ""
    milliseconds: float = 0.0
    full_milliseconds: float = 0.0
    int8: str = ""
    pictures: list[dict[str, Any]] | None = None
    looked_at: int = 0
    found: int = 0
    hidden: bool = False


def limit_oneself() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def judge(job: Job, pictures: list[Picture]) -> Verdict:
    """The whole trial; a refusal is a verdict too."""
    verdict = Verdict()
    try:
        _judge(job, pictures, verdict)
    except Refused as refused:
        verdict.code, verdict.detail = refused.code, refused.detail
    except UnknownLayout as unknown:
        verdict.code, verdict.detail = "unknown_layout", str(unknown)
    except MemoryError:
        verdict.code, verdict.detail = "too_much_memory", f"more than {MEMORY_BYTES >> 30} GB"
    except Exception as error:  # whatever a foreign graph sets off is a reason to refuse it
        verdict.code, verdict.detail = "does_not_run", f"{type(error).__name__}: {error}"[:600]
    return verdict


def _judge(job: Job, pictures: list[Picture], verdict: Verdict) -> None:
    folder = Path(job.folder)
    model = open_untrusted(Path(job.file))
    source = input_of(model, height=job.height, width=job.width)
    verdict.height, verdict.width = source.height, source.width
    prepared = folder / PREPARED
    layout = Layout(job.layout) if job.layout else None
    if layout is None:
        # Pixels do not matter for the shapes of what comes out.
        onnx.save(wrapped(model, source, Pixels("bgr", "unit")), str(prepared))
        layout = recognise(_shapes(prepared), (source.height, source.width), len(job.labels))
    verdict.layout = layout.value
    usual = USUAL_PIXELS[layout]
    onnx.save(wrapped(model, source, Pixels(job.colour or usual.colour, job.scale or usual.scale)), str(prepared))
    head = Head(layout, tuple(job.labels), job.threshold, job.stretched)
    detector: Detector = HeadDetector(prepared, head)
    verdict.file = PREPARED
    verdict.full_milliseconds = verdict.milliseconds = milliseconds_of(detector)
    seen = [_look(detector, picture) for picture in pictures]
    if any(not np.isfinite(found.boxes).all() or not np.isfinite(found.scores).all() for found in seen):
        raise Refused("does_not_run", "it answers with what is no number")
    if any(len(found) and float(found.scores.max()) > 1.5 for found in seen):
        raise Refused("unknown_layout", f"scores above 1: these outputs are not of the layout {layout}")
    if job.int8:
        detector, seen = _smaller(job, head, detector, seen, pictures, verdict)
    verdict.looked_at, verdict.found = len(seen), sum(map(len, seen))
    _show(job, pictures, seen, verdict)


def _shapes(path: Path) -> list[tuple[int, ...]]:
    session = open_session(path)
    batch, height, width, _ = session.get_inputs()[0].shape
    frames = np.zeros((1 if batch != 1 else batch, height, width, 3), np.uint8)
    return [np.asarray(output).shape for output in session.run(None, {"frames": frames})]


def _smaller(
    job: Job,
    head: Head,
    full: Detector,
    seen: list[Detections],
    pictures: list[Picture],
    verdict: Verdict,
) -> tuple[Detector, list[Detections]]:
    """The int8 version, ranges measured on these pictures; kept only where it sees the same."""
    target = Path(job.folder) / SMALL
    try:
        quantise(Path(job.folder) / PREPARED, target, _fitted(letterbox_of(full), pictures))
        small = HeadDetector(target, head)
        again = [_look(small, picture) for picture in pictures]
    except Exception as error:  # the full model is sound; that it cannot be made smaller is said
        verdict.int8 = f"failed: {type(error).__name__}"
        return full, seen
    share = agreement(seen, again)
    verdict.int8 = f"{share:.3f}"
    if share < _LEAST_AGREEMENT:
        return full, seen
    verdict.file, verdict.milliseconds = SMALL, milliseconds_of(small)
    return small, again


def _fitted(box: Letterbox, pictures: list[Picture]) -> Iterator[NDArray[np.uint8]]:
    for picture in pictures:
        yield box.fit(av.VideoFrame.from_ndarray(picture, format="bgr24"))[0]


def _look(detector: Detector, picture: Picture) -> Detections:
    frame, extent = letterbox_of(detector).fit(av.VideoFrame.from_ndarray(picture, format="bgr24"))
    return detector.detect(frame[np.newaxis], [extent])[0]


def _show(job: Job, pictures: list[Picture], seen: list[Detections], verdict: Verdict) -> None:
    """The pictures in which most was found, faces hidden first; none where nothing here can hide faces."""
    verdict.pictures = []
    try:
        people, faces = load_detector(Path(job.model_dir)), load_faces(Path(job.model_dir))
    except MissingModel:
        return
    verdict.hidden = True
    best = sorted(range(len(seen)), key=lambda index: -len(seen[index]))[:SHOWN]
    for number, index in enumerate(sorted(best)):
        picture = pictures[index].copy()
        found = _look(people, picture)
        heads = heads_of(found.boxes[[word == "person" for word in found.labels]])
        hide(picture, np.concatenate([heads, faces.faces(picture)]))
        name = f"picture-{number}.jpg"
        cv2.imwrite(str(Path(job.folder) / name), drawn(picture, seen[index]), [cv2.IMWRITE_JPEG_QUALITY, 85])
        boxes = [
            {"label": word, "score": round(float(score), 3), "box": [round(float(side), 4) for side in box]}
            for word, score, box in zip(seen[index].labels, seen[index].scores, seen[index].boxes, strict=True)
        ]
        verdict.pictures.append({"file": name, "boxes": boxes[:100]})


def encoded(job: Job, pictures: list[Picture]) -> bytes:
    """What the process reads."""
    held = io.BytesIO()
    np.savez(held, *pictures)
    return json.dumps(asdict(job)).encode() + b"\n" + held.getvalue()


def decoded(content: bytes) -> tuple[Job, list[Picture]]:
    line, _, rest = content.partition(b"\n")
    with np.load(io.BytesIO(rest), allow_pickle=False) as arrays:
        return Job(**json.loads(line)), [arrays[name] for name in arrays.files]


def main() -> None:
    limit_oneself()
    started = time.monotonic()
    job, pictures = decoded(sys.stdin.buffer.read())
    with contextlib.redirect_stdout(sys.stderr):
        verdict = judge(job, pictures)
    print(f"tried in {time.monotonic() - started:.1f} s", file=sys.stderr)
    print(json.dumps(asdict(verdict)))


if __name__ == "__main__":
    main()
