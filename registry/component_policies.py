"""Who may do what to a component."""

from accounts.roles import ROLE_NAMES, Role
from accounts.scope import area_grants, roles_over, unit_ids
from core.actor import SYSTEM_ROLE, Actor
from core.errors import Forbidden
from registry.component_lifecycle import KEEPER, STEWARDS
from registry.models import Component


def roles_at(component: Component, actor: Actor, path: str) -> frozenset[str]:
    """The roles that count for this component, which stands in the area at `path`."""
    if actor.is_system:
        return frozenset({SYSTEM_ROLE})
    held = roles_over(actor, path)
    desks = unit_ids(actor, {Role.DEPARTMENT_DESK})
    keepers = {component.maintainer_unit_id, component.owner_unit_id, component.department_id}
    return held | {KEEPER} if desks & keepers else held


def require_steward(actor: Actor, path: str) -> str:
    """The role in which the actor keeps the register at `path`; raises Forbidden."""
    if actor.is_system:
        return SYSTEM_ROLE
    held = sorted(roles_over(actor, path) & STEWARDS)
    if not held:
        raise _refused()
    return held[0]


def is_steward(actor: Actor) -> bool:
    """Does the actor keep the register anywhere?"""
    return actor.is_system or bool(area_grants(actor, STEWARDS))


def require_any_steward(actor: Actor) -> None:
    if not is_steward(actor):
        raise _refused()


def _refused() -> Forbidden:
    return Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(STEWARDS)))
