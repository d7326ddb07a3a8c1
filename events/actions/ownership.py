"""上报, 越级上报, 下派: another centre answers for the event. There is exactly one owner at any time.

What the former owner had sent out is called off; its clocks end with what they used, and the new owner's begin.
"""

from django.db import transaction

from accounts.models import OrgUnit
from core.actor import Actor
from events.actions import clocks
from events.actions.endings import leave
from events.actions.moving import Moving, begin
from events.models import Event
from events.moves import Clock, Move
from events.queries.catalogue import limit_of
from events.queries.centres import centre_to_go_up_to, lower_centre, refusal_to_go_up


@transaction.atomic
def escalate_up(*, event_id: int, actor: Actor, reason: str, version: int | None = None) -> Event:
    """上报 to the centre above. What was assigned down goes back to whoever assigned it, once."""
    moving = begin(event_id, Move.ESCALATE_UP, actor, version)
    return _hand_over(moving, _way_up(moving.event), reason)


@transaction.atomic
def skip_level(*, event_id: int, actor: Actor, reason: str, version: int | None = None) -> Event:
    """越级上报 past the centre above, by the duty chief."""
    moving = begin(event_id, Move.SKIP_LEVEL, actor, version)
    return _hand_over(moving, _way_up(moving.event, skipping=True), reason)


@transaction.atomic
def assign_down(*, event_id: int, actor: Actor, unit_id: int, reason: str, version: int | None = None) -> Event:
    """下派 to a centre below that answers for the place."""
    moving = begin(event_id, Move.ASSIGN_DOWN, actor, version)
    lower, former = lower_centre(unit_id, moving.event), moving.event.owner_unit
    return _hand_over(moving, lower, reason, assigned_from=former)


def _way_up(event: Event, *, skipping: bool = False) -> OrgUnit:
    refusal = refusal_to_go_up(event, skipping=skipping)
    if refusal is not None:
        raise refusal
    return centre_to_go_up_to(event, skipping=skipping)


def _hand_over(moving: Moving, owner: OrgUnit, reason: str, *, assigned_from: OrgUnit | None = None) -> Event:
    event, former = moving.event, moving.event.owner_unit
    if assigned_from is None and event.assigned_from_id is not None:
        event.hand_back_count += 1
    moving.apply()
    leave(moving, reason)
    clocks.stop_all(moving)
    event.owner_unit, event.assigned_from = owner, assigned_from
    event.lead_unit = event.taken_by = event.taken_at = None
    clocks.start(moving, (Clock.ACCEPT, limit_of(Clock.ACCEPT)))
    facts = {"from_unit": former.pk, "to_unit": owner.pk}
    return moving.finish(facts=facts, personal={"reason": reason, "note": f"{former.name} → {owner.name}"})
