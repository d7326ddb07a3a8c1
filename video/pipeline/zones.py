"""Watches the zones of one camera: which tracks stand inside, what the zone's rule says, what has to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from video.pipeline.plans import CameraPlan, Sampling, SeenBox, ZonePlan
from video.pipeline.tracker import Track
from video.rules.algorithms import Algorithm
from video.rules.geometry import Box, Polygon, contains, foot_of
from video.rules.stillness import StillnessFilter
from video.rules.temporal import Claim, PatchSource, Progress, TemporalRule, Thing

_LOOKS_FORGIVEN = 2.5
_KEY_FRAMES_APART = 5.0
"""Seconds; what cameras send by default is shorter, and whoever sends fewer has a gap."""


@dataclass(frozen=True, slots=True)
class ZoneClaim:
    """A zone whose rule holds and that is due to be told. `again` = told before and still holding."""

    zone: ZonePlan
    claim: Claim
    again: bool

    @property
    def boxes(self) -> tuple[SeenBox, ...]:
        return tuple(SeenBox(thing.label, thing.score, thing.box, thing.track) for thing in self.claim.things)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a zone stood at its last look: which tracks counted, and how near its rule was to a claim."""

    counting: tuple[int, ...]
    progress: Progress
    holds: bool


@dataclass(slots=True)
class _Regime:
    """The zone's rule as it holds by day, or after dark."""

    rule: TemporalRule
    confidence: float
    seconds: float


