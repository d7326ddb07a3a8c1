"""Who may do what to a sensor."""

from accounts.roles import ROLE_NAMES
from accounts.scope import area_grants, roles_over
from core.actor import SYSTEM_ROLE, Actor
from core.errors import Forbidden
from sensors.lifecycle import STEWARDS


def steward_role(actor: Actor, area_path: str) -> str | None:
    """The role in which the actor keeps the register at `area_path`, if any."""
    if actor.is_system:
        return SYSTEM_ROLE
    return next(iter(sorted(roles_over(actor, area_path) & STEWARDS)), None)


def require_steward(actor: Actor, area_path: str) -> str:
    """The same; raises Forbidden."""
    role = steward_role(actor, area_path)
    if role is None:
        raise _refused()
    return role


def is_steward(actor: Actor) -> bool:
    """Does the actor keep the register anywhere?"""
    return actor.is_system or bool(area_grants(actor, STEWARDS))


def require_any_steward(actor: Actor) -> None:
    if not is_steward(actor):
        raise _refused()


def _refused() -> Forbidden:
    return Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(STEWARDS)))
