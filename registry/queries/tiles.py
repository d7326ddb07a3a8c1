"""Buildings as vector tiles: the tall ones first, all of them from close by, names only inside one's reach."""

from typing import Any

from django.db import connection

from grids.queries.tiles import tolerance_at

MIN_ZOOM = 12
NAMES_FROM_ZOOM = 15
"""Below, no tile carries names and the tile is the same for everybody."""

_MIN_HEIGHT = {12: 45.0, 13: 45.0, 14: 15.0}
"""Metres a building must have to be drawn at a zoom; from 15 on every one is."""

_TILE = """
WITH tile AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box),
building AS (
    SELECT b.id, b.id AS feature, round(b.height_m::numeric, 1)::float8 AS height, b.levels,
           CASE WHEN %(with_names)s AND (b.area_path = ANY(%(reach)s) OR b.area_path LIKE ANY(%(below)s))
                THEN b.name END AS name,
           ST_AsMVTGeom(ST_Simplify(b.footprint_3857, %(tolerance)s, true), tile.box, 4096, 64) AS geom
    FROM registry_building b, tile
    WHERE b.footprint_3857 && tile.box AND b.height_m >= %(min_height)s)
SELECT COALESCE((SELECT ST_AsMVT(t, 'buildings', 4096, 'geom', 'feature') FROM
    (SELECT * FROM building WHERE geom IS NOT NULL ORDER BY id) t), '')
"""


def building_tile(z: int, x: int, y: int, reach: tuple[str, ...]) -> bytes:
    """One tile of buildings (id, height in metres, levels, name); empty below the first zoom."""
    if z < MIN_ZOOM:
        return b""
    values: dict[str, Any] = {
        "z": z,
        "x": x,
        "y": y,
        "tolerance": min(tolerance_at(z), 2.0),
        "min_height": _MIN_HEIGHT.get(z, 0.0),
        "with_names": z >= NAMES_FROM_ZOOM,
        "reach": list(reach),
        "below": [path + ".%" for path in reach],
    }
    with connection.cursor() as cursor:
        cursor.execute(_TILE, values)
        return bytes(cursor.fetchone()[0])
