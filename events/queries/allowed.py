"""The buttons: which moves a person may make now."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from accounts.roles import Role
from accounts.scope import roles_over
from core.actor import Actor
from core.clock import now
from core.errors import MoveNotAvailable
from core.lifecycle import Lifecycle, Transition
from events.errors import CheckerIsHandler, ChiefDecidesReturn, LegsStillOpen
from events.lifecycle import ALERT, ASSIGNEE, CO_HANDLER, EVENT, OUT_OF_SERVICE, OWNER_OF_LEG, WORK_ORDER
from events.models import Alert, CheckMode, Event, OutOfService, Reminder, Request, WorkOrder
from events.moves import (
    BY_REQUEST,
    BY_TASK,
    CO_MOVES,
    IN_THE_BOOK,
    LEAD_MOVES,
    WITH_THE_FORCES,
    AlertMove,
    Move,
)
from events.policies import blocking, is_addressed, is_handler, legs_in_hand, own_legs, roles_over_event
from events.queries.asking import refusal_to_ask
from events.queries.catalogue import number_of
from events.queries.centres import refusal_to_go_up
from events.rules.limits import CHIEF_FROM_RETURN
from events.rules.requests import KIND_OF, LEG_EXTENSION
from events.rules.returns import chief_decides

ELSEWHERE = BY_TASK | BY_REQUEST | WITH_THE_FORCES | IN_THE_BOOK
"""Moves that are no button of the event."""
VERDICTS = (Move.CHECK_PASS, Move.CHECK_FAIL)
OF_LEGS = frozenset({*LEAD_MOVES.values(), *CO_MOVES.values()})
"""Moves that a department makes with its own leg."""
CITIZEN_MOVES = frozenset({Move.CONTACT_REPORTER, Move.ANSWER_REPORTER, Move.CALL_BACK})
UPWARDS = (Move.ESCALATE_UP, Move.SKIP_LEVEL)
RETURN_DECISIONS = (Move.DISPATCH, Move.REFUSE_RETURN)


def _button(row: Transition, refusal_code: str | None, english: bool) -> dict[str, Any]:
    return {
        "move": row.move,
        "label": row.en if english else row.zh,
        "needs": list(row.needs),
        "available": refusal_code is None,
        "refusal_code": refusal_code,
    }


def _rows(lifecycle: Lifecycle, state: str, roles: Collection[str]) -> list[Transition]:
    return [row for row in lifecycle.rows_from(state) if not row.roles.isdisjoint(roles)]


def moves_of_event(
    event: Event,
    orders: Collection[WorkOrder],
    holders: Collection[int | None],
    actor: Actor,
    *,
    reminders: Collection[Reminder] = (),
    requests: Collection[Request] = (),
    english: bool = False,
) -> list[dict[str, Any]]:
    """Moves the actor's roles allow in this state, those that would be refused marked with the code of the refusal.

    A reply is offered where one of the `reminders` waits for it; what only a request leads to stands with the request.
    """
    roles = roles_over_event(actor, event, orders, holders)
    is_asked = any(one.settled_at is None and is_addressed(actor, one) for one in reminders)
    buttons = []
    for row in _rows(EVENT, event.state, roles):
        if row.move == Move.REPLY and not is_asked:
            continue
        if row.move in ELSEWHERE or _has_no_object(row, event, orders, actor):
            continue
        if row.move in VERDICTS and event.check_mode == CheckMode.ON_SITE and ASSIGNEE not in roles:
            continue
        refusal = None if row.available else MoveNotAvailable.code
        if row.move in VERDICTS and is_handler(actor, orders):
            refusal = CheckerIsHandler.code
        if row.move == Move.FINISH and _is_held_up(event, orders):
            refusal = LegsStillOpen.code
        if row.move in UPWARDS and (upwards := refusal_to_go_up(event, skipping=row.move == Move.SKIP_LEVEL)):
            refusal = upwards.code
        if event.state == "returned" and row.move in RETURN_DECISIONS and _is_for_another(event, roles):
            refusal = ChiefDecidesReturn.code
        if row.move == Move.ASK_LEG_EXTENSION:
            refusal = _refusal_for_every_leg(legs_in_hand(actor, event, orders), event, requests)
        elif row.move in KIND_OF and (reason := refusal_to_ask(KIND_OF[row.move], event, requests, now())):
            refusal = reason.code
        buttons.append(_button(row, refusal, english))
    return buttons


def _is_for_another(event: Event, roles: Collection[str]) -> bool:
    return chief_decides(event.return_count, chief_from=number_of(CHIEF_FROM_RETURN)) and Role.DUTY_CHIEF not in roles


def _refusal_for_every_leg(legs: Iterable[WorkOrder], event: Event, requests: Collection[Request]) -> str | None:
    """Who holds several legs may ask for one of them where another has to wait."""
    refusals = [refusal_to_ask(LEG_EXTENSION, event, requests, now(), leg) for leg in legs]
    return None if None in refusals else next((refusal.code for refusal in refusals if refusal), None)


def _is_held_up(event: Event, orders: Iterable[WorkOrder]) -> bool:
    return bool(blocking(leg for leg in orders if leg.run == event.run))


def _has_no_object(row: Transition, event: Event, orders: Collection[WorkOrder], actor: Actor) -> bool:
    """Possible in this state, but nothing of this event is there to do it with."""
    if row.move == Move.SELF_HANDLE:
        return not event.type.allows_self_handling
    if row.move in CITIZEN_MOVES:
        return not event.is_from_citizen
    if row.move == Move.ASK_LEG_EXTENSION:
        return not legs_in_hand(actor, event, orders)
    if row.move == Move.WAIVE_LEG:
        legs = [leg for leg in orders if leg.run == event.run]
    elif row.move in OF_LEGS:
        legs = own_legs(actor, event, orders)
    else:
        return False
    return not any(move == row.move for leg in legs for _, move in _leg_moves(leg))


def _leg_moves(leg: WorkOrder) -> list[tuple[Transition, str]]:
    """What a leg may do in its state, with the event's move that it is."""
    moves = LEAD_MOVES if leg.role == WorkOrder.Role.LEAD else CO_MOVES
    return [(row, moves[row.move]) for row in WORK_ORDER.rows_from(leg.state) if row.move in moves]


