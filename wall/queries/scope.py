"""The rows inside one area, for a wall that stands for it."""

from accounts.roles import Role
from analytics.queries.scope import WallScope, scope_of
from core.actor import Actor, ActorGrant


def scope_at(area_path: str) -> WallScope:
    """What a wall of this area counts, whoever asks on its behalf."""
    stands_for = Actor(None, "", (ActorGrant(role=Role.WALL_DEVICE, area_path=area_path),))
    return scope_of(stands_for, area_path)
