"""责任网格 and 专属网格: which ground a collector answers for, and what is cut out of it for a park or a school."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db import transaction
from shapely.geometry.base import BaseGeometry

from accounts.models import User
from core.actor import Actor
from core.errors import Invalid, NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from grids.actions.datasets import UNIT_GRIDS, mark_changed
from grids.errors import UnitGridTaken, ZonesOverlap
from grids.models import Area, AreaBoundary, AreaLevel, DutyZone, UnitGrid
from grids.outlines import checked_outline
from grids.policies import require_tree_admin
from grids.rules.metres import square_metres

SUBJECT_KIND = "duty_zone"
LETTERS = {False: "Z", True: "S"}
"""A 责任网格 is coded by its community, Z and three digits; a 专属网格 by S (ours: the standard leaves it open)."""
_SPECK_SQUARE_METRES = 1.0


@dataclass(frozen=True)
class ZoneContent:
    """`unit_grids` (codes) for a 责任网格, `outline` for a 专属网格; the other is not looked at."""

    kind: str
    name: str
    person_id: int | None = None
    unit_grids: Sequence[str] = ()
    outline: MultiPolygon | None = None


@transaction.atomic
def create_zone(*, community_id: int, content: ZoneContent, actor: Actor) -> DutyZone:
    """Ground that somebody answers for from now on."""
    community = _community(community_id, actor)
    role = require_tree_admin(actor, community.path)
    zone = DutyZone(community=community, kind=content.kind, code="")
    zone.code = _next_code(community, zone.is_exclusive)
    _fill(zone, content)
    return _keep(zone, content, actor, role, "create")


@transaction.atomic
def edit_zone(*, zone_id: int, version: int, content: ZoneContent, actor: Actor) -> DutyZone:
    """Other ground, another person or another name. Its kind stays: its code says what it is."""
    zone, role = _lock(zone_id, version, actor)
    _fill(zone, content)
    zone.version += 1
    return _keep(zone, content, actor, role, "edit")


@transaction.atomic
def remove_zone(*, zone_id: int, version: int, actor: Actor) -> None:
    """Nobody answers for this ground by itself any more: the unit grids stay, without a 责任网格."""
    zone, role = _lock(zone_id, version, actor)
    append(
        subject_kind=SUBJECT_KIND,
        subject_id=zone.pk,
        actor=actor,
        change=Change(move="remove", from_state="current", to_state="removed", role=role),
        facts={"code": zone.code, "kind": zone.kind, "name": zone.name},
    )
    zone.delete()
    mark_changed(UNIT_GRIDS)


def _keep(zone: DutyZone, content: ZoneContent, actor: Actor, role: str, move: str) -> DutyZone:
    is_new = zone.pk is None
    zone.save()
    if not zone.is_exclusive:
        UnitGrid.objects.filter(zone=zone).exclude(code__in=content.unit_grids).update(zone=None)
        UnitGrid.objects.filter(community=zone.community, code__in=content.unit_grids).update(zone=zone)
    append(
        subject_kind=SUBJECT_KIND,
        subject_id=zone.pk,
        actor=actor,
        change=Change(move=move, from_state="" if is_new else "current", to_state="current", role=role),
        facts={
            "code": zone.code,
            "kind": zone.kind,
            "name": zone.name,
            "person": zone.person_id,
            "unit_grids": [] if zone.is_exclusive else sorted(content.unit_grids),
            "square_metres": round(square_metres(shapely.from_wkb(bytes(zone.outline.wkb)))),
            "outline_sha256": sha256(bytes(zone.outline.wkb)).hexdigest(),
        },
        first=is_new,
    )
    mark_changed(UNIT_GRIDS)
    return zone


def _fill(zone: DutyZone, content: ZoneContent) -> None:
    if not content.name.strip():
        raise _invalid("name", "required", "请填写名称。", "A name is needed.")
    if content.person_id is not None and not User.objects.filter(pk=content.person_id, is_active=True).exists():
        raise _invalid("person_id", "unknown", "没有这个人员。", "There is no such person.")
    zone.name, zone.person_id = content.name.strip(), content.person_id
    shape = _cut_out(zone, content) if zone.is_exclusive else _gathered(zone, content)
    made = GEOSGeometry(memoryview(shapely.to_wkb(shape)), srid=4326)
    zone.outline = made if isinstance(made, MultiPolygon) else MultiPolygon(made, srid=4326)


def _gathered(zone: DutyZone, content: ZoneContent) -> BaseGeometry:
    """The ground of the unit grids; each belongs to one 责任网格 only."""
    found = list(
        UnitGrid.objects.select_for_update(of=("self",))
        .select_related("zone")
        .filter(community_id=zone.community_id, code__in=content.unit_grids)
        .order_by("code")
    )
    if not found or len(found) != len(set(content.unit_grids)):
        raise _invalid("unit_grids", "unknown", "请选择本社区的单元网格。", "Choose unit grids of this community.")
    for unit_grid in found:
        if unit_grid.zone is not None and unit_grid.zone_id != zone.pk:
            raise UnitGridTaken(unit_grid=unit_grid.code, holder=unit_grid.zone.name)
    return shapely.union_all([shapely.from_wkb(bytes(one.geometry.wkb)) for one in found])


def _cut_out(zone: DutyZone, content: ZoneContent) -> BaseGeometry:
    """The outline, inside the community and apart from every other 专属网格 there."""
    if content.outline is None:
        raise _invalid("outline", "required", "请画出范围。", "Draw its outline.")
    shape = shapely.from_wkb(bytes(checked_outline(content.outline).wkb))
    present = AreaBoundary.objects.filter(area=zone.community_id, validity__endswith=None).first()
    beyond = shape.difference(shapely.from_wkb(bytes(present.geometry.wkb))) if present else shapely.Polygon()
    if square_metres(beyond) > max(_SPECK_SQUARE_METRES, 0.01 * square_metres(shape)):
        raise _invalid("outline", "outside_community", "范围应在本社区之内。", "It must lie inside the community.")
    others = DutyZone.objects.filter(community=zone.community_id).exclude(kind=DutyZone.Kind.COLLECTOR)
    for other in others.exclude(pk=zone.pk):
        shared = square_metres(shape.intersection(shapely.from_wkb(bytes(other.outline.wkb))))
        if shared > _SPECK_SQUARE_METRES:
            raise ZonesOverlap(holder=other.name, square_metres=shared)
    return shape


def _lock(zone_id: int, version: int, actor: Actor) -> tuple[DutyZone, str]:
    zone = (
        DutyZone.objects.visible_to(actor)
        .select_related("community")
        .select_for_update(of=("self",))
        .filter(pk=zone_id)
        .first()
    )
    if zone is None:
        raise NotFound()
    role = require_tree_admin(actor, zone.community.path)
    if zone.version != version:
        raise StaleVersion(current_version=zone.version)
    return zone, role


def _community(community_id: int, actor: Actor) -> Area:
    """Locked, so that two people do not give out the same code."""
    found = Area.objects.current().visible_to(actor).select_for_update(of=("self",))
    community = found.filter(pk=community_id, level=AreaLevel.COMMUNITY).first()
    if community is None:
        raise NotFound()
    return community


def _next_code(community: Area, is_exclusive: bool) -> str:
    stem = f"{community.code}{LETTERS[is_exclusive]}"
    taken = set(DutyZone.objects.filter(code__startswith=stem).values_list("code", flat=True))
    free = next((code for number in range(1, 1_000) if (code := f"{stem}{number:03d}") not in taken), None)
    if free is None:
        raise _invalid("code", "none_left", "本社区的顺序码已用完。", "This community has no numbers left.")
    return free


def _invalid(field: str, code: str, zh: str, en: str) -> Invalid:
    return Invalid(errors=[{"field": field, "code": code, "message_zh": zh, "message_en": en}])
