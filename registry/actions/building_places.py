"""Buildings follow the grids: where boundaries were published, each belongs to the grid it now stands in."""

from django.db import connection

PLACE_TASK = "registry.place_buildings"
_PLACE = """
UPDATE registry_building b
SET area_path = a.path, district_id = a.district_id, street_id = a.street_id, community_id = a.community_id,
    grid_id = a.grid_id
FROM grids_area a JOIN grids_area_boundary o ON o.area_id = a.id AND upper(o.validity) IS NULL
WHERE a.id = ANY(%s) AND a.level = 'grid' AND b.area_path <> a.path
  AND b.footprint_3857 && o.geometry_3857 AND ST_Intersects(o.geometry, ST_PointOnSurface(b.footprint))
"""


def place_buildings(grid_ids: list[int]) -> int:
    """The buildings that stand in these grids belong to them. Returns how many changed; again, and none does."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [grid_ids])
        return int(cursor.rowcount)
