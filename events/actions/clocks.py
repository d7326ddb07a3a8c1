"""The clocks of an event as its moves start and stop them."""

from collections.abc import Collection

from core.deadlines import actions as deadlines
from core.deadlines.actions import Clock as NewClock
from core.deadlines.arithmetic import Limit
from core.models import Deadline
from events.actions.moving import Moving
from events.models import Event, WorkOrder
from events.moves import Clock


def start(moving: Moving, *clocks: tuple[str, Limit]) -> list[Deadline]:
    """Start clocks; the first is the one the boards show."""
    started = deadlines.start_many(
        subject=moving.subject,
        clocks=[NewClock(kind, limit) for kind, limit in clocks],
        at=moving.at,
        district_id=moving.event.district_id,
    )
    moving.clocks += started
    show(moving.event, started[0])
    return started


def stop(moving: Moving, kinds: Collection[str]) -> list[Deadline]:
    stopped = deadlines.stop(subject=moving.subject, kinds=kinds, at=moving.at)
    moving.clocks += stopped
    return stopped


def pause(moving: Moving, kind: str, *, reason: str) -> None:
    """The clock stands still; `reason` (one of `PauseReason`) is shown with it."""
    moving.clocks += deadlines.pause(subject=moving.subject, kinds=[kind], at=moving.at, reason=reason)


def resume(moving: Moving, kind: str) -> None:
    resumed = deadlines.resume(subject=moving.subject, kinds=[kind], at=moving.at)
    moving.clocks += resumed
    if resumed:
        show(moving.event, resumed[0])


def run_on(moving: Moving, kind: str) -> None:
    """The stopped clock runs on from where it stood."""
    deadline = deadlines.run_on(subject=moving.subject, kind=kind, at=moving.at)
    if deadline is not None:
        moving.clocks.append(deadline)
        show(moving.event, deadline)


def withdraw(moving: Moving, kinds: Collection[str] | None = None) -> None:
    """Clocks whose step was called off are not judged."""
    moving.clocks += deadlines.withdraw(subject=moving.subject, kinds=kinds, at=moving.at)


def show(row: Event | WorkOrder, deadline: Deadline) -> None:
    """Copy the running clock to the row that boards sort and colour."""
    row.due_kind = deadline.kind
    row.due_started_at = deadline.started_at
    row.warn_at = deadline.warn_at
    row.due_at = deadline.due_at
    if isinstance(row, Event):
        row.escalation = 0


def show_none(row: Event | WorkOrder) -> None:
    row.due_kind = ""


def start_rating(moving: Moving, limit: Limit) -> None:
    """The citizen's window runs beside an ended event; no board shows it."""
    moving.clocks += deadlines.start_many(
        subject=moving.subject,
        clocks=[NewClock(Clock.RATING, limit)],
        at=moving.at,
        district_id=moving.event.district_id,
    )
