"""A life is a generator of steps: each has been done when it is given, and says how long until the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Step:
    """What was done, by whom, the state it led to, and how long it takes until the next."""

    name: str
    who: str
    state: str
    wait: timedelta = timedelta()


Life = Iterator[Step]


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