def moves_of_order(
    order: WorkOrder, event: Event, orders: Collection[WorkOrder], actor: Actor, *, english: bool = False
) -> list[dict[str, Any]]:
    """What the actor may do with one leg, lead or co-handling, while its event allows it."""
    roles = roles_over_event(actor, event, orders)
    if order not in own_legs(actor, event, orders):
        roles -= {CO_HANDLER} if order.role == WorkOrder.Role.CO else {OWNER_OF_LEG, CO_HANDLER}
    possible = {row.move: row for row in EVENT.rows_from(event.state) if not row.roles.isdisjoint(roles)}
    buttons = []
    for row, move in _leg_moves(order):
        of_event = possible.get(move)
        if of_event is None or row.roles.isdisjoint(roles) or order.run != event.run:
            continue
        refusal = None if of_event.available else MoveNotAvailable.code
        if move == Move.FINISH and _is_held_up(event, orders):
            refusal = LegsStillOpen.code
        buttons.append(_button(replace(row, needs=of_event.needs), refusal, english))
    return buttons


def moves_of_alert(alert: Alert, actor: Actor, *, english: bool = False) -> list[dict[str, Any]]:
    """What is marked already is not offered again: seen, or put aside."""
    pointless = {AlertMove.UNSHELVE if alert.shelved_until is None else AlertMove.SHELVE}
    if alert.acknowledged_at is not None:
        pointless.add(AlertMove.ACKNOWLEDGE)
    rows = _rows(ALERT, alert.state, roles_over(actor, alert.area_path))
    return [_button(row, None, english) for row in rows if row.move not in pointless]


def moves_of_out_of_service(out: OutOfService, actor: Actor, *, english: bool = False) -> list[dict[str, Any]]:
    rows = _rows(OUT_OF_SERVICE, out.state, roles_over(actor, out.area_path))
    return [_button(row, None, english) for row in rows]
