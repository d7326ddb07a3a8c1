"""Present outlines as GeoJSON, built by the database."""

from typing import Any

from django.db import connection

from core.actor import Actor
from grids.models import Area, AreaBoundary, MapDataset
from grids.scope import reach_key, reach_of

_FEATURES = """
SELECT json_build_object('type', 'FeatureCollection', 'features', COALESCE(json_agg(json_build_object(
    'type', 'Feature', 'id', a.id,
    'properties', json_build_object('id', a.id, 'path', a.path, 'code', a.code, 'name', a.name, 'level', a.level,
        'label', json_build_array(ST_X(a.label_point), ST_Y(a.label_point))),
    'geometry', ST_AsGeoJSON(b.geometry, 7)::json) ORDER BY a.code), '[]'::json))::text
FROM grids_area a JOIN grids_area_boundary b ON b.area_id = a.id AND upper(b.validity) IS NULL
WHERE a.id = ANY(%s)
"""


def outlines_stamp(actor: Actor) -> tuple[str, str]:
    """The present version of the outlines, and a key that is equal for actors who see the same."""
    stamp = MapDataset.objects.filter(name="areas").values_list("stamp", flat=True).first() or "none"
    return stamp, reach_key(reach_of(actor))


def feature_collection(*, actor: Actor, level: str, under: str = "") -> str:
    """All visible areas of a level (below a path) as the text of a FeatureCollection."""
    areas = Area.objects.visible_to(actor).filter(level=level)
    if under:
        areas = areas.under(under)
    with connection.cursor() as cursor:
        cursor.execute(_FEATURES, [list(areas.values_list("pk", flat=True))])
        text: str = cursor.fetchone()[0]
    return text


def present_outline(area: Area) -> dict[str, Any] | None:
    """The area's outline as it is now, with its version and since when; None before it has one."""
    boundary = AreaBoundary.objects.filter(area=area, validity__endswith=None).first()
    if boundary is None:
        return None
    return {
        "version": boundary.version,
        "valid_from": boundary.validity.lower,
        "geojson": boundary.geometry.json,
        "bounds": list(boundary.geometry.extent),
    }
