"""Is it reported already? Open events of the same type, near in space and time."""

from datetime import timedelta
from typing import Any

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.measure import D

from core.actor import Actor
from events.models import Event

NEAR_METRES = 50
WITHIN = timedelta(hours=24)
SHOWN = 5


def similar_events(event: Event, actor: Actor) -> list[dict[str, Any]]:
    """Open events of the same type within 50 m and 24 h that the actor may see, newest first; one statement."""
    near = (
        Event.objects.visible_to(actor)
        .open()
        .filter(
            type_code=event.type_code,
            reported_at__gte=event.reported_at - WITHIN,
            point__dwithin=(event.point, D(m=NEAR_METRES)),
        )
        .annotate(distance=Distance("point", event.point))
        .exclude(pk=event.pk)
        .order_by("-reported_at", "-id")
        .values("id", "number", "title", "state", "reported_at", "distance")[:SHOWN]
    )
    return [
        {
            "id": row["id"],
            "number": row["number"],
            "title": row["title"],
            "state": row["state"],
            "reported_at": row["reported_at"],
            "distance_m": round(row["distance"].m),
        }
        for row in near
    ]
