"""A few pictures of the site's own cameras, held in memory only: to try a model on them, or to measure value ranges."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import numpy as np

from video.detectors.pictures import Picture, bgr_of
from video.pipeline.blur import cover
from video.pipeline.faults import StreamFault
from video.pipeline.plans import CameraPlan, Sampling
from video.pipeline.reader import StreamReader
from video.pipeline.sources import address_of

_WIDEST = 1280
_SECONDS_EACH = 12.0


def pictures_of(plans: Sequence[CameraPlan], clips: Sequence[Path], count: int) -> list[Picture]:
    """Up to `count` pictures, uint8 (h, w, 3) BGR, evenly from the cameras; the rest from `clips`.

    What is masked for privacy is painted over in them: they are shown with the model's trial. A camera that does not
    answer within some seconds is passed over.
    """
    found: list[Picture] = []
    for index, plan in enumerate(plans):
        share = -(-(count - len(found)) // (len(plans) - index))
        found.extend(_from_camera(plan, share))
    for index, clip in enumerate(clips):
        share = -(-(count - len(found)) // (len(clips) - index))
        if share > 0:
            found.extend(_from_clip(clip, share))
    return found[:count]


def _from_camera(plan: CameraPlan, count: int) -> Iterator[Picture]:
    ends = time.monotonic() + _SECONDS_EACH
    taken = 0

    def stopped() -> bool:
        return taken >= count or time.monotonic() > ends

    try:
        source, login = address_of(plan)
        rate = count / _SECONDS_EACH * 2
        reader = StreamReader(source, login=login, sampling=Sampling.TIMED, pictures_per_second=max(0.5, rate))
        for sample in reader.samples(stopped):
            taken += 1
            picture = _small(sample.frame).copy()
            cover(picture, plan.hidden)
            yield picture
            if stopped():
                return
    except StreamFault:
        return


def _from_clip(clip: Path, count: int) -> Iterator[Picture]:
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        step = max(1, stream.frames // count)
        for index, frame in enumerate(container.decode(stream)):
            if index % step == 0:
                yield _small(frame)


def _small(frame: av.VideoFrame) -> Picture:
    if frame.width <= _WIDEST:
        return bgr_of(frame)
    height = round(frame.height * _WIDEST / frame.width)
    return np.asarray(bgr_of(frame.reformat(width=_WIDEST, height=height, threads=1)))
