"""The observer that tells what a camera sees just now, while somebody draws its zones: boxes and how near each rule is.

No pixels: the picture beside it is the ordinary still, blurred as always.
"""

from __future__ import annotations

from collections.abc import Callable

from video.pipeline.findings import ZoneObserver
from video.pipeline.looks import Look
from video.pipeline.plans import CameraPlan, PreviewSeen, SeenBox, Sink

EVERY_SECONDS = 0.4
_MOST_BOXES = 100

Wanted = Callable[[], bool]
"""Whether somebody looks at this camera's preview now; answers at once."""


class PreviewObserver:
    """Says nothing unless it is `wanted`. Stands behind the zones, whose standing it tells."""

    def __init__(self, plan: CameraPlan, zones: ZoneObserver, wanted: Wanted, sink: Sink) -> None:
        self._plan = plan
        self._zones = zones
        self._wanted = wanted
        self._sink = sink
        self._told = float("-inf")

    def begin(self) -> None:
        """Another connection may count its seconds anew."""
        self._told = float("-inf")

    def see(self, look: Look) -> None:
        if 0 <= look.at - self._told < EVERY_SECONDS or not self._wanted():
            return
        self._told = look.at
        likely = sorted(look.tracks, key=lambda track: -track.score)[:_MOST_BOXES]
        boxes = []
        for track in likely:
            x0, y0, x1, y1 = (float(side) for side in track.box)
            boxes.append(SeenBox(track.label, track.score, (x0, y0, x1, y1), track.number))
        self._sink(
            PreviewSeen(
                camera_id=self._plan.id,
                generation=self._plan.generation,
                at=look.wall_time,
                boxes=tuple(boxes),
                zones=self._zones.standings(look),
            )
        )
