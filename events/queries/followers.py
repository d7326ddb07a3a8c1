"""Merged events and the one they follow: what the public is told of them, and how details name them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from core.actor import Actor
from core.prepared import prepared
from events.lifecycle import PUBLIC_STAGES
from events.models import Event, Reporter
from events.models.event import EventQuerySet
from events.sources import CITIZEN_SOURCES

_FOLLOWERS = prepared("SELECT id FROM events_event WHERE main_event_id = $1 ORDER BY id", count=1, types=("bigint",))
"""Every ending asks this."""


@dataclass(frozen=True)
class PublicState:
    """How far a matter is, in the words of the public view. Of a merged event it is the state of its main event, whose
    number `follows` then names.
    """

    state: str
    stage: str
    ended_at: datetime | None
    suspended_until: date | None
    follows: str = ""


def public_state_of(event: Event) -> PublicState:
    """What a reporter is told: a merged event inherits every step, ending and reopening of its main event.

    One statement where the event follows another that is not joined.
    """
    told = event.main_event or event
    return PublicState(
        state=told.state,
        stage=PUBLIC_STAGES[told.state],
        ended_at=told.ended_at,
        suspended_until=told.suspended_until,
        follows=told.number if told is not event else "",
    )


def leading(event: Event) -> Event:
    """The event whose way counts: a merged one follows its main event, which is joined."""
    return event.main_event or event


def follower_ids(event_id: int) -> list[int]:
    """The events that follow this one, by id."""
    return [pk for (pk,) in _FOLLOWERS.fetch_all([event_id])]


def has_citizen_behind(event_id: int) -> bool:
    """Does a citizen wait for how this event ends: it came from one, one joined it, or one is behind a follower?"""
    of_it = Event.objects.filter(Q(pk=event_id, source__in=CITIZEN_SOURCES) | Q(main_event=event_id, has_citizen=True))
    return of_it.exists() or Reporter.objects.filter(event_id=event_id, channel__in=CITIZEN_SOURCES).exists()


def _briefs(events: EventQuerySet) -> list[dict[str, Any]]:
    rows = events.order_by("reported_at", "id").values("id", "number", "title", "state", "reported_at")
    return [dict(row) for row in rows]


def main_brief(event: Event, actor: Actor) -> dict[str, Any] | None:
    """The event that this one follows, where the actor may see it."""
    if event.main_event_id is None:
        return None
    found = _briefs(Event.objects.visible_to(actor).filter(pk=event.main_event_id))
    return found[0] if found else None


def follower_briefs(event_id: int, actor: Actor) -> list[dict[str, Any]]:
    """The events that follow this one and that the actor may see, first reported first."""
    return _briefs(Event.objects.visible_to(actor).filter(main_event_id=event_id))
