"""What the history of an event says for the assessment: its runs, and every department's stint as lead. Pure.

History rows are the only source: who did what when, and the clock readings that were written with each move.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

ENDED_BY = {
    "close": "closed",
    "force_close": "closed",
    "self_handle": "closed",
    "reject": "rejected",
    "merge": "merged",
    "cancel": "cancelled",
}
ENDINGS = {"close": "checked", "force_close": "forced", "self_handle": "self_handled"}
HANDLING = "handling"
PROMISES = {
    "first_contact": ("contact_due_at", "contacted_at"),
    "answer": ("answer_due_at", "answered_at"),
    "call_back": ("call_back_due_at", "called_back_at"),
}
NOBODY_IS_OWED = frozenset({"rejected", "merged", "cancelled"})
"""Endings after which the citizen of this event is not contacted, answered or called back about it any more."""
REACHED = "reached"
UPHELD = "grant"
"""What the assessor says to an appeal that holds; refusing it is a verdict as well."""


@dataclass(frozen=True)
class Step:
    """One row of an event's history, as far as the assessment looks at it."""

    at: datetime
    actor_id: int | None
    move: str
    facts: Mapping[str, Any]

    @property
    def readings(self) -> Mapping[str, Mapping[str, Any]]:
        return {reading["kind"]: reading for reading in self.facts.get("readings", ())}


@dataclass
class Stint:
    """A department as lead: from a dispatch to it until it handed in the result, was relieved or the run ended."""

    unit_id: int
    dispatched_at: datetime
    dispatched_by_id: int | None
    dispatch_late: int | None = None
    signed_at: datetime | None = None
    sign_late: int | None = None
    verdict_at: datetime | None = None
    first_check_passed: bool | None = None
    last_check_passed: bool | None = None
    due_at: datetime | None = None
    handled_at: datetime | None = None
    handling_late: int | None = None
    returns: int = 0
    returns_refused: int = 0
    is_relieved: bool = False
    """A return of it was accepted: the event went to another department."""
    has_shirked: bool = False
    """推诿: it returned again what it had been refused to return."""
    extensions: int = 0
    suspensions: int = 0
    reworks: int = 0


@dataclass
class Life:
    """One run of an event, from its report or reopening to its end.

    `late` holds plain seconds past the due time for each clock that was judged. What a citizen was promised is due at
    `contact_due_at`, `answer_due_at` and `call_back_due_at`; empty where nothing was promised, or not any more.
    """

    run: int
    reported_at: datetime
    reported_by_id: int | None
    accepted_at: datetime | None = None
    accepted_by_id: int | None = None
    verify_asked_at: datetime | None = None
    verified_at: datetime | None = None
    filed_at: datetime | None = None
    dispatched_at: datetime | None = None
    due_at: datetime | None = None
    handled_at: datetime | None = None
    verdict_at: datetime | None = None
    verdict_by_id: int | None = None
    first_check_passed: bool | None = None
    last_check_passed: bool | None = None
    contact_due_at: datetime | None = None
    contacted_at: datetime | None = None
    answer_due_at: datetime | None = None
    answered_at: datetime | None = None
    call_back_due_at: datetime | None = None
    called_back_at: datetime | None = None
    is_solved: bool | None = None
    is_pleased: bool | None = None
    ended_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by_id: int | None = None
    ending: str = ""
    ended_as: str = ""
    reopened_at: datetime | None = None
    is_suspended: bool = False
    is_exempt: bool = False
    reworks: int = 0
    late: dict[str, int] = field(default_factory=dict)
    stints: list[Stint] = field(default_factory=list)

    @property
    def stint(self) -> Stint | None:
        return self.stints[-1] if self.stints else None


