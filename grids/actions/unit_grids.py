"""Making unit grids: whole communities at a time, by COPY, with the mapping to the governance grids."""

import io
from collections.abc import Collection, Sequence
from datetime import datetime

import shapely
from celery import current_app
from django.db import connection, transaction

from core.actor import SYSTEM, Actor
from core.clock import now
from core.errors import NotFound
from core.history.record import append
from core.lifecycle import Change
from grids.actions.datasets import UNIT_GRIDS, mark_changed
from grids.errors import TooManyUnitGrids
from grids.models import Area, AreaBoundary, AreaLevel, UnitGrid, UnitGridRun
from grids.models.area import AreaQuerySet
from grids.policies import require_tree_admin
from grids.rules.metres import square_metres
from grids.rules.unit_raster import Cell, TooManyCells, unit_cells

RUN_TASK = "grids.make_unit_grids"
MAP_TASK = "grids.map_unit_grids"
LEAST_METRES, USUAL_METRES, MOST_METRES = 50, 100, 500

_SHARES = """
INSERT INTO grids_unit_grid_share (unit_grid_id, grid_id, share)
SELECT u.id, a.id, least(1, CASE WHEN ST_Covers(b.geometry, u.geometry) THEN 1 ELSE
           ST_Area(ST_Intersection(u.geometry, b.geometry)) / ST_Area(u.geometry) END) AS share
FROM grids_unit_grid u
JOIN grids_area a ON a.community_id = u.community_id AND a.level = 'grid' AND a.closed_at IS NULL
JOIN grids_area_boundary b ON b.area_id = a.id AND upper(b.validity) IS NULL
WHERE u.community_id = ANY(%(communities)s) AND ST_Intersects(u.geometry, b.geometry)
  AND NOT ST_Touches(u.geometry, b.geometry)
  AND (ST_Covers(b.geometry, u.geometry)
       OR ST_Area(ST_Intersection(u.geometry, b.geometry)) > 0.001 * ST_Area(u.geometry))
"""
_ZONES = """
UPDATE grids_unit_grid u SET zone_id = z.id
FROM grids_duty_zone z
WHERE z.kind = 'collector' AND z.community_id = u.community_id AND u.community_id = ANY(%(communities)s)
  AND ST_Contains(z.outline, ST_PointOnSurface(u.geometry))
"""


@transaction.atomic
def ask_unit_grids(*, area_id: int, size_metres: int, actor: Actor) -> UnitGridRun:
    """The communities at or below an area get unit grids of this size, in the background, one after another."""
    area = Area.objects.current().visible_to(actor).filter(pk=area_id).first()
    if area is None:
        raise NotFound()
    role = require_tree_admin(actor, area.path)
    run = UnitGridRun.objects.create(
        area=area,
        size_metres=size_metres,
        communities=_communities(area).count(),
        started_at=now(),
        started_by_id=actor.user_id,
    )
    append(
        subject_kind="unit_grid_run",
        subject_id=run.pk,
        actor=actor,
        change=Change(move="ask", from_state="", to_state="running", role=role),
        facts={"area": area.path, "size_metres": size_metres},
        first=True,
    )
    transaction.on_commit(lambda: current_app.send_task(RUN_TASK, args=[run.pk]), robust=True)
    return run


def make_for_run(run_id: int) -> None:
    """Every community of the run that is not done yet; a run that is opened twice goes on where it stood."""
    run = UnitGridRun.objects.select_related("area__district").filter(pk=run_id, ended_at=None).first()
    if run is None:
        return
    anchor = anchor_of(run.area)
    communities = list(_communities(run.area).order_by("code"))[run.done :]
    for community in communities:
        try:
            made = make_unit_grids(community=community, size_metres=run.size_metres, anchor=anchor, actor=SYSTEM)
            run.made += made
            if not made:
                run.refused.append({"path": community.path, "name": community.name, "why": "no_outline", "count": 0})
        except TooManyUnitGrids as refusal:
            told = {"path": community.path, "name": community.name, "why": "too_many"}
            run.refused.append({**told, "count": refusal.extra["count"]})
        run.done += 1
        run.save(update_fields=["made", "done", "refused"])
    run.ended_at = now()
    run.save(update_fields=["ended_at"])


