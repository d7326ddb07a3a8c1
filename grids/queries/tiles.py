"""The base map as vector tiles: water, roads, green and area outlines, coarser the farther away."""

from typing import Any

from django.db import connection

from grids.models import AreaLevel

MAX_ZOOM = 18
WORLD_METRES = 40_075_016.68
GRIDS_FROM_ZOOM = 14
"""Grid outlines appear from here on; below, the tile is the same for everybody."""

_LEVELS_FROM_ZOOM = ((0, (AreaLevel.DISTRICT, AreaLevel.STREET)), (12, (AreaLevel.COMMUNITY,)))

_TILE = """
WITH tile AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box,
                     ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 0.0625) AS wide),
feature AS (
    SELECT f.id, f.kind, f.feature_class AS class, f.name,
           ST_AsMVTGeom(ST_Simplify(f.geometry_3857, %(tolerance)s, true), tile.box, 4096, 256) AS geom
    FROM grids_map_feature f, tile
    WHERE f.min_zoom <= %(z)s AND f.geometry_3857 && tile.wide),
area AS (
    SELECT a.id, a.level, a.name, a.path, a.code,
           ST_AsMVTGeom(ST_Simplify(b.geometry_3857, %(tolerance)s, true), tile.box, 4096, 256) AS geom
    FROM grids_area_boundary b JOIN grids_area a ON a.id = b.area_id, tile
    WHERE upper(b.validity) IS NULL AND b.geometry_3857 && tile.wide
      AND (a.level = ANY(%(levels)s) OR (a.level = 'grid' AND %(with_grids)s
           AND (a.path = ANY(%(reach)s) OR a.path LIKE ANY(%(below)s))))),
drawn AS (SELECT id, kind, class, name, geom FROM feature WHERE geom IS NOT NULL ORDER BY id)
SELECT COALESCE((SELECT ST_AsMVT(t, 'water', 4096, 'geom') FROM (SELECT * FROM drawn WHERE kind = 'water') t), '')
    || COALESCE((SELECT ST_AsMVT(t, 'green', 4096, 'geom') FROM (SELECT * FROM drawn WHERE kind = 'green') t), '')
    || COALESCE((SELECT ST_AsMVT(t, 'roads', 4096, 'geom') FROM (SELECT * FROM drawn WHERE kind = 'road') t), '')
    || COALESCE((SELECT ST_AsMVT(t, 'areas', 4096, 'geom') FROM
                    (SELECT * FROM area WHERE geom IS NOT NULL ORDER BY code) t), '')
"""


def is_tile(z: int, x: int, y: int) -> bool:
    """Is there such a tile?"""
    return 0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z


def tolerance_at(z: int) -> float:
    """Half a screen pixel of a 512-pixel tile, in metres of EPSG:3857: what may be smoothed away unseen."""
    return WORLD_METRES / float(1 << z) / 512 / 2


def base_tile(z: int, x: int, y: int, reach: tuple[str, ...]) -> bytes:
    """One tile of the base map; grids only inside `reach`."""
    levels = [level for zoom, some in _LEVELS_FROM_ZOOM if z >= zoom for level in some]
    values: dict[str, Any] = {
        "z": z,
        "x": x,
        "y": y,
        "tolerance": tolerance_at(z),
        "levels": [str(level) for level in levels],
        "with_grids": z >= GRIDS_FROM_ZOOM,
        "reach": list(reach),
        "below": [path + ".%" for path in reach],
    }
    with connection.cursor() as cursor:
        cursor.execute(_TILE, values)
        return bytes(cursor.fetchone()[0])
