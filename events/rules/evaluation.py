"""What an ended event is worth. Pure; the costs are in one table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil


@dataclass(frozen=True)
class QualityCosts:
    """Points that quality loses, of 100."""

    failed_check: int = 20
    accepted_return: int = 10
    supervision: Mapping[str, int] = field(default_factory=lambda: {"ordinary": 0, "yellow": 5, "red": 10})
    """For each supervision, by its colour."""


COSTS = QualityCosts()


@dataclass(frozen=True)
class ClockResult:
    """One finished clock: its limit and its overrun, both in plain seconds."""

    limit_seconds: int
    overdue_seconds: int


@dataclass(frozen=True)
class Points:
    timeliness: int
    quality: int


def evaluate(
    clocks: Iterable[ClockResult],
    *,
    rework_count: int,
    return_count: int,
    supervisions: Iterable[str] = (),
    costs: QualityCosts = COSTS,
) -> Points:
    """Timeliness: 100 while every clock was kept, less the worst overrun in percent of its limit. Quality: 100, less
    what failed checks, returns and supervisions (their colours) cost. Never below zero.
    """
    worst = max((ceil(100 * clock.overdue_seconds / clock.limit_seconds) for clock in clocks), default=0)
    lost = costs.failed_check * rework_count + costs.accepted_return * return_count
    lost += sum(costs.supervision[colour] for colour in supervisions)
    return Points(timeliness=max(0, 100 - worst), quality=max(0, 100 - lost))