@transaction.atomic
def make_unit_grids(
    *, community: Area, size_metres: int, actor: Actor, anchor: tuple[float, float] | None = None
) -> int:
    """The unit grids of one community anew, all or nothing; how many. 0 where it has no outline.

    责任网格 keep their ground: each takes the new cells that lie on it. Raises TooManyUnitGrids above 999.
    """
    role = require_tree_admin(actor, community.path)
    Area.objects.select_for_update(of=("self",)).get(pk=community.pk)
    outline = AreaBoundary.objects.filter(area=community, validity__endswith=None).first()
    if outline is None:
        return 0
    try:
        shape = shapely.from_wkb(bytes(outline.geometry.wkb))
        cells = unit_cells(shape, size_metres=size_metres, anchor=anchor or anchor_of(community))
    except TooManyCells as error:
        raise TooManyUnitGrids(count=error.count, name=community.name) from error
    UnitGrid.objects.filter(community=community).delete()
    _copy(community, cells)
    with connection.cursor() as cursor:
        cursor.execute(_ZONES, {"communities": [community.pk]})
        cursor.execute(_SHARES, {"communities": [community.pk]})
    append(
        subject_kind="area",
        subject_id=community.pk,
        actor=actor,
        change=Change(move="make_unit_grids", from_state="current", to_state="current", role=role),
        facts={"size_metres": size_metres, "count": len(cells), "boundary_version": outline.version},
    )
    mark_changed(UNIT_GRIDS)
    return len(cells)


@transaction.atomic
def map_unit_grids(community_ids: Collection[int]) -> None:
    """The mapping to the governance grids anew: their borders moved, the unit grids did not."""
    communities = list(community_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM grids_unit_grid_share s USING grids_unit_grid u "
            "WHERE u.id = s.unit_grid_id AND u.community_id = ANY(%s)",
            [communities],
        )
        cursor.execute(_SHARES, {"communities": communities})


def follow_publication(*, touched: Sequence[int], **_: object) -> None:
    """Governance grids have other borders from now on: their communities are mapped anew, outside the publication."""
    communities = list(
        Area.objects.filter(pk__in=touched, community__unit_grids__isnull=False)
        .order_by("community")
        .values_list("community", flat=True)
        .distinct()
    )
    if communities:
        transaction.on_commit(lambda: current_app.send_task(MAP_TASK, args=[communities]), robust=True)


def anchor_of(area: Area, at: datetime | None = None) -> tuple[float, float]:
    """The corner of the raster of the area's district: the south-west of its first outline, so it never moves."""
    district = area.district or area
    first = AreaBoundary.objects.filter(area=district).order_by("version").first()
    if first is None:
        return area.label_point.x, area.label_point.y
    west, south, _, _ = first.geometry.extent
    return west, south


def _communities(area: Area) -> AreaQuerySet:
    return Area.objects.current().under(area.path).filter(level=AreaLevel.COMMUNITY)


def _copy(community: Area, cells: Sequence[Cell]) -> None:
    """Rows by COPY: a district of 64,200 cells is written in seconds."""
    shapes = shapely.set_srid([cell.outline for cell in cells], 4326)
    written = shapely.to_wkb(shapes, hex=True, include_srid=True)
    lines = io.StringIO()
    for cell, wkb in zip(cells, written, strict=True):
        lines.write(f"{community.code}{cell.number:03d}\t{community.pk}\t{square_metres(cell.outline):.1f}\t{wkb}\n")
    lines.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY grids_unit_grid (code, community_id, square_metres, geometry) FROM STDIN", lines)
