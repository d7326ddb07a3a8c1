"""The assessment formulas the wall shows. Pure."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analytics.rules.days import DAYS_OF_THE_MEAN


class Closings(NamedTuple):
    """Of the events received in a span: how many closed, how many of those on time, how many are open past their limit.

    Suspended events are in none of these figures: they should not have closed yet.
    """

    closed: int
    closed_on_time: int
    open_late: int

    @property
    def should_have_closed(self) -> int:
        return self.closed + self.open_late


def closed_rate(closings: Closings) -> float | None:
    """结案率 = closed ÷ (should have closed − suspended); None where nothing should have."""
    return _share(closings.closed, closings.should_have_closed)


def on_time_rate(closings: Closings) -> float | None:
    """按期结案率 = closed on time ÷ (should have closed − suspended); None where nothing should have."""
    return _share(closings.closed_on_time, closings.should_have_closed)


def total(parts: Iterable[Closings]) -> Closings:
    columns = list(zip(*parts, strict=True)) or [(), (), ()]
    return Closings(*(sum(column) for column in columns))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


class HourCount(NamedTuple):
    hour: int
    number: float


def hours_so_far(counts: Mapping[int, int], hour_now: int) -> list[HourCount]:
    """Today's counts for every hour that has begun; a quiet hour is 0."""
    return [HourCount(hour, counts.get(hour, 0)) for hour in range(hour_now + 1)]


def mean_by_hour(counts: Mapping[int, int]) -> list[HourCount]:
    """The mean of the last seven days for each hour of a day, from their sums."""
    return [HourCount(hour, round(counts.get(hour, 0) / DAYS_OF_THE_MEAN, 2)) for hour in range(24)]
