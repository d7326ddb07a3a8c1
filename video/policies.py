"""Who may set up cameras and zones."""

from accounts.roles import ROLE_NAMES, WATCHERS, Role
from accounts.scope import roles_over
from core.actor import SYSTEM_ROLE, Actor
from core.errors import Forbidden
from events.routing_lifecycle import READERS
from video.model_lifecycle import MODEL_ROLES

CAMERA_ROLES = frozenset({Role.GRID_ADMIN, Role.SYSTEM_ADMIN})
VIEWING_ROLES = frozenset(WATCHERS) | CAMERA_ROLES
"""Who may watch live pictures of the area; others who see a camera see its name only."""

TURNING_ROLES = frozenset({Role.ACCEPTOR, Role.DISPATCHER, Role.DUTY_CHIEF, Role.WALL_OPERATOR}) | CAMERA_ROLES
"""Who of them may turn a camera, which everybody else who watches it then sees turn."""


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


def any_camera_role(actor: Actor) -> str | None:
    """The role in which the actor sets up cameras somewhere, if any: for what belongs to no single area."""
    if actor.is_system:
        return SYSTEM_ROLE
    return next((role for role in sorted(CAMERA_ROLES) if actor.has_role(role)), None)


def require_any_camera_admin(actor: Actor) -> str:
    """The same; raises Forbidden."""
    role = any_camera_role(actor)
    if role is None:
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(CAMERA_ROLES)))
    return role


def sees_precision(actor: Actor, area_path: str) -> bool:
    """Who reads what is automatic sees how precise a camera is, and so does who sets the camera up."""
    return actor.has_role(*READERS) or camera_role(actor, area_path) is not None


def may_watch(actor: Actor, area_path: str) -> bool:
    """Whether the actor may watch live pictures of cameras at `area_path`."""
    return actor.is_system or bool(roles_over(actor, area_path) & VIEWING_ROLES)


def require_watching(actor: Actor, area_path: str) -> None:
    """The same; raises Forbidden."""
    if not may_watch(actor, area_path):
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(VIEWING_ROLES)))


def may_turn(actor: Actor, area_path: str) -> bool:
    """Whether the actor may turn cameras at `area_path`: only who may watch them."""
    return may_watch(actor, area_path) and bool(roles_over(actor, area_path) & TURNING_ROLES)


def require_turning(actor: Actor, area_path: str) -> str:
    """The role in which the actor turns cameras; raises Forbidden."""
    roles = sorted(roles_over(actor, area_path) & TURNING_ROLES)
    if not roles or not may_watch(actor, area_path):
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(TURNING_ROLES)))
    return roles[0]


def require_model_admin(actor: Actor) -> str:
    """Models hold for the whole site: whoever brings one, or chooses one for all, administers the system."""
    if actor.is_system:
        return SYSTEM_ROLE
    if not actor.has_role(*MODEL_ROLES):
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(MODEL_ROLES)))
    return Role.SYSTEM_ADMIN


def require_model_reader(actor: Actor) -> None:
    """Who sets up cameras sees what looks at them."""
    if not actor.is_system and not actor.has_role(*CAMERA_ROLES):
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(CAMERA_ROLES)))
