"""Who looks at which card of the review queue right now. Kept in Redis for some seconds, never in the database."""

import json
from collections.abc import Collection
from datetime import timedelta
from typing import cast

import redis

from core.actor import Actor
from core.clock import now
from core.redis import Unreachable, client, key
from events.models import Alert

LASTS = timedelta(seconds=12)
"""A page says it again every four seconds; one that died is forgotten after this."""
_AWAY = (redis.RedisError, *Unreachable)


def hold(alert_ids: Collection[int], actor: Actor) -> dict[int, list[str]]:
    """The actor looks at these until it is said again or the time is over; who else does. What the actor may not see
    is neither held nor told. While Redis is away nobody is shown: the database decides who was first."""
    visible = list(Alert.objects.visible_to(actor).filter(pk__in=alert_ids).values_list("pk", flat=True))
    if visible and actor.user_id is not None:
        seen = json.dumps({"name": actor.name, "until": (now() + LASTS).timestamp()}, ensure_ascii=False)
        try:
            pipe = client().pipeline(transaction=True)
            pipe.hset(_key(), mapping={_field(alert_id, actor.user_id): seen for alert_id in visible})
            pipe.expire(_key(), LASTS)
            pipe.execute()
        except _AWAY:
            return {}
    return holders_of(visible, but=actor)


def let_go(actor: Actor) -> None:
    """The actor has left the queue."""
    try:
        fields = cast(list[str], client().hkeys(_key()))
        mine = [field for field in fields if field.endswith(f":{actor.user_id}")]
        if mine:
            client().hdel(_key(), *mine)
    except _AWAY:
        return


def holders_of(alert_ids: Collection[int], *, but: Actor) -> dict[int, list[str]]:
    """alert id → names of others who look at it now."""
    try:
        held = cast(dict[str, str], client().hgetall(_key()))
        over = [field for field, seen in held.items() if json.loads(seen)["until"] <= now().timestamp()]
        if over:
            client().hdel(_key(), *over)
    except _AWAY:
        return {}
    found: dict[int, list[str]] = {}
    for field, seen in sorted(held.items()):
        alert_id, user_id = map(int, field.split(":"))
        if field not in over and user_id != but.user_id and alert_id in alert_ids:
            found.setdefault(alert_id, []).append(json.loads(seen)["name"])
    return found


def _key() -> str:
    return key("review", "holds")


def _field(alert_id: int, user_id: int) -> str:
    return f"{alert_id}:{user_id}"
