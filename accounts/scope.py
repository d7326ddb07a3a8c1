"""Data scope = area path × department × role, as conditions that querysets apply."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q

from accounts.roles import DEPARTMENT_ROLES, WATCHERS
from core.actor import Actor, ActorGrant

NOTHING = Q(pk__in=[])


def area_grants(actor: Actor, roles: Iterable[str] | None = None) -> list[ActorGrant]:
    """Grants over areas, optionally only those of some roles."""
    wanted = None if roles is None else set(roles)
    return [
        grant
        for grant in actor.grants
        if grant.role not in DEPARTMENT_ROLES and grant.area_path and (wanted is None or grant.role in wanted)
    ]


def covers(grant_path: str, path: str) -> bool:
    """Does a grant at `grant_path` cover the area at `path`? A prefix test on whole labels."""
    return path == grant_path or path.startswith(grant_path + ".")


def roles_over(actor: Actor, path: str) -> frozenset[str]:
    """The roles the actor holds over the area at `path`."""
    return frozenset(grant.role for grant in area_grants(actor) if covers(grant.area_path, path))


def as_watcher(actor: Actor) -> Actor:
    """The actor with only those grants that let one see where colleagues are."""
    return replace(actor, grants=tuple(grant for grant in actor.grants if grant.role in WATCHERS))


def unit_ids(actor: Actor, roles: Iterable[str] = DEPARTMENT_ROLES) -> frozenset[int]:
    """Units at which the actor holds one of the department roles."""
    wanted = set(roles)
    return frozenset(g.unit_id for g in actor.grants if g.role in wanted and g.unit_id is not None)


def within_areas(actor: Actor, *, path_field: str = "area_path", key_fields: bool = False) -> Q:
    """Rows whose area the actor's grants cover.

    With `key_fields` the row stores district_id, street_id, community_id and grid_id beside its path, and the scope is
    an equality on one of them, which the boards' indexes serve; otherwise it is a prefix test on `path_field`.
    """
    condition = NOTHING
    for grant in area_grants(actor):
        if (
            key_fields
            and grant.area_key is not None
            and grant.area_level in {"district", "street", "community", "grid"}
        ):
            condition |= Q(**{f"{grant.area_level}_id": grant.area_key})
        else:
            condition |= Q(**{path_field: grant.area_path}) | Q(**{f"{path_field}__startswith": grant.area_path + "."})
    return condition
