"""May this be asked, or granted, now? The state and the role are the table's; here stands what else must hold."""

from collections.abc import Collection
from datetime import date, datetime

from accounts.calendars import current_calendar
from core.clock import local
from core.errors import DomainError
from events.errors import (
    AppealedAlready,
    AppealTooLate,
    ExtensionOverdue,
    ExtensionsUsedUp,
    LegExtensionsUsedUp,
    LegNotInHand,
    RequestOpenAlready,
    SuspendedOnce,
    SuspensionInPast,
    SuspensionTooLong,
)
from events.models import Event, Request, WorkOrder
from events.queries.catalogue import limit_of, number_of
from events.rules import limits
from events.rules.requests import APPEAL, EXTENSION, LEG_EXTENSION, SUSPENSION, last_moment, overdue


def refusal_to_ask(
    kind: str, event: Event, requests: Collection[Request], at: datetime, leg: WorkOrder | None = None
) -> DomainError | None:
    """What speaks against asking for this now; None where nothing does. `requests` are those of the event, `leg` the
    co-handling one that is to have more time.
    """
    order_id = leg.pk if leg is not None else None
    if any(request.kind == kind and request.order_id == order_id and request.is_open for request in requests):
        return RequestOpenAlready()
    if kind == LEG_EXTENSION:
        return refusal_to_extend_leg(leg, requests, at)
    if kind == EXTENSION:
        return refusal_to_extend(event, at)
    if kind == SUSPENSION:
        return _refusal_to_suspend_again(event)
    if kind == APPEAL:
        return _refusal_to_appeal(event, requests, at)
    return None


def refusal_to_extend(event: Event, at: datetime) -> DomainError | None:
    """Twice at most unless another number is set, and never once the handling time has run out."""
    most = number_of(limits.MOST_EXTENSIONS)
    if event.extension_count >= most:
        return ExtensionsUsedUp(most=most)
    return ExtensionOverdue() if overdue(event.due_kind, event.due_at, at) else None


def refusal_to_extend_leg(leg: WorkOrder | None, requests: Collection[Request], at: datetime) -> DomainError | None:
    """As for the lead: as often as is allowed, for each leg by itself, and never once its own time has run out. A leg
    that is not signed for or is over has no time that could be longer.
    """
    if leg is None or leg.role != WorkOrder.Role.CO or not leg.is_in_hand:
        return LegNotInHand()
    most = number_of(limits.MOST_EXTENSIONS)
    granted = sum(request.order_id == leg.pk and request.state == "granted" for request in requests)
    if granted >= most:
        return LegExtensionsUsedUp(most=most)
    return ExtensionOverdue() if overdue(leg.due_kind, leg.due_at, at) else None


def refusal_to_suspend(event: Event, until: date, at: datetime) -> DomainError | None:
    """Once unless another number is set, to a day that is still to come and not too far."""
    if (again := _refusal_to_suspend_again(event)) is not None:
        return again
    if until <= local(at).date():
        return SuspensionInPast()
    latest = local(last_moment(at, limit_of(limits.SUSPENSION), current_calendar())).date()
    return SuspensionTooLong(latest=latest.isoformat()) if until > latest else None


def _refusal_to_suspend_again(event: Event) -> DomainError | None:
    most = number_of(limits.MOST_SUSPENSIONS)
    return SuspendedOnce(most=most) if event.suspension_count >= most else None


def _refusal_to_appeal(event: Event, requests: Collection[Request], at: datetime) -> DomainError | None:
    of_this_run = (request for request in requests if request.kind == APPEAL and request.run == event.run)
    if any(request.state != "lapsed" for request in of_this_run):
        return AppealedAlready()  # one that lapsed with a reopening was never judged
    until = last_moment(event.ended_at or at, limit_of(limits.APPEAL), current_calendar())
    return AppealTooLate(until=f"{local(until):%Y-%m-%d %H:%M}") if at > until else None
