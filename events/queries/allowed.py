"""The buttons: which moves a person may make now."""

from collections.abc import Collection
from typing import Any

from accounts.roles import Role
from accounts.scope import roles_over
from core.actor import Actor
from core.errors import MoveNotAvailable
from core.lifecycle import Lifecycle, Transition
from events.errors import CheckerIsHandler, ChiefDecidesReturn
from events.lifecycle import ALERT, ASSIGNEE, EVENT, WORK_ORDER
from events.models import Alert, CheckMode, Event, WorkOrder
from events.moves import Move, OrderMove
from events.policies import is_handler, roles_over_event
from events.rules.returns import chief_decides

VERDICTS = (Move.CHECK_PASS, Move.CHECK_FAIL)
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
    english: bool = False,
) -> list[dict[str, Any]]:
    """Moves the actor's roles allow in this state, those that would be refused marked with the code of the refusal."""
    roles = roles_over_event(actor, event, orders, holders)
    buttons = []
    for row in _rows(EVENT, event.state, roles):
        if row.move in VERDICTS and event.check_mode == CheckMode.ON_SITE and ASSIGNEE not in roles:
            continue
        refusal = None if row.available else MoveNotAvailable.code
        if row.move in VERDICTS and is_handler(actor, orders):
            refusal = CheckerIsHandler.code
        if event.state == "returned" and row.move in RETURN_DECISIONS and _is_for_another(event, roles):
            refusal = ChiefDecidesReturn.code
        buttons.append(_button(row, refusal, english))
    return buttons


def _is_for_another(event: Event, roles: Collection[str]) -> bool:
    return chief_decides(event.return_count) and Role.DUTY_CHIEF not in roles


def moves_of_order(
    order: WorkOrder, event: Event, orders: Collection[WorkOrder], actor: Actor, *, english: bool = False
) -> list[dict[str, Any]]:
    """Signing and finishing of a lead leg; the other legs only feed the guard of finishing."""
    roles = roles_over_event(actor, event, orders) if order.role == WorkOrder.Role.LEAD else frozenset()
    moves = (OrderMove.SIGN, OrderMove.FINISH, OrderMove.RETURN)
    return [
        _button(row, None if row.available else MoveNotAvailable.code, english)
        for row in _rows(WORK_ORDER, order.state, roles)
        if row.move in moves
    ]


def moves_of_alert(alert: Alert, actor: Actor, *, english: bool = False) -> list[dict[str, Any]]:
    return [_button(row, None, english) for row in _rows(ALERT, alert.state, roles_over(actor, alert.area_path))]
