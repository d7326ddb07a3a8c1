"""Which area the wall of an actor shows, and the condition that keeps its figures inside."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.roles import DEPARTMENT_ROLES, ROLE_NAMES
from accounts.scope import area_grants, covers, within_areas
from core.actor import Actor
from core.errors import Forbidden, NotFound, OutsideDivisionTree
from grids.queries.locate import location_of


@dataclass(frozen=True)
class WallScope:
    """`path` is the area that is shown, `paths` all areas whose rows count; `within` holds on rows with stored keys."""

    path: str
    paths: tuple[str, ...]
    within: Q


def scope_of(actor: Actor, area: str | None = None) -> WallScope:
    """The areas of the actor's grants, or the one asked for where a grant covers it.

    Figures count what happened in these areas; what the actor sees for other reasons (own reports) is not counted.
    """
    granted = sorted({grant.area_path for grant in area_grants(actor)}, key=lambda path: (path.count("."), path))
    if not granted:
        roles = "、".join(name for role, name in ROLE_NAMES.items() if role not in DEPARTMENT_ROLES)
        raise Forbidden(roles=roles)
    if area is None or area in granted:
        within = within_areas(actor, key_fields=True) if area is None else _inside(area)
        return WallScope(area or granted[0], (area,) if area else tuple(granted), within)
    if not any(covers(path, area) for path in granted):
        raise NotFound()
    return WallScope(area, (area,), _inside(area))


def _inside(path: str) -> Q:
    """Rows inside one area: an equality on its key where its level has one."""
    try:
        place = location_of(path)
    except OutsideDivisionTree as error:
        raise NotFound() from error
    key = place.keys.get(f"{place.level}_id")
    return Q(**{f"{place.level}_id": key}) if key else Q(area_path=path) | Q(area_path__startswith=f"{path}.")
