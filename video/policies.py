"""Who may set up cameras and zones."""

from accounts.roles import ROLE_NAMES, Role
from accounts.scope import roles_over
from core.actor import SYSTEM_ROLE, Actor
from core.errors import Forbidden
from events.routing_lifecycle import READERS

CAMERA_ROLES = frozenset({Role.GRID_ADMIN, Role.SYSTEM_ADMIN})


def camera_role(actor: Actor, area_path: str) -> str | None:
    """The role in which the actor may set up cameras at `area_path`, if any."""
    if actor.is_system:
        return SYSTEM_ROLE
    return next(iter(sorted(roles_over(actor, area_path) & CAMERA_ROLES)), None)


def require_camera_admin(actor: Actor, area_path: str) -> str:
    """The same; raises Forbidden."""
    role = camera_role(actor, area_path)
    if role is None:
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(CAMERA_ROLES)))
    return role


def sees_precision(actor: Actor, area_path: str) -> bool:
    """Who reads what is automatic sees how precise a camera is, and so does who sets the camera up."""
    return actor.has_role(*READERS) or camera_role(actor, area_path) is not None
