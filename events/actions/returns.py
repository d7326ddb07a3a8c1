"""The department gives an event back, and what the centre makes of it."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import OrgUnit
from accounts.roles import Role
from core.actor import Actor
from core.errors import NotFound
from events.actions import clocks
from events.actions.attachments import attach
from events.actions.endings import withdraw_legs, withdraw_open_tasks
from events.actions.handle import running
from events.actions.loading import write_order
from events.actions.moving import Moving, begin
from events.errors import ChiefDecidesReturn, ReturnedByThisUnit, ReturnNeedsBasis
from events.models import Attachment, Event
from events.moves import Clock, Move, OrderMove, PauseReason
from events.queries.catalogue import limit_of, number_of, sign_limit
from events.queries.units import unit_that_can_lead
from events.rules.limits import CHIEF_FROM_RETURN
from events.rules.returns import chief_decides


@transaction.atomic
def return_event(
    *,
    event_id: int,
    actor: Actor,
    reason: str,
    basis: str = "",
    attachment_ids: Collection[int] = (),
    proposed_unit_id: int | None = None,
    version: int | None = None,
    order_version: tuple[int, int] | None = None,
) -> Event:
    """回退: the lead department says that the event is not its own, with a photo or the rule in writing.

    The sign clock stops, the handling clock stands, and the dispatcher's runs. Co-handling legs stay as they are.
    """
    moving = begin(event_id, Move.RETURN, actor, version, order_version=order_version)
    order = moving.lead
    if order is None:
        raise NotFound()
    if not attachment_ids and not basis.strip():
        raise ReturnNeedsBasis()
    proposed = unit_that_can_lead(proposed_unit_id) if proposed_unit_id is not None else None
    moving.apply()
    moving.apply_to_leg(order, OrderMove.RETURN)
    photos = attach(attachment_ids, event=moving.event, purpose=Attachment.Purpose.BASIS, actor=actor)
    order.returned_at, order.return_reason, order.proposed_unit = moving.at, reason, proposed
    order.assignee = None
    clocks.show_none(order)
    moving.event.return_count += 1
    withdraw_open_tasks(moving, reason)
    clocks.stop(moving, [Clock.SIGN])
    clocks.pause(moving, Clock.HANDLING, reason=PauseReason.RETURNED)
    clocks.start(moving, (Clock.DISPATCH, limit_of(Clock.DISPATCH)))
    facts = {
        "unit": order.unit_id,
        "proposed_unit": proposed.pk if proposed else None,
        "return_count": moving.event.return_count,
        "attachment_ids": [photo.pk for photo in photos],
    }
    return moving.finish(facts=facts, personal={"reason": reason, "note": basis})


@transaction.atomic
def refuse_return(*, event_id: int, actor: Actor, reason: str, version: int | None = None) -> Event:
    """驳回回退: the same department has to sign again. The time its return took counts as handling time.

    UnknownUnit where that department works no more: it is dispatched elsewhere.
    """
    moving = begin(event_id, Move.REFUSE_RETURN, actor, version)
    _require_chief(moving)
    order, event = moving.returned_lead, moving.event
    if order is None:
        raise NotFound()
    event.lead_unit = unit_that_can_lead(order.unit_id)
    moving.apply()
    moving.apply_to_leg(order, OrderMove.REISSUE)
    order.signed_at = order.signed_by = None
    clocks.stop(moving, [Clock.DISPATCH])
    clocks.take_back_pause(moving, Clock.HANDLING)
    handling = running(moving, Clock.HANDLING)
    limit = handling.first_limit if handling is not None else limit_of(Clock.HANDLING)
    (sign,) = clocks.start(moving, (Clock.SIGN, sign_limit(limit)), unit_id=order.unit_id)
    clocks.show(order, sign)
    return moving.finish(facts={"unit": order.unit_id}, personal={"reason": reason})


def close_returned(moving: Moving, unit: OrgUnit) -> None:
    """Before a returned event is dispatched to `unit`: the former lead and its co-handling departments are out of it,
    and the handling time of the former lead is not judged.

    Raises ChiefDecidesReturn, and ReturnedByThisUnit where it would go back to whom it came from.
    """
    _require_chief(moving)
    returned = moving.returned_lead
    if returned is not None and returned.unit_id == unit.pk:
        raise ReturnedByThisUnit(unit=unit.name)
    withdraw_legs(moving)
    for order in moving.legs:
        if order.pk in moving.touched:
            write_order(order)  # before the new legs: a department has one open leg
    clocks.withdraw(moving, [Clock.HANDLING])


def _require_chief(moving: Moving) -> None:
    """From the second return on it is the duty chief's to decide, and history says so."""
    if not chief_decides(moving.event.return_count, chief_from=number_of(CHIEF_FROM_RETURN)):
        return
    if Role.DUTY_CHIEF not in moving.roles:
        raise ChiefDecidesReturn(count=moving.event.return_count)
    moving.roles = moving.roles - {Role.DISPATCHER}
