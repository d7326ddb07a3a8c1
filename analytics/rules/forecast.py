"""How many events the coming days bring, from the same weekdays of the weeks before. Pure."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

WEEK = 7
WEEKS_LOOKED_AT = 4
AT_LEAST = 2 * WEEK
IN_FOUR_OF_FIVE = 1.28
"""Standard deviations on either side that hold four of five days."""


class Ahead(NamedTuple):
    """One day to come, with the band in which four of five days lie."""

    value: float
    low: float
    high: float


def expected(days: Sequence[int], ahead: int) -> float:
    """The mean of the same weekday in the last weeks; `ahead` 0 is the day after the last one."""
    place = len(days) + ahead % WEEK
    same = [days[place - WEEK * week] for week in range(1, WEEKS_LOOKED_AT + 1) if 0 <= place - WEEK * week < len(days)]
    return sum(same) / len(same)


def forecast(days: Sequence[int]) -> list[Ahead]:
    """The next seven days, from daily numbers (oldest first, no day left out); nothing where there are too few."""
    if len(days) < AT_LEAST:
        return []
    misses = [day - expected(days[:place], 0) for place, day in enumerate(days) if place >= WEEK]
    spread = IN_FOUR_OF_FIVE * sqrt(sum(miss * miss for miss in misses) / len(misses))
    values = [expected(days, ahead) for ahead in range(WEEK)]
    return [Ahead(round(value, 1), round(max(0.0, value - spread), 1), round(value + spread, 1)) for value in values]


def error_of_last_week(days: Sequence[int]) -> float | None:
    """By how much of what came the forecast made a week ago was wrong, as a share; None where it could not be made."""
    before, came = days[:-WEEK], days[-WEEK:]
    if len(before) < AT_LEAST or not sum(came):
        return None
    missed = sum(abs(number - expected(before, ahead)) for ahead, number in enumerate(came))
    return round(missed / sum(came), 4)
