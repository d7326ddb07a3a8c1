"""Who is told when a clock is nearly over, over, and long over. Pure.

The percentages are data (`EscalationStep`); what a step means is here: at the first the post that acts and its head, at
the second the duty chief, at the third the leader, who supervises.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from accounts.roles import Role
from events.moves import Clock
from events.rules.limits import Fault


class Step(StrEnum):
    """The values are stored and sent."""

    HANDLER = "handler"
    """承办人及其负责人."""
    CHIEF = "chief"
    """值班长."""
    LEADER = "leader"
    """分管领导, 自动督办."""


class Place(StrEnum):
    """Where the addressed post is held."""

    OWNER = "owner"
    """At the owning centre."""
    UNIT = "unit"
    """At the unit whose clock it is: the lead's, the leg's, or the one a reminder is addressed to."""
    AREA = "area"
    """Over the area of the event."""
    TASK = "task"
    """Whoever holds the open field task."""


@dataclass(frozen=True)
class Addressee:
    role: str
    place: Place


@dataclass(frozen=True)
class Addressed:
    """An addressee of one event: a role at a unit or over an area, or one person. Exactly one of the three is set."""

    role: str
    unit_id: int | None = None
    area_path: str = ""
    user_id: int | None = None

    def as_facts(self) -> dict[str, int | str]:
        """For the history: what is set, and no more."""
        found: dict[str, int | str] = {"role": self.role}
        if self.unit_id is not None:
            found["unit"] = self.unit_id
        if self.area_path:
            found["area"] = self.area_path
        if self.user_id is not None:
            found["user"] = self.user_id
        return found


@dataclass(frozen=True)
class Way:
    """A step of one clock: at which percent of the limit who is told, whether at any hour by every channel, and whether
    the platform supervises.
    """

    percent: int
    step: Step
    urgent: bool = True
    supervises: bool = False

    @classmethod
    def of(cls, row: Any) -> "Way":
        """Of a stored step."""
        return cls(row.percent, Step(row.step), row.urgent, row.supervises)

    def as_columns(self) -> dict[str, Any]:
        return {"percent": self.percent, "step": self.step.value, "urgent": self.urgent, "supervises": self.supervises}


CLOCKS_OF: Final[dict[str, tuple[str, ...]]] = {
    "event": (
        Clock.ACCEPT,
        Clock.VERIFY,
        Clock.DISPATCH,
        Clock.SIGN,
        Clock.HANDLING,
        Clock.CHECK,
        Clock.CLOSE,
    ),
    "order": (Clock.SIGN, Clock.HANDLING),
    "alert": (Clock.ALERT,),
    "reminder": (Clock.REPLY,),
}
"""The clocks that are watched, by what they are about."""
MOST_STEPS: Final = 6
MOST_PERCENT: Final = 1000

RANKS = (Step.HANDLER, Step.CHIEF, Step.LEADER)
EVENT, ORDER, ALERT, REMINDER, PROMISE = "event", "order", "alert", "reminder", "promise"
USUAL_STEPS = ((80, Step.HANDLER), (120, Step.CHIEF), (200, Step.LEADER))
DEFAULT_STEPS: dict[tuple[str, str], tuple[tuple[int, Step], ...]] = {
    (ALERT, Clock.ALERT): ((100, Step.CHIEF), (200, Step.LEADER)),
    (REMINDER, Clock.REPLY): ((100, Step.CHIEF),),
    (PROMISE, Clock.FIRST_CONTACT): ((80, Step.HANDLER), (100, Step.CHIEF)),
    (PROMISE, Clock.ANSWER): ((80, Step.HANDLER), (100, Step.CHIEF)),
    (PROMISE, Clock.CALL_BACK): ((80, Step.HANDLER), (100, Step.CHIEF)),
}
"""Where nothing else is set: an alert nobody acknowledged and a reminder nobody answered are told when they are due."""

_TASK = Addressee("assignee", Place.TASK)
_DEPARTMENT = (Addressee(Role.HANDLER, Place.UNIT), Addressee(Role.DEPARTMENT_DESK, Place.UNIT))
_ACCEPTOR, _DISPATCHER = Addressee(Role.ACCEPTOR, Place.OWNER), Addressee(Role.DISPATCHER, Place.OWNER)
_HANDLERS = {
    Clock.ALERT: (Addressee(Role.WALL_OPERATOR, Place.AREA),),
    Clock.ACCEPT: (_ACCEPTOR,),
    Clock.VERIFY: (_TASK, Addressee(Role.GRID_LEADER, Place.AREA), _ACCEPTOR),
    Clock.DISPATCH: (_DISPATCHER,),
    Clock.SIGN: _DEPARTMENT,
    Clock.HANDLING: _DEPARTMENT,
    Clock.CHECK: (_TASK, _ACCEPTOR, _DISPATCHER),
    Clock.CLOSE: (_ACCEPTOR,),
    Clock.REPLY: (Addressee(Role.DEPARTMENT_DESK, Place.UNIT),),
    Clock.FIRST_CONTACT: (_ACCEPTOR, Addressee(Role.DEPARTMENT_DESK, Place.UNIT)),
    Clock.ANSWER: (_ACCEPTOR, Addressee(Role.DEPARTMENT_DESK, Place.UNIT)),
    Clock.CALL_BACK: (_ACCEPTOR,),
}


def default_steps(subject_kind: str, clock: str) -> tuple[tuple[int, Step], ...]:
    return DEFAULT_STEPS.get((subject_kind, clock), USUAL_STEPS)


def default_ways(subject_kind: str, clock: str) -> tuple[Way, ...]:
    """The usual steps: from the duty chief on at any hour, and the leader's supervises, but for alerts."""
    return tuple(
        Way(percent, step, urgent=step != Step.HANDLER, supervises=step == Step.LEADER and subject_kind != ALERT)
        for percent, step in default_steps(subject_kind, clock)
    )


