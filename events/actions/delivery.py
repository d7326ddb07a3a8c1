"""A leg has reached its department: told to whoever sent it, and nothing else depends on it."""

from django.db import transaction

from accounts.scope import unit_ids
from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from events.live import order_audience, publish_order
from events.models import Event, WorkOrder


@transaction.atomic
def see_order(*, order_id: int, actor: Actor) -> WorkOrder:
    """送达: the department has the leg in front of it, seen for the first time. Others looking at it deliver nothing.

    A mark, as the desk's ticks show it: neither a move nor a version, so nobody's click becomes stale by it.
    """
    order = WorkOrder.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=order_id).first()
    if order is None:
        raise NotFound()
    if order.seen_at is not None or not order.is_open or order.unit_id not in unit_ids(actor):
        return order
    order.seen_at = now()
    order.save(update_fields=["seen_at"])
    event = Event.objects.select_related("type").get(pk=order.event_id)
    publish_order(order, event, "seen", before=order_audience(order), at=order.seen_at)
    return order
