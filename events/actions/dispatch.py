"""The dispatcher's desk: sending an event to its lead department."""

from django.db import transaction

from core.actor import Actor
from events.actions import clocks
from events.actions.moving import begin
from events.actions.returns import close_returned
from events.lifecycle import NEW, WORK_ORDER
from events.models import Event, WorkOrder
from events.moves import Clock, Move, OrderMove
from events.queries.catalogue import limit_of, sign_limit
from events.queries.units import unit_that_can_lead


@transaction.atomic
def dispatch_event(*, event_id: int, actor: Actor, unit_id: int, version: int | None = None, note: str = "") -> Event:
    """派遣 to exactly one lead department. Its handling clock runs from now, beside the clock for signing."""
    moving = begin(event_id, Move.DISPATCH, actor, version)
    event = moving.event
    unit = unit_that_can_lead(unit_id)
    if event.state == "returned":
        close_returned(moving, unit)
    event.lead_unit = unit
    moving.apply()
    clocks.stop(moving, [Clock.DISPATCH])
    handling = event.condition.limit if event.condition else limit_of(Clock.HANDLING)
    sign, _handling = clocks.start(moving, (Clock.SIGN, sign_limit(handling)), (Clock.HANDLING, handling))
    order = WorkOrder(
        event=event,
        unit=unit,
        state=NEW,
        version=0,
        note=note,
        issued_at=moving.at,
        issued_by_id=actor.user_id,
        area_path=event.area_path,
        area_label=event.area_label,
        street_path=event.street_path,
        district_id=event.district_id,
        street_id=event.street_id,
        community_id=event.community_id,
        grid_id=event.grid_id,
        point=event.point,
    )
    WORK_ORDER.apply(OrderMove.ISSUE, order, actor=actor, roles=moving.roles)
    clocks.show(order, sign)
    order.save(force_insert=True)
    moving.orders.append(order)
    moving.touched[order.pk] = OrderMove.ISSUE
    moving.orders_before[order.pk] = frozenset()
    return moving.finish(facts={"unit": unit.pk}, personal={"note": note})
