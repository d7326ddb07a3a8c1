"""What views ask of a request."""

from typing import Any, cast

from rest_framework.request import Request

from core.actor import Actor


def actor_of(request: Request) -> Actor:
    """The signed-in person as an actor, with grants read once per request."""
    actor: Actor = cast(Any, request.user).as_actor()
    return actor
