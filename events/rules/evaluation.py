"""What an ended event is worth. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

REWORK_COSTS = 20
RETURN_COSTS = 10


@dataclass(frozen=True)
class ClockResult:
    """One finished clock: its limit and its overrun, both in plain seconds."""

    limit_seconds: int
    overdue_seconds: int


@dataclass(frozen=True)
class Points:
    timeliness: int
    quality: int


def evaluate(clocks: Iterable[ClockResult], *, rework_count: int, return_count: int) -> Points:
    """Timeliness: 100 while every clock was kept, less the worst overrun in percent of its limit. Quality: 100, less 20
    for each failed check and 10 for each return. Never below zero.
    """
    worst = max((ceil(100 * clock.overdue_seconds / clock.limit_seconds) for clock in clocks), default=0)
    quality = 100 - REWORK_COSTS * rework_count - RETURN_COSTS * return_count
    return Points(timeliness=max(0, 100 - worst), quality=max(0, quality))
