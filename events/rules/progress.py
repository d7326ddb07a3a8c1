"""How far a "one thing" has come, as one number. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Final, Literal, NamedTuple

LegState = Literal["planned", "issued", "signed", "assigned", "done", "returned", "waived", "withdrawn"]

BEFORE_HANDLING: Final = {"reported": 5, "verifying": 10, "filed": 20, "returned": 25, "dispatched": 25}
AFTER_HANDLING: Final = {"handled": 80, "checking": 85, "checked": 95, "closed": 100, "evaluated": 100}
HANDLING_FROM, HANDLING_TO = 25, 80
_SETTLED: Final = {"done": 1.0, "waived": 1.0, "assigned": 0.5, "signed": 0.4, "issued": 0.0, "returned": 0.0}


def percent(state: str, legs: Sequence[LegState]) -> int:
    """Percent of the way from the report to the closing; while it is handled, by what its legs have reached.

    `legs` are the states of the legs that count: the lead's and the mandatory ones. An event that ended otherwise
    (rejected, merged, cancelled) has come nowhere: 0.
    """
    if state in AFTER_HANDLING:
        return AFTER_HANDLING[state]
    if state in {"handling", "suspended"}:
        counted = [_SETTLED[leg] for leg in legs if leg in _SETTLED]
        part = sum(counted) / len(counted) if counted else 0.0
        return HANDLING_FROM + int((HANDLING_TO - HANDLING_FROM) * part)
    return BEFORE_HANDLING.get(state, 0)


STEP_OF_STATE: Final = {
    "reported": "confirm",
    "verifying": "verify",
    "filed": "dispatch",
    "dispatched": "handle",
    "returned": "dispatch",
    "handling": "handle",
    "suspended": "handle",
    "handled": "check",
    "checking": "check",
    "checked": "close",
}
"""The step of the procedure that is at hand in a state."""


def step_states(codes: Sequence[str], state: str) -> list[Literal["done", "current", "waiting"]]:
    """Each step of a pack: done, at hand, or still to come.

    Steps between those that every procedure has (a reminder before the filing, sampling before the result) go with the
    next of them.
    """
    if state in {"closed", "evaluated"}:
        return ["done"] * len(codes)
    at = _place_of(codes, state)
    if at is None:
        return ["waiting"] * len(codes)
    return ["done" if place < at else "current" if place == at else "waiting" for place in range(len(codes))]


def _place_of(codes: Sequence[str], state: str) -> int | None:
    """Which step is at hand in a state."""
    hand = STEP_OF_STATE.get(state)
    if hand is None:
        return None
    if hand == "confirm" and hand not in codes:
        hand = "file"
    return codes.index(hand) if hand in codes else 0


class Stay(NamedTuple):
    """A state that an event was in from `since` on, until the next one of its passage."""

    state: str
    since: datetime


@dataclass(frozen=True)
class Span:
    """When a step was last at hand; `ended` is None while it is. `stood`: while the event was suspended in it."""

    began: datetime
    ended: datetime | None
    stood: tuple[tuple[datetime, datetime | None], ...] = ()


def step_spans(codes: Sequence[str], passage: Sequence[Stay]) -> list[Span | None]:
    """For each step when it was last at hand; None for one that was not, or that goes with the next.

    `passage` are the states of one run in order, each until the next; the last one lasts.
    """
    spans: list[Span | None] = [None] * len(codes)
    before: int | None = None
    for stay, until in zip_longest(passage, (later.since for later in passage[1:])):
        place = _place_of(codes, stay.state)
        if place is not None:
            held = spans[place] if place == before else None
            stood = ((stay.since, until),) if stay.state == "suspended" else ()
            began = held.began if held is not None else stay.since
            spans[place] = Span(began, until, (*(held.stood if held is not None else ()), *stood))
        before = place
    return spans
