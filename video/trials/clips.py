"""The test clips as files: what the ground truth says, drawn or cut, coded as a camera would, kept by content."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import yaml

from video.rules.geometry import Point
from video.trials.material import HEIGHT, WIDTH, Material
from video.trials.scenes import SCENES
from video.trials.sprites import Picture
from video.trials.stage import RATE

TRUTH = Path(__file__).with_name("truth.yaml")
COMPOSED = "composed: put together from cut-outs of real footage for tests; not a recording of an event"
_DRAWN_BY = ("material.py", "sprites.py", "bicycle.py", "stage.py", "scenes.py", "clips.py")
# No B-frames, a key frame every two seconds, one thread: the same file on every machine with the same encoder.
_LIKE_A_CAMERA = {
    "preset": "veryfast",
    "tune": "zerolatency",
    "crf": "22",
    "g": str(2 * RATE),
    "keyint_min": str(2 * RATE),
    "sc_threshold": "0",
    "threads": "1",
}
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class TrialClip:
    """One clip and what is true in it. `positive` are the seconds between which the thing is there to be seen."""

    name: str
    algorithm: str
    composed: bool
    seconds: float
    zone: tuple[Point, ...]
    positive: tuple[tuple[float, float], ...]
    shows: str
    moments: dict[str, float] = field(default_factory=dict)
    cut: tuple[float, float] | None = None
    parameters: dict[str, Any] = field(default_factory=dict)


def read_truth(path: Path = TRUTH) -> list[TrialClip]:
    """Every clip in its order."""
    return [_clip(raw) for raw in yaml.safe_load(path.read_text(encoding="utf-8"))["clips"]]


def make_clips(clips: Iterable[TrialClip], sources: Path, folder: Path, say: Say) -> dict[str, Path]:
    """Name → file under `folder`; made where it is missing or was drawn differently. Also writes the RTSP server's
    `clips.json`. `sources` are the packaged originals."""
    folder.mkdir(parents=True, exist_ok=True)
    material = Material(sources)
    drawing = _digest_of_drawing(sources)
    files = {}
    for clip in clips:
        key = hashlib.sha256(f"{drawing}{clip!r}".encode()).hexdigest()[:12]
        files[clip.name] = folder / f"{clip.name}-{key}.mp4"
        if not files[clip.name].is_file():
            say(f"drawing {clip.name} ({clip.seconds:g} s)")
            _write(_pictures(clip, material), files[clip.name], clip)
            for other in folder.glob(f"{clip.name}-????????????.mp4"):
                if other != files[clip.name]:
                    other.unlink()
    listing = {
        name: {"name": name, "file": path.name, "mount": f"/{name}", "label": "test clip"}
        for name, path in files.items()
    }
    (folder / "clips.json").write_text(json.dumps(listing, indent=1))
    return files


def _clip(raw: dict[str, Any]) -> TrialClip:
    cut = raw.get("cut")
    return TrialClip(
        name=raw["name"],
        algorithm=raw["algorithm"],
        composed=raw["composed"],
        seconds=float(raw["seconds"]),
        zone=tuple((float(x), float(y)) for x, y in raw["zone"]),
        positive=tuple((float(begins), float(ends)) for begins, ends in raw["positive"]),
        shows=raw["shows"],
        moments={name: float(second) for name, second in raw.get("moments", {}).items()},
        cut=(float(cut["from"]), float(cut["to"])) if cut else None,
        parameters=raw.get("parameters", {}),
    )


def _digest_of_drawing(sources: Path) -> str:
    digest = hashlib.sha256()
    for name in _DRAWN_BY:
        digest.update((TRUTH.parent / name).read_bytes())
    for path in sorted(sources.iterdir()):
        digest.update(f"{path.name}{path.stat().st_size}".encode())
    return digest.hexdigest()


def _pictures(clip: TrialClip, material: Material) -> Iterator[Picture]:
    if clip.cut is None:
        return SCENES[clip.name](material, clip.moments, clip.seconds).pictures()
    begins, ends = clip.cut
    return iter(material.courtyard[round(begins * RATE) : round(ends * RATE)])


def _write(pictures: Iterator[Picture], target: Path, clip: TrialClip) -> None:
    unfinished = target.with_suffix(f".{os.getpid()}.part.mp4")  # two who draw the same clip do not write one file
    with av.open(str(unfinished), "w", options={"movflags": "+faststart"}) as container:
        container.metadata["title"] = clip.name
        container.metadata["comment"] = COMPOSED if clip.composed else "real footage, cut"
        stream = container.add_stream("libx264", rate=RATE, options=_LIKE_A_CAMERA)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.max_b_frames = 0
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    unfinished.replace(target)
