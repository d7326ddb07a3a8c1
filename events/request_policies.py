"""Which of an actor's roles count for a request."""

from accounts.roles import Role
from accounts.scope import unit_ids
from core.actor import Actor
from events.lifecycle import ASKER
from events.models import Request
from events.rules.requests import LADDERS


def roles_over_request(actor: Actor, request: Request, over_event: frozenset[str]) -> frozenset[str]:
    """The roles in which the actor may act on the request, given those over its event: the desk of the department that
    asks, the post that grants this kind, and the person who asked.
    """
    roles = over_event & {LADDERS[request.kind].granted_by}
    if request.unit_id is not None and request.unit_id in unit_ids(actor, [Role.DEPARTMENT_DESK]):
        roles |= {Role.DEPARTMENT_DESK}
    if actor.user_id is not None and request.asked_by_id == actor.user_id:
        roles |= {ASKER}
    return roles


def has_part_in(request: Request, actor: Actor) -> bool:
    """Did the actor ask or endorse? Then somebody else decides."""
    return actor.user_id is not None and actor.user_id in (request.asked_by_id, request.endorsed_by_id)
