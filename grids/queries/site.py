"""What every map needs to know first: the district, its extent, and where the camera stands."""

from typing import Any

from django.contrib.gis.db.models.functions import Envelope

from grids.models import AreaBoundary, AreaLevel


def site_of_the_district() -> dict[str, Any] | None:
    """Name, path, bounds and first view of the district this site is for; None before there is one. One query."""
    outline = (
        AreaBoundary.objects.filter(area__level=AreaLevel.DISTRICT, area__map_view__isnull=False)
        .filter(validity__endswith=None)
        .select_related("area__map_view")
        .defer("geometry", "geometry_3857")
        .annotate(box=Envelope("geometry"))
        .order_by("area__code")
        .first()
    )
    if outline is None:
        return None
    view = outline.area.map_view
    return {
        "name": outline.area.name,
        "path": outline.area.path,
        "center_name": view.center_name,
        "bounds": list(outline.box.extent),
        "camera": {
            "center": [view.center.x, view.center.y],
            "zoom": view.zoom,
            "pitch": view.pitch,
            "bearing": view.bearing,
        },
    }
