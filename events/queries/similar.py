"""Is it reported already? Open events of the same type, near in space and time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from accounts.audience import keys_of
from core.actor import Actor
from core.clock import now
from core.live.publish import area_audience, unit_audience, user_audience
from core.prepared import prepared
from dispatch.lifecycle import OPEN_STATES as OPEN_TASK_STATES
from events.lifecycle import HELD_ORDER_STATES, OPEN_STATES
from events.models import Event, SimilarityLimit
from events.models.event import SUBJECT_KIND
from events.queries.photos import BEFORE, PICTURES
from events.queries.rows import media_url

NEAR_METRES = 50
WITHIN = timedelta(hours=24)
"""What holds where an administrator set nothing: rows of SimilarityLimit come first."""
SHOWN = 5
ASKED_AT_ACCEPTANCE = frozenset({"reported", "verifying", "filed"})
KEPT_SECONDS = 10.0


def _among(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


_NEAR = prepared(
    f"""
SELECT e.id, e.number, e.title, e.state, e.reported_at, ST_Distance(e.point, here.point),
       (SELECT p.id FROM events_attachment p WHERE p.event_id = e.id AND p.purpose IN ({_among(BEFORE)})
        AND p.kind IN ({_among(PICTURES)}) AND p.thumb_path <> '' ORDER BY p.id LIMIT 1),
       e.area_path, e.reporter_id, e.asked_unit_id,
       array(SELECT o.unit_id FROM events_work_order o
             WHERE o.event_id = e.id AND o.state IN ({_among(HELD_ORDER_STATES)})),
       array(SELECT t.assignee_user_id FROM dispatch_fieldtask t WHERE t.subject_kind = '{SUBJECT_KIND}'
             AND t.subject_id = e.id AND t.state IN ({_among(OPEN_TASK_STATES)}))
FROM events_event e, (SELECT ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography AS point) here
WHERE e.state IN ({_among(OPEN_STATES)}) AND e.type_code = $3 AND e.reported_at >= $4
AND ST_DWithin(e.point, here.point, $5)
ORDER BY e.reported_at DESC, e.id DESC LIMIT 20
""",
    count=5,
    types=("double precision", "double precision", "text", "timestamptz", "double precision"),
)
"""Every report asks this: written out and prepared, because composing and planning it cost more than answering it. It
brings what the audience of an event is made of (`live.event_audience`), so that scope needs no second statement.
"""

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
    lng, lat = event.lng, event.lat
    return similar_near(actor, type_code=event.type_code, lng=lng, lat=lat, at=event.reported_at, but=event.pk)


def similar_near(
    actor: Actor, *, type_code: str, lng: float, lat: float, at: datetime | None = None, but: int | None = None
) -> list[dict[str, Any]]:
    """Open events of the type near a point (degrees) and in time of `at`, with a picture, the distance and their age.

    One statement; whom an event may be shown to is the rule of `Event.objects.visible_to`, as keys.
    """
    moment = now()
    metres, within = similarity_of(type_code)
    mine = keys_of(actor)
    found = []
    for row in _NEAR.fetch_all((lng, lat, type_code, (at or moment) - within, metres)):
        pk, number, title, state, reported_at, distance, picture, area, reporter, asked, units, holders = row
        audience = area_audience(area) | unit_audience(asked, *units) | user_audience(reporter, *holders)
        if pk == but or not (actor.is_system or not mine.isdisjoint(audience)):
            continue
        found.append(
            {
                "id": pk,
                "number": number,
                "title": title,
                "state": state,
                "reported_at": reported_at,
                "distance_m": round(distance),
                "age_seconds": max(0, round((moment - reported_at).total_seconds())),
                "thumb_url": f"{media_url(picture)}/thumb" if picture else None,
            }
        )
    return found[:SHOWN]
