"""An ending or a reopening concerns everybody who reported the matter, also those whose events only follow."""

from typing import Any

from events.actions.moving import Moving
from events.lifecycle import OPEN_STATES
from events.models import Event
from events.moves import Move
from events.queries.followers import follower_ids
from events.signals import event_ended, event_merged, event_reopened


def tell_endings(*, moving: Moving, **_: Any) -> None:
    """Hears every move, and tells those that end, join or reopen an event, with the ids of all that share its fate."""
    change, event = moving.change, moving.event
    if change is None or change.from_state == change.to_state:
        return
    if moving.move == Move.MERGE:
        event_merged.send(sender=Event, event=event, event_ids=_all(event), main_event_id=event.main_event_id)
    elif moving.move == Move.REOPEN:
        event_reopened.send(sender=Event, event=event, event_ids=_all(event), move=moving.move)
    elif change.from_state in OPEN_STATES and change.to_state not in OPEN_STATES:
        event_ended.send(sender=Event, event=event, event_ids=_all(event), move=moving.move)


def _all(event: Event) -> list[int]:
    return [event.pk, *follower_ids(event.pk)]
