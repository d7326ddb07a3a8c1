"""Tracker and zone rules of one side of a comparison, fed with what its model saw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from video.detectors.protocol import Detections
from video.pipeline.light import Light
from video.pipeline.plans import CameraPlan, Told, ZonePlan
from video.pipeline.tracker import Tracker
from video.pipeline.zones import ZoneWatch, least_gap_of, watches_of
from video.rules.algorithms import Algorithm

_LOOKS_FORGIVEN = 2.5


@dataclass(slots=True)
class Scene:
    """As much of a look as both sides need."""

    at: float
    wall_time: datetime
    luma: NDArray[np.uint8]


class Side:
    """`apart` are the seconds between two pictures: rules forgive as many misses as they do live, and what is looked at
    seldom has moved on by the next picture, so that one sighting must do. Zones whose words the candidate does not all
    know, and those that compare pictures, are left out on both sides."""

    def __init__(
        self,
        plan: CameraPlan,
        zones: tuple[ZonePlan, ...],
        algorithms: Mapping[str, Algorithm],
        words: frozenset[str],
        *,
        apart: float,
    ) -> None:
        gap = max(least_gap_of(plan), _LOOKS_FORGIVEN * apart)
        watches = watches_of(zones, algorithms, masks=plan.masks, least_gap_seconds=gap)
        self._watches = [watch for watch in watches if is_compared(watch, words)]
        self._tracker = Tracker(hits_to_count=1 if apart > 1 else 2, lost_after_seconds=max(2.0, 2 * apart))
        self._clock = ZoneInfo(plan.city_zone)

    def see(self, scene: Scene, found: Detections, light: Light) -> Iterator[tuple[int, float, Told]]:
        """What would be told now: zone, confidence, and whether it begins, goes on or is over."""
        tracks = self._tracker.update(scene.at, found)
        for watch in self._watches:
            dark = light.is_dark(watch.plan.night_by)
            if not watch.plan.schedule.runs_at(scene.wall_time.astimezone(self._clock), dark=dark):
                continue
            due = watch.see(scene.at, tracks, dark=dark)
            if due:
                yield watch.plan.id, round(due.claim.confidence, 3), "again" if due.again else "begins"
            elif watch.is_over(scene.at):
                yield watch.plan.id, 0.0, "over"


def is_compared(watch: ZoneWatch, words: frozenset[str]) -> bool:
    """Whether a model with these words can be measured by the zone."""
    return bool(watch.words) and not watch.needs_picture and watch.words <= words
