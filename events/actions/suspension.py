"""A suspended event comes back: on its day by itself, or earlier by the dispatcher."""

import logging
from datetime import date, datetime, time

from django.db import transaction

from core.actor import SYSTEM, Actor
from core.clock import CITY_ZONE, local, now
from events.actions import clocks
from events.actions.moving import begin
from events.models import Event
from events.moves import Clock, Move

logger = logging.getLogger(__name__)

BATCH = 200


def beginning_of(day: date) -> datetime:
    """The first moment of a day by the city's clocks."""
    return datetime.combine(day, time(), CITY_ZONE)


@transaction.atomic
def resume_event(*, event_id: int, actor: Actor = SYSTEM, version: int | None = None, reason: str = "") -> Event:
    """恢复: handling goes on, with the time that was left.

    On its day the clock runs from that day's beginning, however late the platform looks; the dispatcher's word counts
    from now.
    """
    moving = begin(event_id, Move.RESUME, actor, version)
    event, until = moving.event, moving.event.suspended_until
    moving.apply()
    event.suspended_until = None
    by_itself = actor.is_system and until is not None
    at = min(beginning_of(until), moving.at) if by_itself and until is not None else moving.at
    clocks.resume(moving, Clock.HANDLING, at=at)
    if moving.lead is not None:
        clocks.show_as(moving.lead, event)
    return moving.finish(facts={"until": until.isoformat() if until else None}, personal={"reason": reason})


def resume_due() -> int:
    """Bring back every event whose day has come, each in its own transaction; the number that came back.

    Safe with any number of workers: one that is just being brought back is passed over. One that fails is logged, and
    tried again the next time.
    """
    due = Event.objects.filter(state="suspended", suspended_until__lte=local(now()).date())
    resumed = 0
    for event_id in list(due.order_by("suspended_until", "id").values_list("pk", flat=True)[:BATCH]):
        try:
            resumed += _resume(event_id)
        except Exception:
            logger.exception("event %s could not be resumed and is tried again", event_id)
    return resumed


@transaction.atomic
def _resume(event_id: int) -> bool:
    due = Event.objects.filter(pk=event_id, state="suspended", suspended_until__lte=local(now()).date())
    if due.select_for_update(of=("self",), skip_locked=True).first() is None:
        return False
    resume_event(event_id=event_id)
    return True
