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
from grids.models import Area, AreaBoundary, AreaLevel, UnitGridRun
from grids.models.area import AreaQuerySet
from grids.policies import require_tree_admin
from grids.rules.metres import square_metres
from grids.rules.unit_raster import Cell, TooManyCells, unit_cells

RUN_TASK = "grids.make_unit_grids"
MAP_TASK = "grids.map_unit_grids"
_AT_ONCE = 25
"""Communities of one transaction."""
LEAST_METRES, USUAL_METRES, MOST_METRES = 50, 100, 500

_SHARES = """
INSERT INTO grids_unit_grid_share (unit_grid_id, grid_id, share)
SELECT u.id, a.id, part.share
FROM grids_area a
JOIN grids_area_boundary b ON b.area_id = a.id AND upper(b.validity) IS NULL
JOIN grids_unit_grid u ON u.community_id = a.community_id AND u.geometry && b.geometry
CROSS JOIN LATERAL (SELECT CASE WHEN ST_Covers(b.geometry, u.geometry) THEN 1
    WHEN ST_Intersects(b.geometry, u.geometry)
    THEN least(1, ST_Area(ST_Intersection(u.geometry, b.geometry)) / ST_Area(u.geometry)) ELSE 0 END AS share) part
WHERE a.community_id = ANY(%(communities)s) AND a.level = 'grid' AND a.closed_at IS NULL AND part.share > 0.001
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
    left = list(_communities(run.area).order_by("code"))[run.done :]
    for some in (left[at : at + _AT_ONCE] for at in range(0, len(left), _AT_ONCE)):
        made, refused = make_unit_grids(communities=some, size_metres=run.size_metres, anchor=anchor, actor=SYSTEM)
        run.made += sum(made.values())
        run.refused += refused
        run.done += len(some)
        run.save(update_fields=["made", "done", "refused"])
    run.ended_at = now()
    run.save(update_fields=["ended_at"])


@transaction.atomic
def make_unit_grids(
    *,
    communities: Sequence[Area],
    size_metres: int,
    actor: Actor,
    anchor: tuple[float, float] | None = None,
) -> tuple[dict[str, int], list[dict[str, object]]]:
    """The unit grids of communities anew: how many by path, and who kept the old ones and why (see `UnitGridRun`).

    责任网格 keep their ground: each takes the new cells that lie on it. The communities are of one district.
    """
    roles = {one.pk: require_tree_admin(actor, one.path) for one in communities}
    ids = sorted(roles)
    list(Area.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))
    present = AreaBoundary.objects.filter(area__in=ids, validity__endswith=None).defer("geometry_3857")
    outlines = {outline.area_id: outline for outline in present}
    corner = anchor or anchor_of(communities[0])
    cut: dict[int, list[Cell]] = {}
    refused: list[dict[str, object]] = []
    for community in communities:
        told = {"path": community.path, "name": community.name}
        if community.pk not in outlines:
            refused.append({**told, "why": "no_outline", "count": 0})
            continue
        shape = shapely.from_wkb(bytes(outlines[community.pk].geometry.wkb))
        try:
            cut[community.pk] = unit_cells(shape, size_metres=size_metres, anchor=corner)
        except TooManyCells as error:
            refused.append({**told, "why": "too_many", "count": error.count})
    _replace([(one, cut[one.pk]) for one in communities if one.pk in cut])
    for community in communities:
        if community.pk in cut:
            facts = {
                "size_metres": size_metres,
                "count": len(cut[community.pk]),
                "boundary_version": outlines[community.pk].version,
            }
            change = Change(move="make_unit_grids", from_state="current", to_state="current", role=roles[community.pk])
            append(subject_kind="area", subject_id=community.pk, actor=actor, change=change, facts=facts)
    mark_changed(UNIT_GRIDS)
    return {one.path: len(cut[one.pk]) for one in communities if one.pk in cut}, refused


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


def _replace(cut: Sequence[tuple[Area, Sequence[Cell]]]) -> None:
    """The old cells go, the new ones come by COPY, and both mappings are made anew."""
    ids = [community.pk for community, _ in cut]
    lines = io.StringIO()
    for community, cells in cut:
        shapes = shapely.set_srid([cell.outline for cell in cells], 4326)
        for cell, wkb in zip(cells, shapely.to_wkb(shapes, hex=True, include_srid=True), strict=True):
            lines.write(
                f"{community.code}{cell.number:03d}\t{community.pk}\t{square_metres(cell.outline):.1f}\t{wkb}\n"
            )
    lines.seek(0)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM grids_unit_grid_share s USING grids_unit_grid u "
            "WHERE u.id = s.unit_grid_id AND u.community_id = ANY(%s)",
            [ids],
        )
        cursor.execute("DELETE FROM grids_unit_grid WHERE community_id = ANY(%s)", [ids])
        cursor.copy_expert("COPY grids_unit_grid (code, community_id, square_metres, geometry) FROM STDIN", lines)
        cursor.execute(_ZONES, {"communities": ids})
        cursor.execute(_SHARES, {"communities": ids})
