"""Requests that have lost what they were about."""

from collections.abc import Iterable
from datetime import datetime

from core.actor import SYSTEM, Actor
from events.lifecycle import REQUEST
from events.live import publish_request, request_audience
from events.models import Event, Request, WorkOrder
from events.moves import RequestMove
from events.queries.requests import WITH_PEOPLE
from events.rules.requests import LADDERS
from events.signals import request_moved


def lapse_requests(
    event: Event, orders: Iterable[WorkOrder], *, actor: Actor, at: datetime, all_of_them: bool = False
) -> list[int]:
    """失效: open requests that do not stand in the state the event is in now, or are about a leg of `orders` that is
    over; their ids. `all_of_them` where the event has another owner: nobody there was asked. Whoever made the move,
    `actor`, is not told of what follows from it.

    Every move that changes the state, the owner or a leg comes here from `Moving.finish`, so no ending, merge,
    escalation or reopening has to think of it. The history row of that move names what lapsed.
    """
    lapsed = []
    over = {order.pk for order in orders if not order.is_open}
    requests = Request.objects.open().filter(event_id=event.pk).select_related(*WITH_PEOPLE)
    for request in requests.order_by("id").select_for_update(of=("self",)):
        stands = event.state in LADDERS[request.kind].stands_in and request.order_id not in over
        if all_of_them or not stands:
            REQUEST.apply(RequestMove.LAPSE, request, actor=SYSTEM)
            request.decided_at = at
            request.save()
            publish_request(request, event, RequestMove.LAPSE, before=request_audience(request, event))
            request_moved.send(sender=Request, request=request, event=event, move=RequestMove.LAPSE, actor=actor)
            lapsed.append(request.pk)
    return lapsed
