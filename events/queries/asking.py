"""May this be asked, or granted, now? The state and the role are the table's; here stands what else must hold."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from core.clock import local
from core.deadlines.arithmetic import Limit, LimitType
from core.errors import DomainError
from events.errors import (
    AppealedAlready,
    AppealTooLate,
    ExtensionOverdue,
    ExtensionsUsedUp,
    RequestOpenAlready,
    SuspendedOnce,
    SuspensionInPast,
    SuspensionTooLong,
)
from events.models import Event, Request
from events.queries.catalogue import catalogue
from events.rules.requests import APPEAL, EXTENSION, MOST_EXTENSIONS, SUSPENSION, last_moment, overdue

APPEAL_LIMIT, SUSPENSION_LIMIT = "appeal", "suspension"
DEFAULTS = {
    APPEAL_LIMIT: Limit(LimitType.WORKING_DAYS, Decimal(5)),
    SUSPENSION_LIMIT: Limit(LimitType.CALENDAR_DAYS, Decimal(365)),
}
"""What holds until an administrator sets another as a row of ClockLimit."""


def limit_to_ask(kind: str) -> Limit:
    return catalogue().limits.get(kind, DEFAULTS[kind])


def refusal_to_ask(kind: str, event: Event, requests: Collection[Request], at: datetime) -> DomainError | None:
    """What speaks against asking for this now; None where nothing does. `requests` are those of the event."""
    if any(request.kind == kind and request.is_open for request in requests):
        return RequestOpenAlready()
    if kind == EXTENSION:
        return refusal_to_extend(event, at)
    if kind == SUSPENSION:
        return SuspendedOnce() if event.suspension_count else None
    if kind == APPEAL:
        return _refusal_to_appeal(event, requests, at)
    return None


def refusal_to_extend(event: Event, at: datetime) -> DomainError | None:
    """Twice at most, and never once the handling time has run out."""
    if event.extension_count >= MOST_EXTENSIONS:
        return ExtensionsUsedUp(most=MOST_EXTENSIONS)
    return ExtensionOverdue() if overdue(event.due_kind, event.due_at, at) else None


def refusal_to_suspend(event: Event, until: date, at: datetime) -> DomainError | None:
    """Once, to a day that is still to come and not too far."""
    if event.suspension_count:
        return SuspendedOnce()
    if until <= local(at).date():
        return SuspensionInPast()
    latest = local(last_moment(at, limit_to_ask(SUSPENSION_LIMIT))).date()
    return SuspensionTooLong(latest=latest.isoformat()) if until > latest else None


def _refusal_to_appeal(event: Event, requests: Collection[Request], at: datetime) -> DomainError | None:
    if any(request.kind == APPEAL for request in requests):
        return AppealedAlready()
    until = last_moment(event.ended_at or at, limit_to_ask(APPEAL_LIMIT))
    return AppealTooLate(until=f"{local(until):%Y-%m-%d %H:%M}") if at > until else None
