"""The same rule twice: as keys for live updates, and as conditions on queries (accounts.scope)."""

from accounts.roles import DEPARTMENT_ROLES
from core.actor import Actor
from core.live.publish import Audience


def keys_of(actor: Actor) -> Audience:
    """The audience keys of a person: own user, covered areas, units held in a department role."""
    keys = {f"user:{actor.user_id}"} if actor.user_id is not None else set()
    for grant in actor.grants:
        if grant.role in DEPARTMENT_ROLES:
            keys.add(f"unit:{grant.unit_id}")
        elif grant.area_path:
            keys.add(f"area:{grant.area_path}")
    return frozenset(keys)
