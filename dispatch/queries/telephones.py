"""Where a responder is reached."""

from core.actor import Actor
from core.errors import NotFound
from dispatch.models import Responder


def telephone_of(responder: Responder) -> str:
    """The responder's own number on duty, else the person's, else the team's; empty where none is known.

    `user` and `team` are joined by the caller.
    """
    person = responder.user.phone if responder.user else ""
    return responder.phone or person or (responder.team.phone if responder.team else "")


def responder_to_call(responder_id: int, actor: Actor) -> Responder:
    """The responder with what its number may come from, or NotFound where the actor may not see it."""
    seen = Responder.objects.visible_to(actor).active().select_related("user", "team")
    found = seen.filter(pk=responder_id).first()
    if found is None:
        raise NotFound()
    return found
