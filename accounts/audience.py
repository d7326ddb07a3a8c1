"""The same rule twice: as keys for live updates, and as conditions on queries (accounts.scope)."""

from accounts.roles import DEPARTMENT_ROLES, WATCHERS, Role
from core.actor import Actor
from core.live.publish import IN_PUBLIC, Audience


def keys_of(actor: Actor) -> Audience:
    """The audience keys of a person: own user, covered areas, units held in a department role.

    A role that watches over colleagues holds each key again, as a watcher; a screen on a wall is in public view.
    """
    keys = {f"user:{actor.user_id}"} if actor.user_id is not None else set()
    if is_device(actor):
        keys.add(IN_PUBLIC)
    for grant in actor.grants:
        if grant.role in DEPARTMENT_ROLES:
            held = f"unit:{grant.unit_id}"
        elif grant.area_path:
            held = f"area:{grant.area_path}"
        else:
            continue
        keys |= {held, f"watch:{held}"} if grant.role in WATCHERS else {held}
    return frozenset(keys)


def is_device(actor: Actor) -> bool:
    """A screen on a wall, and nobody's account: nobody sits at it, and everybody who passes reads it."""
    return actor.has_role(Role.WALL_DEVICE)


def watchers_among(audience: Audience) -> Audience:
    """Those of an audience who hold their key in a role that watches over colleagues."""
    return frozenset(f"watch:{key}" for key in audience)