def faults_of_ways(ways: Sequence[Way]) -> list[Fault]:
    """Why these steps may not be set; each at its place."""
    found = []
    if len(ways) > MOST_STEPS:
        found.append(Fault("steps", "too_many", f"最多 {MOST_STEPS} 级。", f"At most {MOST_STEPS} steps."))
    seen: set[int] = set()
    for index, way in enumerate(ways):
        where = f"steps.{index}.percent"
        if not 1 <= way.percent <= MOST_PERCENT:
            said = f"1–{MOST_PERCENT}"
            found.append(Fault(where, "out_of_range", f"百分比须在 {said} 之间。", f"A percentage of {said}."))
        elif way.percent in seen:
            found.append(Fault(where, "double", "同一百分比只能设一级。", "One step at a percentage."))
        seen.add(way.percent)
    if not found and not in_order([(way.percent, way.step) for way in ways]):
        zh = "级别越高，百分比须越高：承办人、值班长、分管领导。"
        found.append(Fault("steps", "order", zh, "Nobody is told before those below: handler, duty chief, leader."))
    return found


def way_at(threshold: int, ways: Iterable[Way]) -> Way:
    """The step that a crossed threshold means; of one that is not set any more, the next lower one."""
    ordered = sorted(ways, key=lambda way: way.percent)
    below = [way for way in ordered if way.percent <= threshold]
    return below[-1] if below else ordered[0]


def step_at(threshold: int, steps: Iterable[tuple[int, Step]]) -> Step:
    """What a crossed threshold means; of one that is not in the table any more, what the next lower one means."""
    ordered = sorted(steps)
    below = [step for percent, step in ordered if percent <= threshold]
    return below[-1] if below else ordered[0][1]


def in_order(steps: Iterable[tuple[int, Step]]) -> bool:
    """Is nobody told before those below?"""
    ranks = [RANKS.index(step) for _percent, step in sorted(steps)]
    return ranks == sorted(ranks)


RED = 1


def calls_out(level: int, step: Step) -> bool:
    """Does the step of an alert go out by telephone and text message, to the duty chief once more too?"""
    return level == RED and step == Step.LEADER


def addressees_of(clock: str, step: Step) -> tuple[Addressee, ...]:
    """Who is told of a clock at a step. The head of a seat is its duty chief, who is told at the next one."""
    if step == Step.CHIEF:
        return (Addressee(Role.DUTY_CHIEF, Place.AREA if clock == Clock.ALERT else Place.OWNER),)
    if step == Step.LEADER:
        return (Addressee(Role.LEADER, Place.AREA),)
    return _HANDLERS[clock]
