"""A department changed its working hours: the due times of its running clocks moved, and what copies them follows."""

from collections.abc import Iterable

from core.actor import SYSTEM
from core.errors import MoveNotAllowed
from core.models import Deadline
from events.actions.moving import Moving, begin
from events.models import Event, WorkOrder
from events.moves import Move


def follow_event_clocks(event_id: int, moved: list[Deadline]) -> None:
    """The event and its lead leg show the new due times. Called inside the transaction that moved the clocks."""
    moving = _begin(event_id)
    if moving is None:
        return
    _copy(moving.event, moved)
    if moving.lead is not None and _copy(moving.lead, moved):
        moving.retold.add(moving.lead.pk)
    _note(moving, moved)


def follow_order_clocks(order_id: int, moved: list[Deadline]) -> None:
    """A co-handling leg shows its own new due times."""
    moving = _begin(WorkOrder.objects.values_list("event_id", flat=True).get(pk=order_id))
    if moving is None:
        return
    order = next(leg for leg in moving.orders if leg.pk == order_id)
    if _copy(order, moved):
        moving.retold.add(order.pk)
    _note(moving, moved, order=order_id)


def _begin(event_id: int) -> Moving | None:
    try:
        return begin(event_id, Move.FOLLOW_CALENDAR, SYSTEM, None)
    except MoveNotAllowed:
        return None


def _copy(row: Event | WorkOrder, moved: Iterable[Deadline]) -> bool:
    clock = next((clock for clock in moved if clock.kind == row.due_kind), None)
    if clock is None:
        return False
    row.warn_at, row.due_at = clock.warn_at, clock.due_at
    return True


def _note(moving: Moving, moved: list[Deadline], order: int | None = None) -> None:
    moving.clocks += moved
    moving.apply()
    moving.finish(facts={"order": order, "calendar": moved[0].calendar_key})
