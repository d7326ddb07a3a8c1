"""Sensors as vector tiles: how many there are per bin from afar, each one from close by; only inside a reach."""

from typing import Any

from django.db import connection

from grids.queries.reach import Reach

MIN_ZOOM = 8
SINGLE_FROM = 12
"""From here on each sensor is drawn; below they are counted in 64 by 64 bins of a tile."""

_WITHIN = """
    SELECT s.id, s.kind, s.state, s.name, s.code, ST_Transform(s.point, 3857) AS place
    FROM sensors_sensor s
    WHERE s.point && ST_Transform(ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => %(margin)s), 4326)
      AND s.state <> 'removed' {scope}
"""
_BINS = """
WITH within AS ({within}),
box AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS tile),
placed AS (
    SELECT floor((ST_X(w.place) - ST_XMin(b.tile)) / (ST_XMax(b.tile) - ST_XMin(b.tile)) * 64)::int AS u,
           floor((ST_YMax(b.tile) - ST_Y(w.place)) / (ST_YMax(b.tile) - ST_YMin(b.tile)) * 64)::int AS v
    FROM within w, box b)
SELECT COALESCE(ST_AsMVT(t, 'sensors', 4096, 'geom'), '') FROM (
    SELECT count(*)::int AS n, ST_MakePoint(u * 64 + 32, v * 64 + 32) AS geom
    FROM placed WHERE u BETWEEN 0 AND 63 AND v BETWEEN 0 AND 63 GROUP BY u, v ORDER BY u, v) t
"""
_SINGLE = """
WITH within AS ({within})
SELECT COALESCE(ST_AsMVT(t, 'sensors', 4096, 'geom', 'id'), '') FROM (
    SELECT id, id AS sensor, kind, state, name,
           ST_AsMVTGeom(place, ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, %(buffer)s, true) AS geom
    FROM within ORDER BY code) t
WHERE t.geom IS NOT NULL
"""
BUFFER = 96
"""Of 4096 across a tile: a sign that stands on the edge is drawn whole by either tile."""


def sensor_tile(z: int, x: int, y: int, reach: Reach) -> bytes:
    """One tile, layer `sensors`: `n` per bin, or id, kind, state and name of each; empty below zoom 8."""
    if z < MIN_ZOOM or not reach.keys:
        return b""
    single = z >= SINGLE_FROM
    values: dict[str, Any] = {"z": z, "x": x, "y": y, "buffer": BUFFER, "margin": BUFFER / 4096 if single else 0}
    scope = reach.narrowing("s", values)
    statement = (_SINGLE if single else _BINS).format(within=_WITHIN.format(scope=scope))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bytes(cursor.fetchone()[0])
