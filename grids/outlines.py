"""What an outline must be before it is stored."""

import re

from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry, MultiPolygon, Polygon

from core.errors import Invalid
from grids.errors import SelfCrossingBoundary

_PLACE = re.compile(r"\[\s*(-?[\d.eE+-]+)\s+(-?[\d.eE+-]+)\s*\]")


def checked_outline(geometry: GEOSGeometry) -> MultiPolygon:
    """The outline as a MultiPolygon in EPSG:4326; raises SelfCrossingBoundary or Invalid."""
    if isinstance(geometry, Polygon):
        geometry = MultiPolygon(geometry, srid=4326)
    if not isinstance(geometry, MultiPolygon):
        raise _not_an_outline("polygon_needed", "范围应为多边形。", "The outline must be a polygon.")
    if geometry.empty:
        raise _not_an_outline(
            "empty", "范围不能为空，请在地图上画出范围。", "The outline is empty. Draw it on the map."
        )
    west, south, east, north = geometry.extent
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise _not_an_outline(
            "not_degrees", "坐标应为经度、纬度（度）。", "Coordinates must be longitude, latitude in degrees."
        )
    if not geometry.valid:
        place = _PLACE.search(geometry.valid_reason)
        lng, lat = (float(place[1]), float(place[2])) if place else (west, south)
        raise SelfCrossingBoundary(lng=lng, lat=lat)
    geometry.srid = 4326
    return geometry


def outline_from_geojson(text: str) -> MultiPolygon:
    """The same from GeoJSON as a client sends it."""
    try:
        geometry = GEOSGeometry(text, srid=4326)
    except (GEOSException, GDALException, ValueError, TypeError) as error:
        raise _not_an_outline("not_geojson", "范围不是有效的 GeoJSON。", "The outline is not valid GeoJSON.") from error
    return checked_outline(geometry)


def _not_an_outline(code: str, zh: str, en: str) -> Invalid:
    return Invalid(errors=[{"field": "boundary", "code": code, "message_zh": zh, "message_en": en}])
