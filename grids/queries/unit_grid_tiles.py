"""Unit grids and duty zones as vector tiles: their own layers, from the zoom at which a cell is more than a dot."""

from typing import Any

from django.db import connection

MIN_ZOOM = 13

_TILE = """
WITH tile AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box),
cell AS (
    SELECT u.id, u.code, u.zone_id AS zone, ST_AsMVTGeom(u.geometry_3857, tile.box, 4096, 64) AS geom
    FROM grids_unit_grid u JOIN grids_area c ON c.id = u.community_id, tile
    WHERE u.geometry_3857 && tile.box
      AND (c.path = ANY(%(above)s) OR c.path LIKE ANY(%(below)s))),
zone AS (
    SELECT d.id, d.code, d.name, d.kind, ST_AsMVTGeom(ST_Transform(d.outline, 3857), tile.box, 4096, 64) AS geom
    FROM grids_duty_zone d JOIN grids_area c ON c.id = d.community_id, tile
    WHERE d.outline && ST_Transform(tile.box, 4326)
      AND (c.path = ANY(%(above)s) OR c.path LIKE ANY(%(below)s)))
SELECT COALESCE((SELECT ST_AsMVT(t, 'unit_grids', 4096, 'geom', 'id')
                 FROM (SELECT * FROM cell WHERE geom IS NOT NULL ORDER BY code) t), '')
    || COALESCE((SELECT ST_AsMVT(t, 'duty_zones', 4096, 'geom', 'id')
                 FROM (SELECT * FROM zone WHERE geom IS NOT NULL ORDER BY code) t), '')
"""


def unit_grid_tile(z: int, x: int, y: int, reach: tuple[str, ...]) -> bytes:
    """One tile of unit grids (code, zone) and of 责任网格 and 专属网格 (code, name, kind) in communities that the reach
    covers or lies in; empty below zoom 13.

    The same scope as `UnitGrid.objects.visible_to`.
    """
    if z < MIN_ZOOM or not reach:
        return b""
    parts = [path.split(".") for path in reach]
    above = {".".join(labels[: depth + 1]) for labels in parts for depth in range(len(labels))}
    values: dict[str, Any] = {"z": z, "x": x, "y": y, "above": sorted(above), "below": [p + ".%" for p in reach]}
    with connection.cursor() as cursor:
        cursor.execute(_TILE, values)
        return bytes(cursor.fetchone()[0])
