"""接办: one person at the centre says "I am on it"; the others see who and since when."""

from django.db import transaction

from core.actor import Actor
from core.errors import AlreadyTaken
from events.actions.moving import begin
from events.models import Event
from events.moves import Move


@transaction.atomic
def take_event(*, event_id: int, actor: Actor, take_over: bool = False, version: int | None = None) -> Event:
    """The first one has it. With `take_over` a colleague takes it from the one who had it.

    AlreadyTaken says who has it and since when. Taking it twice changes nothing.
    """
    moving = begin(event_id, Move.TAKE, actor, version)
    event = moving.event
    if event.taken_by is not None and event.taken_at is not None:
        if event.taken_by_id == actor.user_id:
            return event
        if not take_over:
            raise AlreadyTaken(by=event.taken_by.name, at=event.taken_at.isoformat(), current_version=event.version)
    former = event.taken_by_id
    moving.apply()
    event.taken_by_id, event.taken_at = actor.user_id, moving.at
    return moving.finish(facts={"from": former})
