"""Row locks over events that share a fate: a main event and those merged into it.

All of them are taken in the order of their ids, in one statement. Which events belong together is known for sure only
once they stand still: where it changed while a lock was waited for, every lock of the attempt is let go with its
savepoint, and all are taken again, so that nobody ever waits for a lower id while holding a higher one.
"""

from collections.abc import Callable

from django.db import transaction

from core.errors import NotFound
from events.actions.moving import lock_event
from events.models import Event
from events.queries.followers import follower_ids


class _Grown(Exception):
    """Another event came to belong to them while the locks were waited for."""


def lock_to_merge(event_id: int, main_event_id: int) -> None:
    """The event, the one it is to follow, and those that follow it and will move along."""
    _lock_all(lambda: {event_id, main_event_id, *follower_ids(event_id)})


def lock_to_unmerge(event_id: int) -> int | None:
    """The event and the one it follows, whose id is answered; None where it follows none."""
    _lock_all(lambda: {event_id, main_id_of(event_id) or event_id})
    return main_id_of(event_id)


def lock_leading(event_id: int) -> tuple[Event, Event]:
    """The event, and the one whose way counts for it: its main event where it was merged, else itself."""
    _lock_all(lambda: {event_id, main_id_of(event_id) or event_id})
    if not Event.objects.filter(pk=event_id).exists():
        raise NotFound()
    event = lock_event(event_id)
    return event, (lock_event(event.main_event_id) if event.main_event_id is not None else event)


def main_id_of(event_id: int) -> int | None:
    """The event that this one follows."""
    return Event.objects.filter(pk=event_id).values_list("main_event_id", flat=True).first()


def _lock_all(belonging: Callable[[], set[int]]) -> None:
    wanted = belonging()
    while True:
        try:
            with transaction.atomic():
                rows = Event.objects.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",))
                list(rows.values_list("pk", flat=True))
                if not (found := belonging()) <= wanted:
                    raise _Grown
        except _Grown:
            wanted = found
        else:
            return
