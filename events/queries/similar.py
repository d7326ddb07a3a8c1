"""Is it reported already? Open events of the same type, near in space and time."""

from datetime import timedelta
from typing import Any

from django.db import connection

from core.actor import Actor
from events.lifecycle import OPEN_STATES
from events.models import Event

NEAR_METRES = 50
WITHIN = timedelta(hours=24)
SHOWN = 5

_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)
_NEAR = f"""
SELECT id, number, title, state, reported_at, ST_Distance(e.point, here.point)
FROM events_event e, (SELECT ST_SetSRID(ST_MakePoint(%(lng)s, %(lat)s), 4326)::geography AS point) here
WHERE state IN ({_OPEN}) AND type_code = %(type)s AND reported_at >= %(since)s
  AND ST_DWithin(e.point, here.point, {NEAR_METRES})
ORDER BY reported_at DESC, id DESC LIMIT 20
"""
"""Every report asks this: written out, because composing it costs more than answering it."""


def similar_events(event: Event, actor: Actor) -> list[dict[str, Any]]:
    """Open events of the same type within 50 m and 24 h that the actor may see, newest first.

    One statement, and a second for the scope where something is near.
    """
    values: dict[str, Any] = {
        "lng": event.lng,
        "lat": event.lat,
        "type": event.type_code,
        "since": event.reported_at - WITHIN,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, values)
        near = cursor.fetchall()
    if not near:
        return []
    visible = set(Event.objects.visible_to(actor).filter(pk__in=[row[0] for row in near]).values_list("pk", flat=True))
    names = ("id", "number", "title", "state", "reported_at")
    shown = [row for row in near if row[0] in visible and row[0] != event.pk]
    return [{**dict(zip(names, row, strict=False)), "distance_m": round(row[5])} for row in shown[:SHOWN]]
