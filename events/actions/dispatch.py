"""The dispatcher's desk: sending an event to its lead department."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from core.actor import Actor
from events.actions import clocks
from events.actions.legs import issue_co_legs, issue_lead
from events.actions.moving import begin
from events.actions.returns import close_returned
from events.models import Event
from events.moves import Clock, Move
from events.queries.catalogue import limit_of, sign_limit
from events.queries.units import unit_that_can_lead


@transaction.atomic
def dispatch_event(
    *,
    event_id: int,
    actor: Actor,
    unit_id: int,
    co_units: Collection[Mapping[str, Any]] = (),
    version: int | None = None,
    note: str = "",
) -> Event:
    """派遣 to exactly one lead department. Its handling clock runs from now, beside the clock for signing.

    `co_units` are the departments that help from the start, {unit_id, mandatory, note} each, with a leg of their own.
    """
    moving = begin(event_id, Move.DISPATCH, actor, version)
    event = moving.event
    unit = unit_that_can_lead(unit_id)
    if event.state == "returned":
        close_returned(moving, unit)
    event.lead_unit = unit
    moving.apply()
    clocks.stop(moving, [Clock.DISPATCH])
    handling = event.condition.limit if event.condition else limit_of(Clock.HANDLING)
    both = (Clock.SIGN, sign_limit(handling)), (Clock.HANDLING, handling)
    sign, _handling = clocks.start(moving, *both, unit_id=unit.pk)
    issue_lead(moving, unit, note=note, sign=sign)
    helping = issue_co_legs(moving, co_units)
    names = [unit.name, *(order.unit.name for order in helping)]
    facts = {
        "unit": unit.pk,
        "co_units": [order.unit_id for order in helping],
        "unit_name": "、".join(names),
    }
    return moving.finish(facts=facts, personal={"note": note})
