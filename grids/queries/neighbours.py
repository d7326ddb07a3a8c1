"""Which grids lie beside a grid."""

from django.db import connection

_APART_DEGREES = 0.00005
"""About five metres: the border of two grids may run along both sides of a lane."""
_NEIGHBOURS = """
SELECT n.path FROM grids_area a
JOIN grids_area_boundary own ON own.area_id = a.id AND upper(own.validity) IS NULL
JOIN grids_area_boundary b ON upper(b.validity) IS NULL AND ST_DWithin(b.geometry, own.geometry, %s)
JOIN grids_area n ON n.id = b.area_id AND n.level = 'grid' AND n.closed_at IS NULL AND n.id <> a.id
WHERE a.path = %s AND a.level = 'grid' ORDER BY n.code
"""


def neighbours_of(grid_path: str) -> list[str]:
    """Paths of the grids that share a border with this one, by code; none for what is no grid. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_NEIGHBOURS, [_APART_DEGREES, grid_path])
        return [row[0] for row in cursor.fetchall()]
