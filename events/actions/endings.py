"""What an ending takes with it: open legs, tasks and clocks, in the same transaction."""

from core.actor import SYSTEM
from core.deadlines import actions as deadlines
from core.models import Deadline
from dispatch.actions.tasks import withdraw_tasks
from events.actions import clocks
from events.actions.moving import Moving
from events.actions.promises import settle_promises
from events.lifecycle import WORK_ORDER
from events.models import WorkOrder
from events.models.event import SUBJECT_KIND
from events.moves import OrderMove


def withdraw_legs(moving: Moving, *, with_returned: bool = True) -> None:
    """Departments that still hold an open leg are told that it is called off; a returned one is closed for good."""
    for order in moving.legs:
        if order.is_open or (with_returned and order.state == "returned"):
            WORK_ORDER.apply(OrderMove.WITHDRAW, order, actor=SYSTEM)
            clocks.show_none(order)
            moving.touched[order.pk] = OrderMove.WITHDRAW
            if order.role == WorkOrder.Role.CO:
                deadlines.withdraw(subject=clocks.leg_subject(order), at=moving.at)


def send_back(moving: Moving, order: WorkOrder, handling: Deadline | None) -> None:
    """The check failed: the leg is the department's again, under the handling clock that runs on."""
    WORK_ORDER.apply(OrderMove.REWORK, order, actor=SYSTEM)
    moving.touched[order.pk] = OrderMove.REWORK
    order.is_rework, order.done_at, order.assignee = True, None, None
    if handling is not None:
        clocks.show(order, handling)


def withdraw_open_tasks(moving: Moving, reason: str) -> None:
    """Nobody is out for the event any more; a leg that was with a team is the department's again."""
    if moving.holders:
        withdraw_tasks(subject_kind=SUBJECT_KIND, subject_id=moving.event.pk, actor=moving.actor, reason=reason)
    for order in moving.legs:
        if order.state == "assigned":
            WORK_ORDER.apply(OrderMove.GIVE_BACK, order, actor=SYSTEM)
            order.assignee = None
            moving.touched[order.pk] = OrderMove.GIVE_BACK


def leave(moving: Moving, reason: str, *, with_returned: bool = True) -> None:
    """The event ends, joins another or goes to another centre: no leg and no task of it stays open."""
    withdraw_legs(moving, with_returned=with_returned)
    withdraw_open_tasks(moving, reason)
    moving.event.asked_unit = None


def call_off(moving: Moving, reason: str) -> None:
    """The event has ended: no leg, task or clock of it stays open. Its open requests lapse when the move is finished,
    as with every move that leaves a state or a centre (`lapse.lapse_requests`).
    """
    leave(moving, reason)
    clocks.withdraw(moving)
    settle_promises(moving)
    clocks.show_none(moving.event)
    moving.event.ended_at, moving.event.suspended_until = moving.at, None
