"""Who sets walls up, who points them somewhere, and who changes the footing."""

from collections.abc import Iterable

from accounts.roles import ROLE_NAMES, Role
from accounts.scope import roles_over
from core.actor import SYSTEM_ROLE, Actor
from core.errors import Forbidden

MANAGERS = frozenset({Role.WALL_OPERATOR, Role.DUTY_CHIEF, Role.SYSTEM_ADMIN})
"""They pair walls, revoke them and say how large their text is."""
CONTROLLERS = MANAGERS | {Role.ACCEPTOR, Role.DISPATCHER, Role.LEADER}
"""They point a wall at something."""


def _role_of(actor: Actor, area_path: str, wanted: Iterable[str]) -> str | None:
    if actor.is_system:
        return SYSTEM_ROLE
    return next(iter(sorted(roles_over(actor, area_path) & set(wanted))), None)


def _require(actor: Actor, area_path: str, wanted: frozenset[Role]) -> str:
    role = _role_of(actor, area_path, wanted)
    if role is None:
        raise Forbidden(roles="、".join(ROLE_NAMES[one] for one in sorted(wanted)))
    return role


def require_manager(actor: Actor, area_path: str) -> str:
    """The role in which the actor sets up walls of this area; raises Forbidden."""
    return _require(actor, area_path, MANAGERS)


def require_controller(actor: Actor, area_path: str) -> str:
    """The role in which the actor points walls of this area; raises Forbidden."""
    return _require(actor, area_path, CONTROLLERS)


def may_manage(actor: Actor, area_path: str) -> bool:
    return _role_of(actor, area_path, MANAGERS) is not None


def may_control(actor: Actor, area_path: str) -> bool:
    return _role_of(actor, area_path, CONTROLLERS) is not None


def require_viewer(actor: Actor) -> None:
    """Who lists walls: whoever points at least one somewhere."""
    if not actor.is_system and not actor.has_role(*CONTROLLERS):
        raise Forbidden(roles="、".join(ROLE_NAMES[one] for one in sorted(CONTROLLERS)))
