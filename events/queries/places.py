"""Where an address in words may be: for reports without a point on the map."""

from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.db import connection

from grids.models import Area, AreaLevel

_BUILDINGS = """
SELECT ST_X(p), ST_Y(p), said FROM (
    SELECT ST_PointOnSurface(footprint) AS p, length(address) AS said
    FROM registry_building
    WHERE length(address) >= 5 AND position(address IN %s) > 0
    ORDER BY length(address) DESC, id LIMIT 2) found
ORDER BY said DESC
"""
NAMED_BY_CITIZENS = (AreaLevel.COMMUNITY, AreaLevel.STREET)


@dataclass(frozen=True)
class Found:
    """`is_exact`: one building with this address; else only the area is known, and `point` lies somewhere in it."""

    point: Point
    is_exact: bool


def place_of_address(text: str) -> Found | None:
    """The one building whose address the text names best, else the community or street it names, else None.

    Nothing of it is told to who asked: addresses of buildings stay inside.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BUILDINGS, [text])
        buildings = cursor.fetchall()
    if buildings and (len(buildings) == 1 or buildings[0][2] > buildings[1][2]):
        return Found(Point(buildings[0][0], buildings[0][1], srid=4326), is_exact=True)
    areas = Area.objects.current().filter(level__in=NAMED_BY_CITIZENS).order_by("level", "code")
    named = [area for area in areas.only("level", "name", "label_point") if area.name in text]
    named.sort(key=lambda area: (NAMED_BY_CITIZENS.index(area.level), -len(area.name)))
    return Found(named[0].label_point, is_exact=False) if named else None
