"""Who looks at what holds for the whole site, limits and rules, and who sets it."""

from accounts.roles import ROLE_NAMES, Role
from core.actor import SYSTEM_ROLE, Actor
from core.errors import Forbidden

READERS = (Role.SYSTEM_ADMIN, Role.GRID_ADMIN, Role.DUTY_CHIEF, Role.LEADER)


def may_set(actor: Actor) -> bool:
    return actor.has_role(Role.SYSTEM_ADMIN)


def require_reader(actor: Actor) -> None:
    """Those who answer for clocks and cases may see what they run by."""
    if not actor.is_system and not actor.has_role(*READERS):
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in READERS))


def setter_role(actor: Actor) -> str:
    """The role in which the actor sets something; Forbidden where there is none."""
    if actor.is_system:
        return SYSTEM_ROLE
    if not may_set(actor):
        raise Forbidden(roles=ROLE_NAMES[Role.SYSTEM_ADMIN])
    return Role.SYSTEM_ADMIN.value
