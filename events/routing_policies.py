"""Who looks at, writes and switches the rules by which events find their departments."""

from accounts.roles import ROLE_NAMES, Role
from accounts.scope import area_grants, covers
from core.actor import SYSTEM_ROLE, Actor
from core.errors import Forbidden
from events.routing_lifecycle import EDITORS, READERS

WHOLE_DISTRICT = frozenset({"city", "district"})


def require_reader(actor: Actor) -> None:
    """Desks that dispatch by the rules may read them."""
    if not actor.is_system and not actor.has_role(*READERS):
        raise Forbidden(roles=_names(READERS))


def editing_roles(actor: Actor, area_path: str = "") -> frozenset[str]:
    """The roles in which the actor may change the rules of an area: administrators, and duty chiefs within their own.
    The site-wide rules hold for the whole district, so a street's duty chief has none over them.
    """
    if area_path:
        return _row_roles(actor, area_path)
    if actor.is_system:
        return frozenset({SYSTEM_ROLE})
    return frozenset(
        grant.role
        for grant in actor.grants
        if grant.role == Role.SYSTEM_ADMIN or (grant.role == Role.DUTY_CHIEF and grant.area_level in WHOLE_DISTRICT)
    )


def own_areas(actor: Actor) -> list[str]:
    """The areas over which a duty chief may write rules; the rest of the tree is theirs with them."""
    return sorted({grant.area_path for grant in area_grants(actor, {Role.DUTY_CHIEF})})


def require_rule_editor(actor: Actor, area_path: str = "") -> str:
    """The role in which the actor changes the rules of the area, or the site-wide ones."""
    roles = editing_roles(actor, area_path)
    if not roles:
        raise Forbidden(roles=_names(EDITORS))
    return min(roles)


def _row_roles(actor: Actor, area_path: str) -> frozenset[str]:
    if actor.is_system:
        return frozenset({SYSTEM_ROLE})
    over = {grant.role for grant in area_grants(actor, EDITORS) if covers(grant.area_path, area_path)}
    return frozenset(over | ({Role.SYSTEM_ADMIN.value} & actor.roles))


def may_edit_rows_of(actor: Actor, area_path: str) -> bool:
    return bool(_row_roles(actor, area_path))


def require_row_editor(actor: Actor, area_path: str) -> str:
    """The role in which the actor says who answers for an area: administrators, and duty chiefs within their own."""
    roles = _row_roles(actor, area_path)
    if not roles:
        raise Forbidden(roles=_names(EDITORS))
    return min(roles)


def _names(roles: frozenset[str]) -> str:
    return "、".join(ROLE_NAMES[role] for role in sorted(roles))
