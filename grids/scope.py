"""How far an actor's sight reaches in the division tree."""

import hashlib

from accounts.models import OrgUnit
from accounts.scope import area_grants, covers, unit_ids
from core.actor import Actor


def reach_of(actor: Actor) -> tuple[str, ...]:
    """The shortest list of paths under which the actor sees everything: own areas, and those own units answer for."""
    paths = {grant.area_path for grant in area_grants(actor)}
    if units := unit_ids(actor):
        paths |= set(OrgUnit.objects.filter(pk__in=units).exclude(area_path="").values_list("area_path", flat=True))
    return tuple(path for path in sorted(paths) if not any(other != path and covers(other, path) for other in paths))


def reach_key(reach: tuple[str, ...]) -> str:
    """A short name for a reach, the same for everybody who sees the same."""
    return hashlib.sha256("\n".join(reach).encode()).hexdigest()[:16]


def within(reach: tuple[str, ...], path: str) -> bool:
    """Does the reach cover the area at `path`?"""
    return any(covers(prefix, path) for prefix in reach)