def lives_of(steps: Iterable[Step]) -> list[Life]:
    """The runs of one event, oldest first, from its history in order."""
    lives: list[Life] = []
    for step in steps:
        if step.move == "report" or not lives:
            lives.append(Life(1, step.at, step.actor_id))
        elif step.move == "reopen":
            lives.append(_reopened(lives[-1], step))
        _read_clocks(lives[-1], step)
        change = _CHANGES.get(step.move)
        if change is not None:
            change(lives[-1], step)
        if step.move in ENDED_BY:
            _end(lives[-1], step)
    return lives


def _reopened(last: Life, step: Step) -> Life:
    last.reopened_at = step.at
    new = Life(last.run + 1, step.at, None)
    if last.filed_at is not None:
        new.filed_at = new.accepted_at = step.at
    return new


def _end(life: Life, step: Step) -> None:
    life.ended_as = ENDED_BY[step.move]
    life.ending = ENDINGS.get(step.move, "")
    life.is_suspended = False
    life.ended_at = step.at
    if life.ended_as in NOBODY_IS_OWED:
        for due, kept in PROMISES.values():
            if getattr(life, kept) is None:
                setattr(life, due, None)
    if life.ended_as == "closed":
        life.closed_at, life.closed_by_id = step.at, step.actor_id
    if step.move == "self_handle":
        life.handled_at = life.accepted_at = step.at


def _read_clocks(life: Life, step: Step) -> None:
    """Lateness of clocks that stopped with this step; the worst where a step was taken more than once."""
    for kind, reading in step.readings.items():
        if kind == HANDLING:
            _read_handling(life, reading)
        elif kind in PROMISES and reading["state"] != "withdrawn":
            _read_promise(life, step, kind, reading)
        elif reading["state"] == "stopped":
            life.late[kind] = max(life.late.get(kind, 0), int(reading["overdue_seconds"]))


def _read_promise(life: Life, step: Step, kind: str, reading: Mapping[str, Any]) -> None:
    """When a contact, an answer or a call-back is due, and whether it was made in time; the first reached counts."""
    due, kept = PROMISES[kind]
    setattr(life, due, datetime.fromisoformat(reading["due_at"]))
    if reading["state"] == "stopped":
        setattr(life, kept, step.at)
        life.late[kind] = int(reading["overdue_seconds"])


def _read_handling(life: Life, reading: Mapping[str, Any]) -> None:
    """The handling clock runs on after a failed check, so its last reading counts; withdrawn, it is not judged."""
    if reading["state"] == "withdrawn":
        life.late.pop(HANDLING, None)
        return
    life.due_at = datetime.fromisoformat(reading["due_at"])
    if reading["state"] == "stopped":
        life.late[HANDLING] = int(reading["overdue_seconds"])
    if life.stint is not None:
        life.stint.due_at = life.due_at
        if reading["state"] == "stopped":
            life.stint.handling_late = int(reading["overdue_seconds"])


def _file(life: Life, step: Step) -> None:
    life.filed_at = step.at
    life.accepted_at, life.accepted_by_id = step.at, step.actor_id


def _reject(life: Life, step: Step) -> None:
    life.accepted_at, life.accepted_by_id = step.at, step.actor_id


def _dispatch(life: Life, step: Step) -> None:
    if life.stint is not None and life.stint.returns > life.stint.returns_refused:
        life.stint.is_relieved = True
        life.stint.handling_late = None
    life.dispatched_at = life.dispatched_at or step.at
    reading = step.readings.get("dispatch")
    late = int(reading["overdue_seconds"]) if reading is not None and reading["state"] == "stopped" else None
    life.stints.append(Stint(int(step.facts["unit"]), step.at, step.actor_id, dispatch_late=late))
    _read_clocks(life, step)


def _ask_verification(life: Life, step: Step) -> None:
    life.verify_asked_at, life.verified_at = step.at, None


def _verified(life: Life, step: Step) -> None:
    life.verified_at = step.at


def _call_back(life: Life, step: Step) -> None:
    """What the citizen said last counts."""
    if step.facts.get("outcome") == REACHED:
        life.is_solved, life.is_pleased = step.facts["solved"], step.facts["satisfied"]


