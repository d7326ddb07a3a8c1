"""Writing the generated district into the division tree, the base map and the register of buildings."""

from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point
from django.db import connection
from psycopg2.extras import DateTimeTZRange
from shapely.geometry.base import BaseGeometry

from grids.actions.datasets import AREAS, BASE, BUILDINGS, mark_changed
from grids.models import Area, AreaBoundary, AreaLevel, MapDataset, MapFeature, MapView
from registry.models import Building, Component, ComponentBin
from simulator.district import DistrictPlan
from simulator.district.areas import DISTRICT_CODE, DISTRICT_NAME

EDITION = 1
"""Raised when the generator draws another district from the same seed."""

VALID_FROM = datetime(2020, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
_OWN_KEY = {AreaLevel.DISTRICT, AreaLevel.STREET, AreaLevel.COMMUNITY, AreaLevel.GRID}
_COPY_BUILDINGS = """COPY registry_building (name, address, height_m, levels, households, area_path,
    district_id, street_id, community_id, grid_id, footprint) FROM STDIN"""


def source_of(seed: int) -> str:
    """How a district drawn from this seed is marked in the database."""
    return f"generated:{EDITION}:{seed}"


def written_source() -> str | None:
    """The mark of the district that is in the database; empty for one that was not generated, None without any."""
    if not Area.objects.exists():
        return None
    return MapDataset.objects.filter(name=AREAS).values_list("source", flat=True).first() or ""


def write_district(plan: DistrictPlan) -> dict[str, int]:
    """Areas with outlines, base map, first view and buildings; the caller holds the transaction."""
    areas = _write_areas(plan)
    _write_base_map(plan, areas)
    _write_buildings(plan, areas)
    source = source_of(plan.seed)
    for name in (AREAS, BASE, BUILDINGS):
        mark_changed(name, source=source)
    return {"areas": len(areas), "map features": len(plan.features), "buildings": len(plan.buildings)}


def remove_district() -> None:
    """Takes the generated district away again; fails as a whole where something still refers to it."""
    Building.objects.all().delete()
    Component.objects.all().delete()
    ComponentBin.objects.all().delete()
    MapFeature.objects.all().delete()
    MapView.objects.all().delete()
    Area.objects.update(district=None, street=None, community=None, grid=None)
    for level in reversed(AreaLevel.values):
        Area.objects.filter(level=level).delete()
    MapDataset.objects.all().delete()


def _geos(geometry: BaseGeometry) -> GEOSGeometry:
    return GEOSGeometry(memoryview(shapely.to_wkb(geometry)), srid=4326)


def _outline(geometry: BaseGeometry) -> MultiPolygon:
    outline = _geos(geometry)
    if not isinstance(outline, MultiPolygon):
        raise TypeError("an area's outline is a MultiPolygon")
    return outline


def _write_areas(plan: DistrictPlan) -> dict[str, Area]:
    by_path: dict[str, Area] = {}
    for level in AreaLevel.values:
        rows: list[Area] = []
        for drawn in plan.at_level(level):
            parent = by_path[drawn.parent_path] if drawn.parent_path else None
            row = Area(
                code=drawn.code,
                level=level,
                name=drawn.name,
                parent=parent,
                label=drawn.path.rsplit(".", 1)[-1],
                path=drawn.path,
                households=drawn.households,
                label_point=Point(drawn.label.x, drawn.label.y, srid=4326),
            )
            if parent is not None:
                row.district_id, row.street_id = parent.district_id, parent.street_id
                row.community_id, row.grid_id = parent.community_id, parent.grid_id
            rows.append(row)
        for row in Area.objects.bulk_create(rows):
            by_path[row.path] = row
            if level in _OWN_KEY:
                setattr(row, f"{level}_id", row.pk)
        if level in _OWN_KEY:
            Area.objects.bulk_update(rows, [level], batch_size=1000)
    AreaBoundary.objects.bulk_create(
        AreaBoundary(
            area=by_path[drawn.path],
            version=1,
            geometry=_outline(drawn.boundary),
            validity=DateTimeTZRange(VALID_FROM, None, "[)"),
        )
        for drawn in plan.areas
    )
    return by_path


def _write_base_map(plan: DistrictPlan, areas: dict[str, Area]) -> None:
    MapFeature.objects.bulk_create(
        (
            MapFeature(
                kind=drawn.kind,
                feature_class=drawn.feature_class,
                name=drawn.name,
                min_zoom=drawn.min_zoom,
                geometry=_geos(drawn.geometry),
            )
            for drawn in plan.features
        ),
        batch_size=1000,
    )
    district = next(area for area in areas.values() if area.code == DISTRICT_CODE)
    MapView.objects.create(
        area=district,
        center_name=f"{DISTRICT_NAME}城市运行指挥中心",
        center=Point(118.7178, 32.0168, srid=4326),
        zoom=12.6,
        pitch=45.0,
        bearing=16.0,
    )


def _write_buildings(plan: DistrictPlan, areas: dict[str, Area]) -> None:
    footprints = shapely.to_wkb(
        shapely.set_srid([drawn.footprint for drawn in plan.buildings], 4326), hex=True, include_srid=True
    )
    lines = StringIO()
    for drawn, footprint in zip(plan.buildings, footprints, strict=True):
        grid = areas[drawn.grid_path]
        values = (
            drawn.name,
            drawn.address,
            drawn.height_m,
            drawn.levels,
            drawn.households,
            drawn.grid_path,
            grid.district_id,
            grid.street_id,
            grid.community_id,
            grid.grid_id,
            footprint,
        )
        lines.write("\t".join(str(value) for value in values) + "\n")
    lines.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(_COPY_BUILDINGS, lines)
