"""The clocks of an event as its moves start and stop them."""

from collections.abc import Collection
from datetime import datetime

from accounts.calendars import calendar_key
from core.deadlines import actions as deadlines
from core.deadlines.actions import Clock as NewClock
from core.deadlines.actions import Subject
from core.deadlines.arithmetic import Limit
from core.insert import together
from core.models import Deadline
from events.actions.moving import Moving
from events.models import Event, WorkOrder
from events.models.work_order import ORDER_KIND
from events.moves import Clock

TAKEN_BACK = "return_refused"
"""What the ledger keeps beside a span that counts as run after all."""


def start(moving: Moving, *clocks: tuple[str, Limit], unit_id: int | None = None) -> list[Deadline]:
    """Start clocks; the first is the one the boards show. Those of a department count the hours `unit_id` keeps."""
    with together():
        started = deadlines.start_many(
            subject=moving.subject,
            clocks=[new(kind, limit, unit_id) for kind, limit in clocks],
            at=moving.at,
            district_id=moving.event.district_id,
        )
    moving.clocks += started
    show(moving.event, started[0])
    return started


def new(kind: str, limit: Limit, unit_id: int | None = None) -> NewClock:
    """A clock to start; a limit of working time counts in the calendar of the department, or else of the site."""
    return NewClock(kind, limit, calendar_key(unit_id) if limit.is_working else "")


def stop(moving: Moving, kinds: Collection[str]) -> list[Deadline]:
    stopped = deadlines.stop(subject=moving.subject, kinds=kinds, at=moving.at)
    moving.clocks += stopped
    return stopped


def pause(moving: Moving, kind: str, *, reason: str) -> None:
    """The clock stands still; `reason` (one of `PauseReason`) is shown with it. With the handling clock of the event
    stand those of its co-handling legs.
    """
    moving.clocks += deadlines.pause(subject=moving.subject, kinds=[kind], at=moving.at, reason=reason)
    for order in _open_co_legs(moving, kind):
        deadlines.pause(subject=leg_subject(order), at=moving.at, reason=reason)
        show_none(order)


def resume(moving: Moving, kind: str, *, at: datetime | None = None) -> None:
    """The standing clock runs on, from now or from the moment `at` at which it was to."""
    at = at or moving.at
    resumed = deadlines.resume(subject=moving.subject, kinds=[kind], at=at)
    moving.clocks += resumed
    if resumed:
        show(moving.event, resumed[0])
    for order in _open_co_legs(moving, kind):
        if of_leg := deadlines.resume(subject=leg_subject(order), at=at):
            show(order, of_leg[0])


def extend(moving: Moving, kind: str, *, reason: str) -> Deadline | None:
    """The running clock gets its first limit once more; the event and its lead leg show the new due time. The clock, or
    None where none runs.
    """
    deadline = deadlines.extend(subject=moving.subject, kind=kind, at=moving.at, reason=reason)
    if deadline is not None:
        moving.clocks.append(deadline)
        show(moving.event, deadline)
        if moving.lead is not None:
            show(moving.lead, deadline)
    return deadline


def extend_leg(moving: Moving, order: WorkOrder, *, reason: str) -> Deadline | None:
    """The handling clock of a co-handling leg gets its first limit once more; the event's own clocks stay as they
    are.
    """
    deadline = deadlines.extend(subject=leg_subject(order), kind=Clock.HANDLING, at=moving.at, reason=reason)
    if deadline is not None:
        show(order, deadline)
        moving.retold.add(order.pk)
    return deadline


def take_back_pause(moving: Moving, kind: str) -> None:
    """The standing clock runs on as if it had never stood: what it stood still for was refused."""
    deadline = deadlines.take_back_pause(subject=moving.subject, kind=kind, reason=TAKEN_BACK)
    if deadline is not None:
        moving.clocks.append(deadline)
    for order in _open_co_legs(moving, kind):
        if of_leg := deadlines.resume(subject=leg_subject(order), at=moving.at):
            show(order, of_leg[0])


def run_on(moving: Moving, kind: str) -> None:
    """The stopped clock runs on from where it stood."""
    deadline = deadlines.run_on(subject=moving.subject, kind=kind, at=moving.at)
    if deadline is not None:
        moving.clocks.append(deadline)
        show(moving.event, deadline)


def hold_all(moving: Moving, reason: str) -> None:
    """Every running clock of the event stands still."""
    moving.clocks += deadlines.pause(subject=moving.subject, at=moving.at, reason=reason)


def let_run(moving: Moving, kinds: Collection[str]) -> None:
    """These clocks run on from where they stood; the first is the one the boards show."""
    resumed = deadlines.resume(subject=moving.subject, kinds=kinds, at=moving.at)
    moving.clocks += resumed
    if resumed:
        show(moving.event, min(resumed, key=lambda clock: list(kinds).index(clock.kind)))


def stop_all(moving: Moving) -> None:
    """Every open clock ends here, with what it used and overran."""
    moving.clocks += deadlines.stop_all(subject=moving.subject, at=moving.at)


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


def show_rest(row: Event | WorkOrder, until: datetime) -> None:
    """No clock runs before `until`: boards sort the row by the day on which it comes back, and colour it by that."""
    show_none(row)
    row.warn_at = row.due_at = until


def show_as(order: WorkOrder, event: Event) -> None:
    """The lead leg shows the clock that its event shows."""
    order.due_kind, order.due_started_at = event.due_kind, event.due_started_at
    order.warn_at, order.due_at = event.warn_at, event.due_at


def start_rating(moving: Moving, limit: Limit) -> None:
    """The citizen's window runs beside an ended event; no board shows it."""
    moving.clocks += deadlines.start_many(
        subject=moving.subject,
        clocks=[new(Clock.RATING, limit)],
        at=moving.at,
        district_id=moving.event.district_id,
    )


def leg_subject(order: WorkOrder) -> Subject:
    """What the clocks of a co-handling leg are about."""
    return Subject(ORDER_KIND, order.pk)


def _open_co_legs(moving: Moving, kind: str) -> list[WorkOrder]:
    return [leg for leg in moving.co_legs if leg.is_open] if kind == Clock.HANDLING else []
