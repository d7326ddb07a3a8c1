"""谁在看: who has an event open right now. Kept in Redis for some seconds, never in the database or in history."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import redis

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from core.live.latest import publish_latest
from core.live.publish import Audience
from core.redis import Unreachable, client, key
from events.actions.loading import task_holders
from events.live import PRESENCE, event_audience
from events.models import Event, WorkOrder
from events.shapes import Presence, Viewer

LASTS = timedelta(seconds=12)
"""A page says it again every five seconds; one that died is forgotten after this."""
Away = (redis.RedisError, *Unreachable)


def look_at(event_id: int, actor: Actor, *, tab: str) -> Presence:
    """The actor has the event open in this tab, until it is said again or the time is over; who else has.

    NotFound where the actor may not see it. While Redis is away nobody is shown, which harms nothing.
    """
    audience = _audience(event_id, actor)
    at = now()
    seen = {"id": actor.user_id, "name": actor.name, "until": (at + LASTS).timestamp()}
    try:
        pipe = client().pipeline(transaction=True)
        pipe.hset(_key(event_id), _field(actor, tab), json.dumps(seen, ensure_ascii=False))
        pipe.expire(_key(event_id), LASTS)
        pipe.hgetall(_key(event_id))
        held: dict[str, str] = pipe.execute()[-1]
    except Away:
        return Presence(event_id=event_id, people=[])
    return _tell(event_id, held, audience, at)


def leave(event_id: int, actor: Actor, *, tab: str) -> None:
    """The tab shows something else now."""
    audience = _audience(event_id, actor)
    try:
        pipe = client().pipeline(transaction=True)
        pipe.hdel(_key(event_id), _field(actor, tab))
        pipe.hgetall(_key(event_id))
        removed, held = pipe.execute()
    except Away:
        return
    if removed:
        _tell(event_id, cast(dict[str, str], held), audience, now())


def _key(event_id: int) -> str:
    return key("presence", event_id)


def _field(actor: Actor, tab: str) -> str:
    return f"{actor.user_id}:{tab}"


def _audience(event_id: int, actor: Actor) -> Audience:
    """Whoever may see the event, and nobody else, learns who looks at it."""
    event = Event.objects.visible_to(actor).filter(pk=event_id).first()
    if event is None or actor.user_id is None:
        raise NotFound()
    legs = WorkOrder.objects.filter(event_id=event_id).only("unit_id", "state")
    return event_audience(event, legs, task_holders(event_id))


def _tell(event_id: int, held: dict[str, str], audience: Audience, at: datetime) -> Presence:
    """What screens are told: each person once, with the last of the times of all their tabs."""
    people: dict[int, dict[str, Any]] = {}
    for seen in map(json.loads, held.values()):
        known = people.get(seen["id"])
        if seen["until"] > at.timestamp() and (known is None or known["until"] < seen["until"]):
            people[seen["id"]] = seen
    viewers = [
        Viewer(id=seen["id"], name=seen["name"], until=datetime.fromtimestamp(seen["until"], UTC))
        for seen in sorted(people.values(), key=lambda seen: cast(int, seen["id"]))
    ]
    presence = Presence(event_id=event_id, people=viewers)
    publish_latest(PRESENCE, event_id, presence.model_dump(mode="json"), audience, is_kept=False)
    return presence
