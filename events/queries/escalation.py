"""The steps of escalation as they are set, kept in memory as the catalogue is."""

from collections import defaultdict
from time import monotonic
from typing import Any

from events.models import EscalationStep
from events.queries.catalogue import KEPT_SECONDS
from events.rules.escalation import Step, Way, default_ways, step_at, way_at

Steps = tuple[tuple[int, Step], ...]
_kept: tuple[float, dict[tuple[str, str], tuple[Way, ...]]] | None = None


def forget_steps(**_: Any) -> None:
    """Read again at the next use; connected to changes of the steps."""
    global _kept
    _kept = None


def ways_of(subject_kind: str, clock: str) -> tuple[Way, ...]:
    """The steps in order: those set for this clock, else the usual ones. One statement, not in memory."""
    global _kept
    if _kept is None or _kept[0] < monotonic():
        _kept = (monotonic() + KEPT_SECONDS, _load())
    return _kept[1].get((subject_kind, clock)) or default_ways(subject_kind, clock)


def steps_of(subject_kind: str, clock: str) -> Steps:
    """(percent, step) in order."""
    return tuple((way.percent, way.step) for way in ways_of(subject_kind, clock))


def _load() -> dict[tuple[str, str], tuple[Way, ...]]:
    found: defaultdict[tuple[str, str], list[Way]] = defaultdict(list)
    for row in EscalationStep.objects.order_by("percent"):
        found[row.subject_kind, row.clock].append(Way.of(row))
    return {key: tuple(ways) for key, ways in found.items()}


def thresholds_of(subject_kind: str, clock: str) -> tuple[int, ...]:
    return tuple(percent for percent, _step in steps_of(subject_kind, clock))


def way_of(subject_kind: str, clock: str, threshold: int) -> Way:
    """What is done at this threshold."""
    return way_at(threshold, ways_of(subject_kind, clock))


def step_of(subject_kind: str, clock: str, threshold: int) -> Step:
    return step_at(threshold, steps_of(subject_kind, clock))