class ZoneWatch:
    """One zone with its running rule. A claim is told once, then every `repeat_seconds` while it goes on, and once that
    it is over. After it was told the zone is silent for its cool-down, whatever comes.

    A watch that begins does not know what another told before it, nor one that was blind what happened meanwhile: once
    the rule has had its time and `calm_seconds` and has found nothing, they too tell that it is over.

    Where day and night differ, both rules look all the time and only the one in force is heard, so that dusk interrupts
    nothing.
    """

    def __init__(
        self,
        plan: ZonePlan,
        algorithm: Algorithm,
        *,
        repeat_seconds: float,
        calm_seconds: float,
        masks: Sequence[Polygon] = (),
        least_gap_seconds: float = 0.0,
    ) -> None:
        self.plan = plan
        self.words = algorithm.words(plan.parameters)
        self._targets = algorithm.targets
        self._masks = masks
        by_day = algorithm.completed(plan.parameters, sensitivity=plan.sensitivity)
        by_night = algorithm.completed(
            plan.parameters, sensitivity=plan.sensitivity, dark=True, at_night=plan.night_parameters
        )
        self._by_day = _regime(plan, algorithm, by_day, least_gap_seconds)
        self._by_night = self._by_day if by_day == by_night else _regime(plan, algorithm, by_night, least_gap_seconds)
        self._least_confidence = min(self._by_day.confidence, self._by_night.confidence)
        still_after = plan.ignore_still_after_seconds
        self._stillness = StillnessFilter(still_after) if still_after and not algorithm.keeps_still else None
        self._repeat = repeat_seconds
        self._calm = calm_seconds
        cool_down = algorithm.cool_down_seconds if plan.cool_down_seconds is None else plan.cool_down_seconds
        self._cool_down = cool_down
        self._told: float | None = None
        self._goes_on = False
        self._held = float("-inf")
        self._looked = float("-inf")
        self._calm_from = float("inf")
        self._is_over = False
        self._regime = self._by_day
        self._counting: tuple[int, ...] = ()
        self._holds = False

    @property
    def needs_picture(self) -> bool:
        return self._by_day.rule.needs_picture or self._by_night.rule.needs_picture

    def see(
        self, at: float, tracks: list[Track], *, dark: bool = False, patch: PatchSource | None = None
    ) -> ZoneClaim | None:
        """The claim to tell now, if any. A rule silent for `calm_seconds` starts a new claim, not a repetition."""
        regime = self._by_night if dark else self._by_day
        if at < self._looked:
            self._begin_anew()
        if at - self._looked > self._calm:
            self._calm_from = at + regime.seconds
        self._looked = at
        claim = self._claim(at, self._inside(at, tracks), regime, patch)
        if claim is None:
            return None
        self._calm_from, self._is_over = at, False
        again = self._goes_on and at - self._held <= self._calm
        self._held = at
        quiet = max(self._repeat, self._cool_down) if again else self._cool_down
        if self._told is not None and at - self._told < quiet:
            return None
        self._told, self._goes_on = at, True
        return ZoneClaim(self.plan, claim, again)

    def is_over(self, at: float) -> bool:
        """True once, when nothing was to be told for `calm_seconds` of looking. Asked after `see`."""
        if self._is_over or at - self._calm_from <= self._calm:
            return False
        self._is_over, self._goes_on = True, False
        return True

    def standing(self) -> Standing:
        """How it stood at the last look."""
        return Standing(self._counting, self._regime.rule.progress(), self._holds)

    def _claim(self, at: float, things: list[Thing], regime: _Regime, patch: PatchSource | None) -> Claim | None:
        heard = None
        for each in (self._by_day,) if self._by_day is self._by_night else (self._by_day, self._by_night):
            sure = [thing for thing in things if thing.score >= each.confidence]
            claim = each.rule.see(at, sure, patch if each.rule.needs_picture else None)
            if each is regime:
                heard = claim
                self._counting = tuple(thing.track for thing in sure)
        self._regime, self._holds = regime, heard is not None
        return heard

    def _inside(self, at: float, tracks: list[Track]) -> list[Thing]:
        things = []
        for track in tracks:
            if track.label not in self._targets or track.score < self._least_confidence:
                continue
            x0, y0, x1, y1 = (float(side) for side in track.box)
            box: Box = (x0, y0, x1, y1)
            if self._counts(box):
                things.append(Thing(track.number, track.label, track.score, box))
        return self._stillness.moving(at, things) if self._stillness else things

    def _counts(self, box: Box) -> bool:
        """Whether it stands in the zone and in no mask. On a line nobody stands: it sees all and tells who crosses."""
        foot = foot_of(box)
        if self.plan.shape == "area" and not contains(self.plan.polygon, foot):
            return False
        return not any(contains(mask, foot) for mask in self._masks)

    def _begin_anew(self) -> None:
        """The clock went back: what was told stays told, but no time is worked out across the jump."""
        self._told, self._goes_on = None, False
        self._held = self._looked = float("-inf")


def _regime(plan: ZonePlan, algorithm: Algorithm, values: Mapping[str, Any], least_gap_seconds: float) -> _Regime:
    rule = algorithm.build(values, shape=plan.polygon, least_gap_seconds=least_gap_seconds)
    return _Regime(rule, float(values["confidence"]), float(values["seconds"]))


def watches_of(
    zones: tuple[ZonePlan, ...],
    algorithms: Mapping[str, Algorithm],
    *,
    repeat_seconds: float = 60.0,
    calm_seconds: float = 20.0,
    masks: Sequence[Polygon] = (),
    least_gap_seconds: float = 0.0,
) -> list[ZoneWatch]:
    """One watch per zone; zones with an unknown algorithm cannot exist in the database and raise KeyError."""
    return [
        ZoneWatch(
            zone,
            algorithms[zone.algorithm],
            repeat_seconds=repeat_seconds,
            calm_seconds=max(calm_seconds, 2 * least_gap_seconds),
            masks=masks,
            least_gap_seconds=least_gap_seconds,
        )
        for zone in zones
    ]


def least_gap_of(plan: CameraPlan) -> float:
    """Seconds without a sighting that a rule must forgive because the camera is looked at no more often."""
    apart = _KEY_FRAMES_APART if plan.sampling is Sampling.KEY_FRAMES else 1 / plan.pictures_per_second
    return _LOOKS_FORGIVEN * apart
