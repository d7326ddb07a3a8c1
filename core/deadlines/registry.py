"""What happens at a threshold, and which calendar an office keeps: declared by the apps at start-up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from core.deadlines.calendar import CalendarError, WorkCalendar
from core.models import Deadline

DEFAULT_THRESHOLDS = (80, 120, 200)


@dataclass(frozen=True)
class Crossing:
    """A threshold of a running clock that has been crossed. `crossed_at` is the moment, however late it is noticed."""

    deadline: Deadline
    threshold: int
    crossed_at: datetime
    at: datetime


Handler = Callable[[Crossing], None]
LockSubject = Callable[[int], object]
Thresholds = tuple[int, ...] | Callable[[], tuple[int, ...]]


@dataclass(frozen=True)
class Watch:
    given: Thresholds
    handler: Handler
    lock_subject: LockSubject | None

    @property
    def thresholds(self) -> tuple[int, ...]:
        """In order; asked for anew each time where they are data that somebody may edit."""
        return tuple(sorted(set(self.given()))) if callable(self.given) else self.given


Moved = Callable[[int, list[Deadline]], None]
"""(subject id, its clocks whose due time moved) → its rows copy the new times."""

_watches: dict[tuple[str, str], Watch] = {}
_moved: dict[str, tuple[LockSubject, Moved]] = {}
_copies: dict[str, Callable[[], Iterator[str]]] = {}
_calendar_sources: list[Callable[[str], WorkCalendar | None]] = []
STATUTORY = WorkCalendar()


def on_threshold(
    subject_kind: str,
    deadline_kind: str,
    *,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    handler: Handler,
    lock_subject: LockSubject | None = None,
) -> None:
    """Call `handler` once for each threshold (percent of the limit) that a clock of this kind crosses.

    Thresholds that an administrator edits are passed as a function; `reckoning.reschedule` then moves running clocks.
    The handler runs in the transaction that records the crossing, so both happen or neither. `lock_subject(subject_id)`
    is called first and takes the subject's row lock, which keeps the order of locks (subject, then deadline) that every
    action follows; without it the handler must lock nothing that an action holds while it stops a clock.
    """
    if not callable(thresholds):
        thresholds = tuple(sorted(set(thresholds)))
        if not thresholds or thresholds[0] <= 0:
            raise ValueError(f"thresholds are percentages above zero, got {thresholds}")
    _watches[subject_kind, deadline_kind] = Watch(thresholds, handler, lock_subject)


def watch_of(subject_kind: str, deadline_kind: str) -> Watch | None:
    return _watches.get((subject_kind, deadline_kind))


def register_calendars(source: Callable[[str], WorkCalendar | None]) -> None:
    """Let `source` answer for calendar keys it knows (a department's own hours and days off)."""
    _calendar_sources.append(source)


def calendar_of(key: str) -> WorkCalendar:
    """The calendar named `key`; the statutory one for an empty key."""
    if not key:
        return STATUTORY
    for source in _calendar_sources:
        if calendar := source(key):
            return calendar
    raise CalendarError(f"no work calendar named {key!r}")


def on_moved(subject_kind: str, *, lock_subject: LockSubject, handler: Moved) -> None:
    """Call `handler` where due times of a subject's clocks move by themselves: its calendar has changed.

    In the transaction of the change, after `lock_subject`: rows that copy a due time copy the new one.
    """
    _moved[subject_kind] = lock_subject, handler


def moved_of(subject_kind: str) -> tuple[LockSubject, Moved] | None:
    return _moved.get(subject_kind)


def register_copies(name: str, compare: Callable[[], Iterator[str]]) -> None:
    """Let `verify_deadlines` ask `compare` for rows that copy a clock's times and say something else."""
    _copies[name] = compare


def copies() -> list[Callable[[], Iterator[str]]]:
    return list(_copies.values())
