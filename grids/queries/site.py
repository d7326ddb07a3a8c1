"""What every map needs to know first: the district, its extent, and where the camera stands."""

from typing import Any

from django.contrib.gis.db.models import Extent
from django.db.models import OuterRef, Subquery

from grids.models import AreaBoundary, AreaLevel, MapView


def site_of_the_district() -> dict[str, Any] | None:
    """Name, path, bounds and first view of the district this site is for; None before there is one. One query."""
    extent = (
        AreaBoundary.objects.filter(area=OuterRef("area"), validity__endswith=None)
        .order_by()
        .values("area")
        .annotate(extent=Extent("geometry"))
        .values("extent")
    )
    view = (
        MapView.objects.filter(area__level=AreaLevel.DISTRICT)
        .select_related("area")
        .annotate(extent=Subquery(extent))
        .order_by("area__code")
        .first()
    )
    if view is None:
        return None
    return {
        "name": view.area.name,
        "path": view.area.path,
        "center_name": view.center_name,
        "bounds": list(view.extent) if view.extent else None,
        "camera": {
            "center": [view.center.x, view.center.y],
            "zoom": view.zoom,
            "pitch": view.pitch,
            "bearing": view.bearing,
        },
    }
