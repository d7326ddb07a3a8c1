"""Who acts: a signed-in person with grants, somebody from the public, or the platform itself."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ActorGrant:
    """One grant: a role, held at an organisation unit and over an area.

    `area_key` is the opaque key of the area (its row in the division tree), `area_path` its path; both are empty for a
    grant that comes from a department alone.
    """

    role: str
    unit_id: int | None = None
    area_path: str = ""
    area_level: str = ""
    area_key: int | None = None


@dataclass(frozen=True)
class Actor:
    user_id: int | None
    name: str
    grants: tuple[ActorGrant, ...] = field(default=())

    @property
    def is_system(self) -> bool:
        """Nobody's account and nobody's grant: the platform. A citizen has no account either, but comes as one."""
        return self.user_id is None and not self.grants

    @property
    def is_citizen(self) -> bool:
        return self.user_id is None and self.has_role(CITIZEN_ROLE)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor(user_id=None, name="系统")
SYSTEM_ROLE = "system"

CITIZEN_ROLE = "citizen"
CITIZEN = Actor(user_id=None, name="市民", grants=(ActorGrant(role=CITIZEN_ROLE),))
"""Somebody without an account. What it may do to an event is proved by a receipt before it acts, and is very little."""
