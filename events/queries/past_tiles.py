"""Past events as vector tiles: where something was, up to a year back. Open ones are live, and never in a tile.

Events have no index of their places but for the open ones: writing is what the table is for. The grids under a tile are
found first, and the events of a grid by their index.
"""

from datetime import timedelta
from typing import Any

from django.db import connection

from core.actor import Actor
from core.clock import now
from events.lifecycle import STAGES
from events.models import Event

MIN_ZOOM, MAX_ZOOM = 12, 16
BACK = timedelta(days=366)
MOST = 20_000
"""Of one tile, the newest: at zoom 12 a district's year."""
PAST = tuple(state for state, stage in STAGES.items() if stage in {"evaluate", "ended"} and state != "cancelled")

_GRIDS = """
SELECT b.area_id FROM grids_area_boundary b JOIN grids_area a ON a.id = b.area_id AND a.level = 'grid'
WHERE upper(b.validity) IS NULL AND b.geometry_3857 && ST_TileEnvelope(%s, %s, %s)
"""
_TILE = """
WITH shown AS ({events}),
placed AS (
    SELECT id, id AS event, type_code AS type, level, state,
           ST_AsMVTGeom(ST_Transform(point::geometry, 3857), ST_TileEnvelope(%s, %s, %s), 4096, 0, true) AS geom
    FROM shown)
SELECT COALESCE(ST_AsMVT(t, 'past_events', 4096, 'geom', 'id'), '')
FROM (SELECT * FROM placed WHERE geom IS NOT NULL ORDER BY id) t
"""


def past_tile(z: int, x: int, y: int, actor: Actor) -> bytes:
    """One tile of ended events that the actor may see (id, type, level, state); empty beyond its zooms. Two statements.

    A grid that was split or merged since keeps its events: they are found by the grids that lie there now, and by their
    own points.
    """
    if not MIN_ZOOM <= z <= MAX_ZOOM:
        return b""
    with connection.cursor() as cursor:
        cursor.execute(_GRIDS, [z, x, y])
        grids = [area_id for (area_id,) in cursor.fetchall()]
        if not grids:
            return b""
        events = Event.objects.visible_to(actor).filter(
            grid_id__in=grids, state__in=PAST, reported_at__gte=now() - BACK
        )
        rows = events.order_by("-reported_at").values("id", "type_code", "level", "state", "point")[:MOST]
        statement, values = rows.query.sql_with_params()
        cursor.execute(_TILE.format(events=statement), [*values, z, x, y])
        found: Any = cursor.fetchone()[0]
        return bytes(found)
