"""Who may change the catalogue: it holds for the whole site, so an office, not an area, decides."""

from accounts.roles import ROLE_NAMES, Role
from core.actor import SYSTEM_ROLE, Actor
from core.errors import Forbidden

EDITORS = (Role.SYSTEM_ADMIN, Role.GRID_ADMIN)


def editor_role(actor: Actor) -> str:
    """The role in which the actor changes the catalogue; Forbidden where there is none."""
    if actor.is_system:
        return SYSTEM_ROLE
    held = [role for role in EDITORS if actor.has_role(role)]
    if not held:
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in EDITORS))
    return held[0].value


def may_edit(actor: Actor) -> bool:
    return actor.has_role(*EDITORS)
