"""How far a place is at risk, from what was counted there. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

SURGE, RECURRENCE, SPREAD, NUMBER = "surge", "recurrence", "spread", "number"
USUAL_AT_LEAST = 1.0
"""What is usual is never taken for less than one: where nothing ever happens three are three times as many."""


@dataclass(frozen=True)
class Counted:
    """Events of one kind in one place: in the present window, in those before it (newest first), and in how many places
    below the present ones lie.
    """

    current: int
    past: tuple[int, ...] = ()
    places: int = 0


def value_of(statistic: str, counted: Counted, minimum: int) -> float:
    """The figure that the thresholds are compared with.

    surge: how many times as many as usual. recurrence: in how many windows, this one included and one after the other,
    at least `minimum`. spread: in how many places below, 0 where it does not grow. number: how many.
    """
    match statistic:
        case "surge":
            usual = sum(counted.past) / len(counted.past) if counted.past else 0.0
            return round(counted.current / max(usual, USUAL_AT_LEAST), 2)
        case "recurrence":
            return float(_unbroken((counted.current, *counted.past), minimum))
        case "spread":
            grows = not counted.past or counted.current > counted.past[0]
            return float(counted.places) if grows else 0.0
        case "number":
            return float(counted.current)
    raise ValueError(f"no statistic {statistic!r}")


def _unbroken(windows: Sequence[int], minimum: int) -> int:
    return next((place for place, number in enumerate(windows) if number < minimum), len(windows))


def rank_of(value: float, thresholds: Sequence[float]) -> int:
    """0 none, 1 attention, 2 warning, 3 alarm: how many of the rising thresholds are reached."""
    return sum(value >= threshold for threshold in thresholds)
