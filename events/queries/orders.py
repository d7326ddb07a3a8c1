"""The department's desk: its legs, their details and the counts per box."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from events.models import Event, Request, WorkOrder
from events.models.work_order import WorkOrderQuerySet
from events.queries.allowed import moves_of_order
from events.queries.detail import event_after_move, event_detail
from events.queries.rows import order_row
from events.queries.search import asked_for

_SIGNED = Q(state__in=("signed", "assigned"))
_LED = _SIGNED & Q(role=WorkOrder.Role.LEAD) & ~Q(event__state="suspended")
_DONE_NOW = Q(state="done", is_over=False)
"""Of an event that is still open, or open again, what was done in this run."""
BOXES: dict[str, Q | Exists] = {
    "to_sign": Q(state="issued"),
    "handling": _LED & Q(is_rework=False),
    "rework": _LED & Q(is_rework=True),
    "co": _SIGNED & Q(role=WorkOrder.Role.CO),
    "suspended": _SIGNED & Q(role=WorkOrder.Role.LEAD, event__state="suspended"),
    "done": _DONE_NOW,
    "replies": Q(reply_due_at__isnull=False),
    "asking": Exists(Request.objects.open().filter(event_id=OuterRef("event_id"), unit_id=OuterRef("unit_id"))),
    "closed": Q(state="done", is_over=True),
}
"""Where a leg lies on the department's desk. A leg with a question open lies in `replies` or `asking` as well."""
BY_DUE = ("due_at", "id")


def order_list(actor: Actor, *, state: str = "", box: str = "", q: str = "") -> WorkOrderQuerySet:
    """Visible legs with event, type and unit joined: one statement for a page. `q`: number or words of the event."""
    orders = WorkOrder.objects.visible_to(actor).select_related("unit", "assignee", "proposed_unit", "event__type")
    if state:
        orders = orders.filter(state=state)
    if q:
        orders = orders.filter(event__in=Event.objects.filter(asked_for(q, actor)).values("pk"))
    return orders.filter(BOXES[box]) if box else orders


def order_of(order_id: int, actor: Actor) -> WorkOrder:
    """A leg of an event that the actor sees: who leads it also moves the legs of its helpers."""
    events = Event.objects.visible_to(actor).values("pk")
    order = WorkOrder.objects.filter(pk=order_id, event__in=events).first()
    if order is None:
        raise NotFound()
    return order


def rows_of(orders: list[WorkOrder]) -> list[dict[str, Any]]:
    at = now()
    return [order_row(order, order.event, at) for order in orders]


def order_detail(order_id: int, actor: Actor, *, english: bool = False) -> dict[str, Any]:
    """One leg with its event; hidden ones are not found."""
    return _full(order_list(actor), order_id, actor, event_detail, english)


def order_after_move(order_id: int, actor: Actor, *, english: bool = False) -> dict[str, Any]:
    """The leg as the one who just moved it leaves it, even where that move ended the actor's own sight of it."""
    return _full(
        WorkOrder.objects.select_related("unit", "assignee", "proposed_unit", "event__type"),
        order_id,
        actor,
        event_after_move,
        english,
    )


def _full(
    orders: WorkOrderQuerySet, order_id: int, actor: Actor, event_of: Callable[..., dict[str, Any]], english: bool
) -> dict[str, Any]:
    order = orders.filter(pk=order_id).first()
    if order is None:
        raise NotFound()
    event = order.event
    legs = list(WorkOrder.objects.filter(event_id=event.pk))
    return {
        **order_row(order, event, now()),
        "event": event_of(event.pk, actor, english=english),
        "allowed_moves": moves_of_order(order, event, legs, actor, english=english),
    }


def order_counts(actor: Actor) -> dict[str, int]:
    """How many legs lie in each box: one statement."""
    counts = {box: Count("id", filter=condition) for box, condition in BOXES.items()}
    return WorkOrder.objects.visible_to(actor).aggregate(**counts)
