"""Is it reported already? Open events of the same type, near in space and time."""

from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db.models import OuterRef, Subquery

from core.actor import Actor
from core.clock import now
from core.prepared import prepared
from events.lifecycle import OPEN_STATES
from events.models import Attachment, Event, SimilarityLimit
from events.queries.photos import BEFORE, PICTURES
from events.queries.rows import media_url

NEAR_METRES = 50
WITHIN = timedelta(hours=24)
"""What holds where an administrator set nothing: rows of SimilarityLimit come first."""
SHOWN = 5
ASKED_AT_ACCEPTANCE = frozenset({"reported", "verifying", "filed"})
KEPT_SECONDS = 10.0

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

_kept: tuple[float, dict[str, tuple[int, timedelta]]] | None = None


def forget(**_: Any) -> None:
    """Read the limits again at the next use; connected to their changes."""
    global _kept
    _kept = None


def similarity_of(type_code: str) -> tuple[int, timedelta]:
    """Within how many metres, and how long, two events of the type may be one matter. From memory, as the catalogue."""
    global _kept
    if _kept is None or _kept[0] < monotonic():
        rows = SimilarityLimit.objects.all()
        limits = {row.type_code: (row.metres, timedelta(hours=row.hours)) for row in rows}
        _kept = (monotonic() + KEPT_SECONDS, limits)
    limits = _kept[1]
    return limits.get(type_code) or limits.get("") or (NEAR_METRES, WITHIN)


def similar_events(event: Event, actor: Actor) -> list[dict[str, Any]]:
    """Open events that may be the same matter as this one, and that the actor may see, newest first."""
    found = similar_near(
        actor, type_code=event.type_code, lng=event.lng, lat=event.lat, at=event.reported_at, but=event.pk
    )
    return found


def similar_near(
    actor: Actor, *, type_code: str, lng: float, lat: float, at: datetime | None = None, but: int | None = None
) -> list[dict[str, Any]]:
    """Open events of the type near a point (degrees) and in time of `at`, with a picture, the distance and their age.

    One statement, and a second for scope and pictures where something is near.
    """
    moment = now()
    metres, within = similarity_of(type_code)
    near = [row for row in _NEAR.fetch_all((lng, lat, type_code, (at or moment) - within, metres)) if row[0] != but]
    if not near:
        return []
    pictures = Attachment.objects.filter(event_id=OuterRef("pk"), purpose__in=BEFORE, kind__in=PICTURES)
    visible = Event.objects.visible_to(actor).filter(pk__in=[row[0] for row in near])
    thumbs = dict(visible.values_list("pk", Subquery(pictures.exclude(thumb_path="").order_by("id").values("pk")[:1])))
    names = ("id", "number", "title", "state", "reported_at")
    return [
        {
            **dict(zip(names, row, strict=False)),
            "distance_m": round(row[5]),
            "age_seconds": max(0, round((moment - row[4]).total_seconds())),
            "thumb_url": f"{url}/thumb" if (url := media_url(thumbs[row[0]])) else None,
        }
        for row in near
        if row[0] in thumbs
    ][:SHOWN]
