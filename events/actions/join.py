"""A further alert of the same subject joins the open event."""

from django.db import transaction

from core.actor import SYSTEM
from events.actions.moving import begin
from events.models import Event
from events.moves import Move


@transaction.atomic
def join_alert(*, event_id: int, alert_id: int) -> Event:
    """The platform notes that the event has one more alert; nothing else about it changes."""
    moving = begin(event_id, Move.JOIN_ALERT, SYSTEM, None)
    moving.apply()
    return moving.finish(facts={"alert": alert_id})
