"""One look at a camera: what the loop hands to everything that watches.

A loop decodes, asks the gate and the detector, follows tracks, and then shows the same `Look` to each of its observers
in turn: the zones with their rules, the health of the picture, what is recorded for replay, a preview somebody asked
for. An observer that fails is left out of that look and logged; it takes neither the camera nor its neighbours along.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import av
import numpy as np
from numpy.typing import NDArray

from video.detectors.pictures import bgr_of
from video.pipeline.tracker import Track


@dataclass(slots=True)
class Look:
    """A sampled picture and what is known of it.

    `at` is the stream's own time in seconds and only grows, `wall_time` the present. `luma` is uint8 (h, w). `moved` is
    what the gate says; `fresh` whether the detector looked at this very picture: where nothing moves, `tracks` are
    those of the last picture that it saw. `words` is what the detectors now running know; None: all that is asked.
    """

    at: float
    wall_time: datetime
    frame: av.VideoFrame
    luma: NDArray[np.uint8]
    moved: bool
    fresh: bool
    tracks: list[Track]
    words: frozenset[str] | None = None
    _picture: NDArray[np.uint8] | None = field(default=None, init=False)

    @property
    def picture(self) -> NDArray[np.uint8]:
        """uint8 (h, w, 3) BGR, converted once for all who ask. Not to be drawn on."""
        if self._picture is None:
            self._picture = bgr_of(self.frame)
        return self._picture


class Observer(Protocol):
    """Something that watches one camera, in the camera's thread: it must not wait for anything."""

    def begin(self) -> None:
        """A new connection: it may show another scene, and nothing that was followed carries over."""
        ...

    def see(self, look: Look) -> None:
        """The next look."""
        ...
