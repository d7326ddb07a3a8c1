"""The legs of an event: how they are opened, whose they are, and what becomes of their clocks and teams.

The lead's leg runs under the clocks of the event. A co-handling leg has its own, from the moment it is issued.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from accounts.models import OrgUnit
from accounts.scope import unit_ids
from core.actor import SYSTEM, Actor
from core.deadlines import actions as deadlines
from core.deadlines.arithmetic import Limit, LimitType
from core.errors import Forbidden, NotFound
from core.insert import insert, together
from core.models import Deadline, DeadlineState
from dispatch.actions.tasks import prolong_tasks, withdraw_tasks
from events.actions import clocks
from events.actions.moving import Moving
from events.errors import CoHandlerIsLead, DepartmentHasLeg, LegNotReturned, TooManyLegs
from events.lifecycle import CO_HANDLER, NAMES, NEW, OWNER_OF_LEG, WORK_ORDER
from events.models import Event, WorkOrder
from events.models.event import SUBJECT_KIND
from events.models.work_order import ORDER_KIND
from events.moves import Clock, OrderMove
from events.queries.catalogue import limit_of, number_of, sign_limit
from events.queries.units import unit_that_can_lead
from events.rules.limits import MOST_CO_LEGS
from events.scenario_form import STREET_OFFICE


def issue_lead(moving: Moving, unit: OrgUnit, *, note: str, sign: Deadline, by: Actor | None = None) -> WorkOrder:
    """The lead's leg; `sign` is the event's clock that it shows."""
    order = _new_leg(moving, unit, WorkOrder.Role.LEAD, note, mandatory=True, by=by)
    clocks.show(order, sign)
    return _issued(moving, order)


def issue_co_leg(
    moving: Moving, unit_id: int, *, mandatory: bool = True, note: str = "", by: Actor | None = None
) -> WorkOrder:
    """One more department co-handles; its clocks for signing and handling run from now.

    Raises UnknownUnit, CoHandlerIsLead, DepartmentHasLeg, TooManyLegs.
    """
    unit = unit_that_can_lead(unit_id)
    _require_room(moving, unit)
    order = _new_leg(moving, unit, WorkOrder.Role.CO, note, mandatory=mandatory, by=by)
    handling = handling_limit(moving.event, unit)
    started = [
        deadlines.planned(
            subject_kind=ORDER_KIND, clock=clocks.new(kind, limit, unit.pk), at=moving.at, district_id=order.district_id
        )
        for kind, limit in ((Clock.SIGN, sign_limit(handling)), (Clock.HANDLING, handling))
    ]
    clocks.show(order, started[0])
    _issued(moving, order)
    with together():
        for clock in started:
            deadlines.start_planned(clock, subject_id=order.pk)
    return order


def issue_co_legs(moving: Moving, co_units: Iterable[Mapping[str, Any]]) -> list[WorkOrder]:
    """One click for a whole "one thing" 一件事: a leg for each department that is named."""
    return [
        issue_co_leg(moving, named["unit_id"], mandatory=named.get("mandatory", True), note=named.get("note", ""))
        for named in co_units
    ]


def handling_limit(event: Event, unit: OrgUnit) -> Limit:
    """What the scenario gives this department, else the limit of the condition."""
    pack = event.scenario.definition if event.scenario else {}
    for entry in pack.get("co_handling", ()):
        limit = entry.get("limit")
        if limit and _names(entry["unit"], unit):
            return (
                Limit.minutes(limit["minutes"])
                if limit.get("minutes")
                else Limit(LimitType(limit["type"]), Decimal(str(limit["amount"])))
            )
    return event.condition.limit if event.condition else limit_of(Clock.HANDLING)


def _names(code: str, unit: OrgUnit) -> bool:
    if code.startswith(STREET_OFFICE):
        return unit.code.startswith(code.removeprefix(STREET_OFFICE) + "-")
    return code == unit.code


def _require_room(moving: Moving, unit: OrgUnit) -> None:
    if unit.pk == moving.event.lead_unit_id:
        raise CoHandlerIsLead(unit=unit.name)
    if any(leg.is_open and leg.unit_id == unit.pk for leg in moving.co_legs):
        raise DepartmentHasLeg(unit=unit.name)
    most = most_co_legs(moving.event)
    if sum(leg.is_held for leg in moving.co_legs) >= most:
        raise TooManyLegs(most=most)


def most_co_legs(event: Event) -> int:
    """A "one thing" may have a leg for every department its scenario names."""
    pack = event.scenario.definition if event.scenario else {}
    return max(number_of(MOST_CO_LEGS), len(pack.get("co_handling", ())))


def _new_leg(moving: Moving, unit: OrgUnit, role: str, note: str, *, mandatory: bool, by: Actor | None) -> WorkOrder:
    event = moving.event
    order = WorkOrder(
        event=event,
        unit=unit,
        role=role,
        is_mandatory=mandatory,
        state=NEW,
        version=0,
        run=event.run,
        note=note,
        issued_at=moving.at,
        issued_by_id=moving.actor.user_id,
        area_path=event.area_path,
        area_label=event.area_label,
        street_path=event.street_path,
        district_id=event.district_id,
        street_id=event.street_id,
        community_id=event.community_id,
        grid_id=event.grid_id,
        point=event.point,
    )
    WORK_ORDER.apply(OrderMove.ISSUE, order, actor=by or moving.actor, roles=moving.roles)
    return order


def _issued(moving: Moving, order: WorkOrder) -> WorkOrder:
    insert(order, at_once=True)
    moving.orders.append(order)
    moving.touched[order.pk] = OrderMove.ISSUE
    moving.orders_before[order.pk] = frozenset()
    return order


def told_of(order: WorkOrder) -> dict[str, Any]:
    """What history keeps of the leg that a move was about."""
    return {"order": order.pk, "unit": order.unit_id, "unit_name": order.unit.name}


def own_leg(moving: Moving, order_id: int | None, *, co_only: bool = False) -> WorkOrder:
    """The leg that the actor's department moves: the one named, else the department's open one.

    NotFound where the event has no such leg, Forbidden where it is another department's.
    """
    legs = moving.co_legs if co_only else moving.legs
    named = [leg for leg in legs if order_id is None or leg.pk == order_id]
    if not named:
        raise NotFound()
    mine = [leg for leg in named if leg.unit_id in unit_ids(moving.actor)]
    if not mine:
        raise Forbidden(roles=NAMES[CO_HANDLER if co_only else OWNER_OF_LEG])
    return min(mine, key=lambda leg: (not leg.is_open, -leg.pk))


def leg_clock(order: WorkOrder, kind: str) -> Deadline | None:
    """The running clock of a leg: its own, or the event's where it is the lead's."""
    of_event = order.role == WorkOrder.Role.LEAD
    subject = (SUBJECT_KIND, order.event_id) if of_event else (ORDER_KIND, order.pk)
    running = Deadline.objects.filter(state=DeadlineState.RUNNING, kind=kind)
    return running.filter(subject_kind=subject[0], subject_id=subject[1]).first()


def end_leg(moving: Moving, order: WorkOrder, reason: str, *, judged: bool) -> None:
    """A co-handling leg is over: its team is called off and its clocks stop, judged or not."""
    withdraw_team(moving, order, reason)
    clocks.show_none(order)
    stop = deadlines.stop_all if judged else deadlines.withdraw
    stop(subject=clocks.leg_subject(order), at=moving.at)


def withdraw_optional_legs(moving: Moving, reason: str) -> None:
    """The lead is done: who was only asked to help need not come any more."""
    for order in moving.co_legs:
        if order.is_open and not order.is_mandatory:
            WORK_ORDER.apply(OrderMove.WITHDRAW, order, actor=SYSTEM)
            moving.touched[order.pk] = OrderMove.WITHDRAW
            end_leg(moving, order, reason, judged=False)


def withdraw_team(moving: Moving, order: WorkOrder, reason: str) -> None:
    """Whoever of the department was given the leg need not go any more."""
    if not moving.holders:
        return
    withdraw_tasks(
        subject_kind=SUBJECT_KIND,
        subject_id=moving.event.pk,
        actor=moving.actor,
        reason=reason,
        kinds=["handle"],
        payload={"order": order.pk},
    )


def prolong_team(moving: Moving, order: WorkOrder, until: datetime) -> None:
    """Whoever of the department was given the leg has the time that the leg was given."""
    if not moving.holders:
        return
    prolong_tasks(
        subject_kind=SUBJECT_KIND,
        subject_id=moving.event.pk,
        actor=moving.actor,
        until=until,
        kinds=["handle"],
        payload={"order": order.pk},
    )


def replace_returned(moving: Moving, unit_id: int, replaces_id: int | None) -> WorkOrder | None:
    """Close the returned leg that the new one stands in for: the one named, else that of the same department.

    It, or None where nothing is replaced. LegNotReturned where the one named did not come back.
    """
    returned = [leg for leg in moving.co_legs if leg.state == "returned"]
    found = next((leg for leg in returned if (leg.pk == replaces_id if replaces_id else leg.unit_id == unit_id)), None)
    if found is None:
        if replaces_id is not None:
            raise LegNotReturned()
        return None
    WORK_ORDER.apply(OrderMove.WITHDRAW, found, actor=SYSTEM)
    moving.touched[found.pk] = OrderMove.WITHDRAW
    return found
