"""The event board: as many statements for a page, whatever the rows."""

from core.actor import Actor
from events.lifecycle import EVENT_STATES, STAGES
from events.models import Event
from events.models.event import EventQuerySet
from events.queries.search import asked_for

ORDERS = {"due": ("due_at", "id"), "newest": ("-reported_at", "-id")}


def event_list(
    actor: Actor,
    *,
    state: str = "",
    stage: str = "",
    street: str = "",
    q: str = "",
    mine: bool = False,
    only_open: bool = False,
) -> EventQuerySet:
    """Visible events with type, lead and who took them. `mine`: reported by the actor. `q`: number, phone number or
    words.

    The others are fetched for the page: joined, the database that expects few rows sorts all of them instead of walking
    the board in its order until the page is full.
    """
    states = set(EVENT_STATES)
    if state:
        states &= set(state.split(","))
    if stage:
        states &= {name for name, its in STAGES.items() if its == stage}
    if only_open:
        events = Event.objects.open_to(actor, states)
    else:
        events = Event.objects.visible_to(actor)
        events = events.filter(state__in=states) if state or stage else events
    events = events.prefetch_related("type", "lead_unit", "taken_by")
    if street:
        events = events.filter(street_path=street)
    if mine:
        events = events.filter(reporter_id=actor.user_id)
    if q:
        events = events.filter(asked_for(q, actor))
    return events
