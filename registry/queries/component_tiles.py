"""Components as vector tiles: counts in 64 by 64 bins from afar, each one from zoom 16 on; only inside a reach."""

from typing import Any

from django.db import connection

from grids.queries.reach import Reach
from registry.rules.place_keys import FIRST_BIN_ZOOM, LAST_BIN_ZOOM, bins_of_tile, keys_of_tile

_SIX_BITS = "({v} & 1) | ({v} >> 1 & 2) | ({v} >> 2 & 4) | ({v} >> 3 & 8) | ({v} >> 4 & 16) | ({v} >> 5 & 32)"
"""Every other bit of a bin's place in its tile: the column; of half that number: the row."""

_BINS = f"""
WITH found AS (
    SELECT (bin & 4095)::int AS place, sum(n)::int AS n, sum(faulty)::int AS faulty
    FROM registry_component_bin WHERE bin >= %(first)s AND bin < %(end)s {{scope}} GROUP BY 1 HAVING sum(n) > 0)
SELECT COALESCE(ST_AsMVT(t, 'components', 4096, 'geom'), '') FROM (
    SELECT n, faulty, ST_MakePoint(({_SIX_BITS.format(v="place")}) * 64 + 32,
                                   ({_SIX_BITS.format(v="(place >> 1)")}) * 64 + 32) AS geom
    FROM found ORDER BY place) t
"""

_POINTS = """
SELECT COALESCE(ST_AsMVT(t, 'components', 4096, 'geom', 'id'), '') FROM (
    SELECT c.id, c.id AS component, kind.code AS type, c.state,
           ST_AsMVTGeom(c.point_3857, ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, 0, false) AS geom
    FROM registry_component c JOIN registry_component_type kind ON kind.id = c.type_id
    WHERE c.place_key >= %(first)s AND c.place_key < %(end)s AND c.state <> 'removed' {scope} ORDER BY c.code) t
"""


def component_tile(z: int, x: int, y: int, reach: Reach) -> bytes:
    """One tile, layer `components`: `n` and `faulty` per bin, or id, type and state of each; empty below zoom 8."""
    if z < FIRST_BIN_ZOOM or not reach.keys:
        return b""
    values: dict[str, Any] = {"z": z, "x": x, "y": y}
    if z <= LAST_BIN_ZOOM:
        values["first"], values["end"] = bins_of_tile(z, x, y)
        scope = ""
        if reach.leaves is not None:
            scope, values["leaves"] = "AND area_id = ANY(%(leaves)s)", sorted(reach.leaves)
        statement = _BINS.format(scope=scope)
    else:
        values["first"], values["end"] = keys_of_tile(z, x, y)
        statement = _POINTS.format(scope=reach.narrowing("c", values))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bytes(cursor.fetchone()[0])
