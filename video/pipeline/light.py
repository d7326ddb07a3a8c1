"""Whether it is dark at a camera."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from video.pipeline.plans import CameraPlan
from video.rules.daylight import PictureLight, is_night_by_sun

_EVERY_SECONDS = 5.0


class Lit(Protocol):
    """As much of a look as it takes to tell day from night."""

    at: float
    wall_time: datetime
    luma: NDArray[np.uint8]


class Light:
    """Whether it is dark at a camera, asked anew every few seconds: by the sun, and by the picture where a zone goes by
    that."""

    def __init__(self, plan: CameraPlan) -> None:
        self._plan = plan
        self._by_picture = any(zone.night_by == "picture" for zone in plan.zones)
        self._picture = PictureLight()
        self._asked = float("-inf")
        self._dark = {"sun": False, "picture": False}

    def see(self, look: Lit) -> None:
        if 0 <= look.at - self._asked < _EVERY_SECONDS:
            return
        self._asked = look.at
        self._dark["sun"] = is_night_by_sun(self._plan.lng, self._plan.lat, look.wall_time)
        if self._by_picture:
            self._dark["picture"] = self._picture.is_dark(look.at, float(np.mean(look.luma[::8, ::8])))

    def is_dark(self, night_by: str) -> bool:
        return self._dark[night_by]
