"""Is it reported already? Open events of the same type, near in space and time."""

from datetime import timedelta
from typing import Any

from core.actor import Actor
from core.prepared import prepared
from events.lifecycle import OPEN_STATES
from events.models import Event

NEAR_METRES = 50
WITHIN = timedelta(hours=24)
SHOWN = 5

_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)
_NEAR = prepared(
    f"""
SELECT id, number, title, state, reported_at, ST_Distance(e.point, here.point)
FROM events_event e, (SELECT ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography AS point) here
WHERE state IN ({_OPEN}) AND type_code = $3 AND reported_at >= $4 AND ST_DWithin(e.point, here.point, $5)
ORDER BY reported_at DESC, id DESC LIMIT 20
""",
    count=5,
    types=("double precision", "double precision", "text", "timestamptz", "double precision"),
)
"""Every report asks this: written out and prepared, because composing and planning it cost more than answering it."""


def similar_events(event: Event, actor: Actor) -> list[dict[str, Any]]:
    """Open events of the same type within 50 m and 24 h that the actor may see, newest first.

    One statement, and a second for the scope where something is near.
    """
    near = _NEAR.fetch_all((event.lng, event.lat, event.type_code, event.reported_at - WITHIN, NEAR_METRES))
    if not near:
        return []
    visible = set(Event.objects.visible_to(actor).filter(pk__in=[row[0] for row in near]).values_list("pk", flat=True))
    names = ("id", "number", "title", "state", "reported_at")
    shown = [row for row in near if row[0] in visible and row[0] != event.pk]
    return [{**dict(zip(names, row, strict=False)), "distance_m": round(row[5])} for row in shown[:SHOWN]]
