"""Reading unit grids: lists, the map, and what is at a point."""

import json
from collections.abc import Sequence

from django.contrib.gis.geos import Point
from django.db import connection

from core.actor import Actor
from core.errors import NotFound
from grids.models import DutyZone, UnitGrid, UnitGridRun
from grids.models.unit_grid import InsideReach
from grids.unit_grid_shapes import (
    DutyZoneRow,
    GridShare,
    RefusedCommunity,
    UnitGridAt,
    UnitGridRow,
    UnitGridRunRow,
    ZoneRef,
)

_FEATURES = """
SELECT json_build_object('type', 'FeatureCollection', 'features', COALESCE(json_agg(json_build_object(
    'type', 'Feature', 'id', u.id,
    'properties', json_build_object('code', u.code, 'zone', z.id, 'zone_name', z.name),
    'geometry', ST_AsGeoJSON(u.geometry, 7)::json) ORDER BY u.code), '[]'::json))::text
FROM grids_unit_grid u LEFT JOIN grids_duty_zone z ON z.id = u.zone_id
WHERE u.id = ANY(%s)
"""
MOST_ON_THE_MAP = 5_000
_CODE_AT = "SELECT code FROM grids_unit_grid WHERE ST_Intersects(geometry, ST_SetSRID(ST_MakePoint(%s, %s), 4326))"


def unit_grids_for(actor: Actor, *, under: str = "", grid_path: str = "") -> InsideReach[UnitGrid]:
    """Visible unit grids of an area, or those of which a part lies in one governance grid."""
    found = UnitGrid.objects.visible_to(actor)
    if under:
        found = found.under(under)
    if grid_path:
        found = found.filter(shares__grid__path=grid_path)
    return found


def with_all(found: InsideReach[UnitGrid]) -> InsideReach[UnitGrid]:
    """What a row tells, in two statements whatever the number of rows."""
    return (
        found.select_related("community", "zone__person")
        .prefetch_related("shares__grid")
        .defer("geometry", "geometry_3857", "zone__outline")
    )


def rows_of(found: Sequence[UnitGrid]) -> list[UnitGridRow]:
    return [_row(unit_grid) for unit_grid in found]


def feature_collection(actor: Actor, under: str) -> str:
    """The unit grids of an area on the map (the first 5,000) as the text of a FeatureCollection."""
    ids = list(unit_grids_for(actor, under=under).order_by("code").values_list("pk", flat=True)[:MOST_ON_THE_MAP])
    with connection.cursor() as cursor:
        cursor.execute(_FEATURES, [ids])
        text: str = cursor.fetchone()[0]
    return text


def code_at(lng: float, lat: float) -> str:
    """The code of the unit grid at a point (degrees), empty where there is none; a border is of the lowest code."""
    with connection.cursor() as cursor:
        cursor.execute(_CODE_AT + " ORDER BY code LIMIT 1", [lng, lat])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def unit_grid_at(lng: float, lat: float, actor: Actor) -> UnitGridAt:
    here = Point(lng, lat, srid=4326)
    unit_grid = with_all(UnitGrid.objects.visible_to(actor).filter(geometry__intersects=here)).order_by("code").first()
    exclusive = exclusive_at(lng, lat, DutyZone.objects.visible_to(actor))
    return UnitGridAt(
        unit_grid=_row(unit_grid) if unit_grid else None, exclusive=zone_ref(exclusive) if exclusive else None
    )


def exclusive_at(lng: float, lat: float, among: InsideReach[DutyZone]) -> DutyZone | None:
    """The 专属网格 in which a point lies."""
    here = Point(lng, lat, srid=4326)
    found = among.exclude(kind=DutyZone.Kind.COLLECTOR).filter(outline__intersects=here)
    return found.select_related("person").defer("outline").order_by("code").first()


def run_of(run_id: int, actor: Actor) -> UnitGridRunRow:
    run = UnitGridRun.objects.select_related("area").filter(pk=run_id).first()
    if run is None or not actor_reaches(run, actor):
        raise NotFound()
    return run_row(run)


def actor_reaches(run: UnitGridRun, actor: Actor) -> bool:
    return actor.is_system or run.started_by_id == actor.user_id


def run_row(run: UnitGridRun) -> UnitGridRunRow:
    return UnitGridRunRow(
        id=run.pk,
        area_path=run.area.path,
        area_name=run.area.name,
        size_metres=run.size_metres,
        communities=run.communities,
        done=run.done,
        made=run.made,
        refused=[RefusedCommunity(**one) for one in run.refused],
        started_at=run.started_at,
        ended_at=run.ended_at,
    )


def zone_rows(zones: Sequence[DutyZone]) -> list[DutyZoneRow]:
    codes: dict[int, list[str]] = {zone.pk: [] for zone in zones}
    held = UnitGrid.objects.filter(zone__in=list(codes)).order_by("code").values_list("zone_id", "code")
    for zone_id, code in held:
        codes[zone_id].append(code)
    return [
        DutyZoneRow(
            **zone_ref(zone).model_dump(),
            version=zone.version,
            community_path=zone.community.path,
            community_name=zone.community.name,
            unit_grids=codes[zone.pk],
            geometry=json.loads(zone.outline.json),
        )
        for zone in zones
    ]


def zone_ref(zone: DutyZone) -> ZoneRef:
    return ZoneRef(
        id=zone.pk,
        code=zone.code,
        name=zone.name,
        kind=zone.kind,  # type: ignore[arg-type]  # the enumeration has just these values
        person_id=zone.person_id,
        person=zone.person.name if zone.person else "",
    )


def _row(unit_grid: UnitGrid) -> UnitGridRow:
    shares = sorted(unit_grid.shares.all(), key=lambda share: -share.share)
    return UnitGridRow(
        id=unit_grid.pk,
        code=unit_grid.code,
        community_path=unit_grid.community.path,
        community_name=unit_grid.community.name,
        square_metres=unit_grid.square_metres,
        zone=zone_ref(unit_grid.zone) if unit_grid.zone else None,
        grids=[
            GridShare(code=one.grid.code, name=one.grid.name, path=one.grid.path, share=round(one.share, 4))
            for one in shares
        ],
    )
