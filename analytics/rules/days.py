"""The city's day: it begins at midnight by the city's clocks, whatever zone the machine keeps. Pure."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

DAYS_OF_THE_MEAN = 7


class Today(NamedTuple):
    """Moments the wall compares with, all aware."""

    start: datetime
    yesterday_start: datetime
    yesterday_same_time: datetime
    mean_start: datetime


def today_of(local_now: datetime) -> Today:
    """The day of a moment given in the city's zone."""
    start = datetime.combine(local_now.date(), time(), tzinfo=local_now.tzinfo)
    return Today(
        start=start,
        yesterday_start=start - timedelta(days=1),
        yesterday_same_time=local_now - timedelta(days=1),
        mean_start=start - timedelta(days=DAYS_OF_THE_MEAN),
    )
