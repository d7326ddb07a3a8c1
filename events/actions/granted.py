"""What an event does when a request about it is granted, in the same transaction."""

from collections.abc import Callable

from events.actions import clocks
from events.actions.endings import call_off, withdraw_open_tasks
from events.actions.legs import prolong_team
from events.actions.moving import Moving
from events.actions.suspension import beginning_of
from events.models import Request
from events.models.event import Ending
from events.moves import Clock, PauseReason
from events.queries.asking import refusal_to_extend, refusal_to_extend_leg, refusal_to_suspend
from events.queries.catalogue import limit_of
from events.queries.requests import requests_of
from events.rules.requests import APPEAL, CANCEL, EXTENSION, FORCE_CLOSE, LEG_EXTENSION, SUSPENSION


def _extend(moving: Moving, request: Request) -> None:
    """延期: the handling clock gets its first limit once more. Raises ExtensionOverdue, ExtensionsUsedUp."""
    refusal = refusal_to_extend(moving.event, moving.at)
    if refusal is not None:
        raise refusal
    moving.apply()
    moving.event.extension_count += 1
    clock = clocks.extend(moving, Clock.HANDLING, reason=request.kind)
    if clock is not None and moving.lead is not None:
        prolong_team(moving, moving.lead, clock.due_at)


def _extend_leg(moving: Moving, request: Request) -> None:
    """协办延期: the helper's own handling clock gets its first limit once more. Raises LegNotInHand, ExtensionOverdue,
    LegExtensionsUsedUp.
    """
    leg = next((order for order in moving.co_legs if order.pk == request.order_id), None)
    earlier = [other for other in requests_of(moving.event.pk) if other.pk != request.pk]
    refusal = refusal_to_extend_leg(leg, earlier, moving.at)
    if refusal is not None:
        raise refusal
    moving.apply()
    if leg is not None and (clock := clocks.extend_leg(moving, leg, reason=request.kind)) is not None:
        prolong_team(moving, leg, clock.due_at)


def _suspend(moving: Moving, request: Request) -> None:
    """挂账: the handling clock stands until the day that was asked for, and the boards show that day."""
    event, until = moving.event, request.until
    if until is None:
        raise ValueError(f"{request} has no end")
    refusal = refusal_to_suspend(event, until, moving.at)
    if refusal is not None:
        raise refusal
    moving.apply()
    event.suspended_until = until
    event.suspension_count += 1
    withdraw_open_tasks(moving, "案件挂账")
    clocks.pause(moving, Clock.HANDLING, reason=PauseReason.SUSPENDED)
    clocks.show_rest(event, beginning_of(until))
    for order in moving.legs:
        if order.is_open:
            clocks.show_rest(order, beginning_of(until))


def _cancel(moving: Moving, request: Request) -> None:
    """作废: final."""
    moving.apply()
    call_off(moving, request.reason)


def _force_close(moving: Moving, request: Request) -> None:
    """强制结案: nobody handles it any more; it is evaluated like any other."""
    moving.apply()
    moving.event.ending = Ending.FORCED
    call_off(moving, request.reason)
    if moving.event.has_citizen:
        clocks.start_rating(moving, limit_of(Clock.RATING))


def _uphold(moving: Moving, request: Request) -> None:
    """申诉成立: this run of the event does not count in the assessment. What happened stays as it was written."""
    moving.apply(target=moving.event.state)
    moving.event.is_exempt = True


GRANTED: dict[str, Callable[[Moving, Request], None]] = {
    EXTENSION: _extend,
    LEG_EXTENSION: _extend_leg,
    SUSPENSION: _suspend,
    CANCEL: _cancel,
    FORCE_CLOSE: _force_close,
    APPEAL: _uphold,
}