def _recall(life: Life, step: Step) -> None:
    """A dispatch taken back before it was signed: the department never had it. A verification taken back was none."""
    if step.facts.get("from") == "verifying":
        life.verify_asked_at = None
    if step.facts.get("from") == "dispatched" and life.stints:
        life.stints.pop()
        life.dispatched_at = life.stints[0].dispatched_at if life.stints else None


def _sign(life: Life, step: Step) -> None:
    if life.stint is not None:
        life.stint.signed_at = life.stint.signed_at or step.at
        reading = step.readings.get("sign")
        if reading is not None and reading["state"] == "stopped":
            life.stint.sign_late = max(life.stint.sign_late or 0, int(reading["overdue_seconds"]))


def _return(life: Life, step: Step) -> None:
    if life.stint is not None:
        life.stint.has_shirked = life.stint.has_shirked or life.stint.returns_refused > 0
        life.stint.returns += 1


def _refuse_return(life: Life, _step: Step) -> None:
    if life.stint is not None:
        life.stint.returns_refused += 1


def _extend(life: Life, _step: Step) -> None:
    if life.stint is not None:
        life.stint.extensions += 1


def _suspend(life: Life, _step: Step) -> None:
    life.is_suspended = True
    if life.stint is not None:
        life.stint.suspensions += 1


def _resume(life: Life, _step: Step) -> None:
    life.is_suspended = False


def _finish(life: Life, step: Step) -> None:
    life.handled_at = step.at
    if life.stint is not None:
        life.stint.handled_at = step.at


def _send_back(life: Life, _step: Step) -> None:
    life.handled_at = None
    if life.stint is not None:
        life.stint.handled_at = None
        life.stint.reworks += 1


def _verdict(life: Life, step: Step) -> None:
    passed = step.move == "check_pass"
    if life.first_check_passed is None:
        life.first_check_passed = passed
    life.verdict_at, life.verdict_by_id, life.last_check_passed = step.at, step.actor_id, passed
    if life.stint is not None:
        if life.stint.first_check_passed is None:
            life.stint.first_check_passed = passed
        life.stint.verdict_at, life.stint.last_check_passed = step.at, passed
    if not passed:
        life.reworks += 1
        _send_back(life, step)


def _leave_department(life: Life, _step: Step) -> None:
    """The event went to another centre: the department is out of it and not judged."""
    life.filed_at = life.dispatched_at = life.due_at = None
    life.accepted_at = None
    life.stints.clear()
    life.late.pop(HANDLING, None)


def _unmerge(life: Life, step: Step) -> None:
    """It comes back to where it was, or, where who was sent is gone, one step before, as after a recall."""
    life.ended_as, life.ended_at = "", None
    _recall(life, step)


def _decide(life: Life, step: Step) -> None:
    life.is_exempt = step.facts.get("step") == UPHELD


def _only_clocks(_life: Life, _step: Step) -> None:
    """What counts of this step are the clocks it stopped."""


_CHANGES = {
    "ask_verification": _ask_verification,
    "report_verification": _verified,
    "contact_reporter": _only_clocks,
    "answer_reporter": _only_clocks,
    "call_back": _call_back,
    "file": _file,
    "reject": _reject,
    "dispatch": _dispatch,
    "recall": _recall,
    "sign": _sign,
    "return": _return,
    "refuse_return": _refuse_return,
    "grant_extension": _extend,
    "suspend": _suspend,
    "resume": _resume,
    "finish": _finish,
    "reject_feedback": _send_back,
    "check_pass": _verdict,
    "check_fail": _verdict,
    "escalate_up": _leave_department,
    "skip_level": _leave_department,
    "assign_down": _leave_department,
    "unmerge": _unmerge,
    "decide": _decide,
}
MOVES_LOOKED_AT: Sequence[str] = (*_CHANGES, *ENDED_BY, "report", "reopen")
