"""Who may change the division tree."""

from accounts.roles import ROLE_NAMES, Role
from accounts.scope import roles_over
from core.actor import Actor
from core.errors import Forbidden

TREE_ROLES = frozenset({Role.GRID_ADMIN, Role.SYSTEM_ADMIN})


def require_tree_admin(actor: Actor, path: str) -> str:
    """The role in which the actor may change what lies at `path`; raises Forbidden."""
    if actor.is_system:
        return "system"
    held = sorted(roles_over(actor, path) & TREE_ROLES)
    if not held:
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(TREE_ROLES)))
    return held[0]
