"""The words an event is found by."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from core.insert import new
from events.models import Event, EventText
from events.rules.search_terms import vector_text

BATCH = 1000


def text_of(event: Event) -> EventText:
    """Not stored. Type, title, place and description; `event.type` is joined by the caller."""
    words = vector_text(event.type.name, event.title, event.area_label, event.address, event.description)
    return new(EventText, event_id=event.pk, words=words)


def find_by_new_words(event: Event) -> None:
    """What the event is called has changed."""
    EventText.objects.filter(pk=event.pk).update(words=text_of(event).words)


def index_events(ids: Iterable[int]) -> int:
    """Write the words of these events anew; their number."""
    written = 0
    for some in _batches(iter(ids)):
        with transaction.atomic():
            events = list(Event.objects.filter(pk__in=some).select_related("type"))
            EventText.objects.filter(pk__in=some).delete()
            written += len(EventText.objects.bulk_create(text_of(event) for event in events))
    return written


def _batches(ids: Iterator[int]) -> Iterator[list[int]]:
    while some := list(islice(ids, BATCH)):
        yield some
