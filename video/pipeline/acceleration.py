"""Who decodes: this machine's processor, or a card's decoder where PyAV's build and the machine have one."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache

import av
from av.codec.hwaccel import HWAccel, hwdevices_available
from av.video.codeccontext import VideoCodecContext

log = logging.getLogger(__name__)

PROCESSOR = "cpu"
_DRIVERS = {"cuda": "the NVIDIA driver with libnvcuvid", "vaapi": "a VA-API driver"}


@dataclass(frozen=True, slots=True)
class Decoding:
    """What was asked for, what can be used, and where they differ why and what to do."""

    asked: str
    used: str
    missing: str = ""

    def accelerator(self) -> HWAccel | None:
        """For one connection; None where the processor decodes. Pictures come back to main memory by themselves; a
        stream that the card cannot decode is decoded by the processor."""
        return None if self.used == PROCESSOR else HWAccel(self.used, allow_software_fallback=True)


@lru_cache(maxsize=8)
def decoding(asked: str) -> Decoding:
    """Whether the decoder that the configuration asks for works here: opened once to see."""
    if asked == PROCESSOR:
        return Decoding(asked, PROCESSOR)
    missing = _why_not(asked)
    if missing:
        log.warning("%s", missing)
    return Decoding(asked, PROCESSOR if missing else asked, missing)


def _why_not(asked: str) -> str:
    if asked not in hwdevices_available():
        return f"VIDEO_DECODER={asked}: this build of PyAV has {_list_of_built()}; the processor decodes instead"
    try:
        HWAccel(asked).create(av.Codec("h264", "r"))
    except (av.error.FFmpegError, OSError, NotImplementedError, RuntimeError) as error:
        driver = _DRIVERS.get(asked, "its driver")
        return f"VIDEO_DECODER={asked} does not open here ({error}): it needs {driver}; the processor decodes instead"
    return ""


def _list_of_built() -> str:
    return ", ".join(sorted(hwdevices_available())) or "no hardware decoder"


def decoder_of(context: VideoCodecContext, choice: Decoding) -> str:
    """What decodes this very stream."""
    return choice.used if context.is_hwaccel else PROCESSOR
