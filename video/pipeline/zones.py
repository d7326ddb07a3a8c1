"""Watches the zones of one camera: which tracks stand inside, what the zone's rule says, what has to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from video.pipeline.plans import SeenBox, ZonePlan
from video.pipeline.tracker import Track
from video.rules.algorithms import Algorithm
from video.rules.geometry import Box, contains, foot_of
from video.rules.temporal import Claim, Thing


@dataclass(frozen=True, slots=True)
class ZoneClaim:
    """A zone whose rule holds and that is due to be told. `again` = told before and still holding."""

    zone: ZonePlan
    claim: Claim
    again: bool

    @property
    def boxes(self) -> tuple[SeenBox, ...]:
        return tuple(SeenBox(thing.label, thing.score, thing.box, thing.track) for thing in self.claim.things)


class ZoneWatch:
    """One zone with its running rule. A claim is told once, then every `repeat_seconds` while it goes on, and once that
    it is over.

    A watch that begins does not know what another told before it, nor one that was blind what happened meanwhile: once
    the rule has had its time and `calm_seconds` and has found nothing, they too tell that it is over.
    """

    def __init__(self, plan: ZonePlan, algorithm: Algorithm, *, repeat_seconds: float, calm_seconds: float) -> None:
        self.plan = plan
        self._targets = algorithm.targets
        self._confidence = float(algorithm.completed(plan.parameters)["confidence"])
        self._rule = algorithm.build(plan.parameters)
        self._rule_seconds = float(algorithm.completed(plan.parameters)["seconds"])
        self._repeat = repeat_seconds
        self._calm = calm_seconds
        self._told: float | None = None
        self._held = float("-inf")
        self._looked = float("-inf")
        self._calm_from = float("inf")
        self._is_over = False

    def see(self, at: float, tracks: list[Track]) -> ZoneClaim | None:
        """The claim to tell now, if any. A rule silent for `calm_seconds` starts a new claim, not a repetition."""
        if at - self._looked > self._calm:
            self._calm_from = at + self._rule_seconds
        self._looked = at
        claim = self._rule.see(at, self._inside(tracks))
        if claim is None:
            return None
        self._calm_from, self._is_over = at, False
        again = self._told is not None and at - self._held <= self._calm
        self._held = at
        if again and self._told is not None and at - self._told < self._repeat:
            return None
        self._told = at
        return ZoneClaim(self.plan, claim, again)

    def is_over(self, at: float) -> bool:
        """True once, when nothing was to be told for `calm_seconds` of looking. Asked after `see`."""
        if self._is_over or at - self._calm_from <= self._calm:
            return False
        self._is_over = True
        return True

    def _inside(self, tracks: list[Track]) -> list[Thing]:
        things = []
        for track in tracks:
            if track.label not in self._targets or track.score < self._confidence:
                continue
            x0, y0, x1, y1 = (float(side) for side in track.box)
            box: Box = (x0, y0, x1, y1)
            if contains(self.plan.polygon, foot_of(box)):
                things.append(Thing(track.number, track.label, track.score, box))
        return things


def watches_of(
    zones: tuple[ZonePlan, ...],
    algorithms: Mapping[str, Algorithm],
    *,
    repeat_seconds: float = 60.0,
    calm_seconds: float = 20.0,
) -> list[ZoneWatch]:
    """One watch per zone; zones with an unknown algorithm cannot exist in the database and raise KeyError."""
    return [
        ZoneWatch(zone, algorithms[zone.algorithm], repeat_seconds=repeat_seconds, calm_seconds=calm_seconds)
        for zone in zones
    ]
