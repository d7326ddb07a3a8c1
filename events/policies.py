"""Which of an actor's roles count for an event."""

from collections.abc import Collection, Iterable

from accounts.queries.units import staff_of, with_units_below
from accounts.roles import DEPARTMENT_ROLES, Role
from accounts.scope import area_grants, covers, unit_ids
from core.actor import SYSTEM_ROLE, Actor
from core.prepared import prepared
from dispatch.models import Responder
from events.lifecycle import ASSIGNEE, CITIZEN, CO_HANDLER, OWNER_OF_LEG
from events.models import Event, Reminder, WorkOrder

SEATS = frozenset({Role.ACCEPTOR, Role.DISPATCHER, Role.DUTY_CHIEF})
"""Seats of one centre: they act on the events that centre owns."""

_BELONGS = prepared(
    "WITH RECURSIVE below(id) AS (SELECT unnest($2) UNION "
    "SELECT unit.id FROM accounts_org_unit unit JOIN below ON unit.parent_id = below.id) "
    "SELECT 1 FROM accounts_grant WHERE user_id = $1 AND unit_id IN (SELECT id FROM below) "
    f"AND role IN ({', '.join(repr(str(role)) for role in sorted(DEPARTMENT_ROLES))}) "
    "UNION ALL SELECT 1 FROM dispatch_responder WHERE user_id = $1 AND unit_id IN (SELECT id FROM below) LIMIT 1",
    count=2,
    types=("bigint", "bigint[]"),
)
"""Every check asks whether the checker belongs to one of these units or to what is below them."""


def roles_over_event(
    actor: Actor, event: Event, orders: Iterable[WorkOrder] = (), holders: Collection[int | None] = ()
) -> frozenset[str]:
    """The roles in which the actor may act on the event.

    A seat counts at the owning centre only; the departments that hold a leg of this run count through their desks and
    handlers; who holds the event's task, or belongs to the office that was asked to verify, counts as its assignee.
    """
    if actor.is_system:
        return frozenset({SYSTEM_ROLE})
    if actor.is_citizen:
        return frozenset({CITIZEN})
    roles = {
        grant.role
        for grant in area_grants(actor)
        if covers(grant.area_path, event.area_path)
        and (grant.role not in SEATS or grant.unit_id in (None, event.owner_unit_id))
    }
    units = unit_ids(actor)
    for order in orders:
        if order.is_held and order.unit_id in units and order.run == event.run:
            roles.add(OWNER_OF_LEG if order.role == WorkOrder.Role.LEAD else CO_HANDLER)
    asked = {grant.unit_id for grant in actor.grants if grant.unit_id is not None}
    if actor.user_id in holders or (event.asked_unit_id is not None and event.asked_unit_id in asked):
        roles.add(ASSIGNEE)
    return frozenset(roles)


def handler_ids(orders: Iterable[WorkOrder]) -> frozenset[int]:
    """The people who signed or finished a leg of the event."""
    return frozenset(
        user_id for order in orders for user_id in (order.signed_by_id, order.done_by_id) if user_id is not None
    )


def handling_units(orders: Iterable[WorkOrder]) -> frozenset[int]:
    """The departments that hold or held a leg to the end, with their teams."""
    return with_units_below({order.unit_id for order in orders if order.is_held})


def conflicted_ids(orders: Collection[WorkOrder]) -> frozenset[int]:
    """Everybody who may not check the result: who handled it, and who belongs to a department that did, by post or as
    one of its responders.
    """
    units = handling_units(orders)
    responders = Responder.objects.filter(unit_id__in=units, user__isnull=False)
    return handler_ids(orders) | staff_of(units) | frozenset(responders.values_list("user_id", flat=True))


def is_handler(actor: Actor, orders: Collection[WorkOrder]) -> bool:
    """Did the actor handle it, or does the actor belong to a department that did, by post or as its responder?"""
    if actor.user_id is None:
        return False
    units = sorted({order.unit_id for order in orders if order.is_held})
    if actor.user_id in handler_ids(orders):
        return True
    return bool(units) and _BELONGS.fetch_one([actor.user_id, units]) is not None


def is_addressed(actor: Actor, reminder: Reminder) -> bool:
    """Does the actor act for the unit that has to reply: at its desk, as its handler, or at a seat of the centre?"""
    return reminder.unit_id in unit_ids(actor) | unit_ids(actor, SEATS)


def blocking(legs: Iterable[WorkOrder]) -> list[WorkOrder]:
    """Mandatory co-handling legs that hold the finish: open ones, and returned ones that nobody replaced or waived."""
    return [
        leg
        for leg in legs
        if leg.role == WorkOrder.Role.CO and leg.is_mandatory and (leg.is_open or leg.state == "returned")
    ]


def own_legs(actor: Actor, event: Event, orders: Iterable[WorkOrder]) -> list[WorkOrder]:
    """The legs of the present run that the actor's departments were given."""
    units = unit_ids(actor)
    return [leg for leg in orders if leg.run == event.run and leg.unit_id in units]


def legs_in_hand(actor: Actor, event: Event, orders: Iterable[WorkOrder]) -> list[WorkOrder]:
    """The co-handling legs that the actor's departments have signed for and not done yet."""
    return [leg for leg in own_legs(actor, event, orders) if leg.role == WorkOrder.Role.CO and leg.is_in_hand]
