"""Click-to-call: the telephone exchange of the site rings the seat, then whom it wants to speak to."""

import logging
from typing import Literal
from uuid import uuid4

from accounts.models import User
from core.actor import Actor
from notify.channels import telephone_exchange
from notify.channels.protocol import Call, ChannelFailed

logger = logging.getLogger(__name__)

Connecting = Literal["connecting", "by_hand", "not_connected"]
"""The exchange rings both; there is none, so the seat dials; the exchange did not take it, so the seat dials too."""


def connect_call(*, number: str, actor: Actor, subject: str) -> Connecting:
    """Ask the exchange to connect the actor with `number` about `subject` (a word for its screen). Never raises for an
    exchange that is away: a seat with a telephone of its own goes on by hand. Waits for the exchange five seconds.
    """
    exchange = telephone_exchange()
    if exchange is None:
        return "by_hand"
    seat = User.objects.filter(pk=actor.user_id or 0).values("username", "phone").first()
    name, own = (seat["username"], seat["phone"]) if seat else ("", "")
    call = Call(f"yw-call-{uuid4().hex}", name, own, number, subject)
    try:
        exchange.connect(call)
    except ChannelFailed as failure:
        logger.warning("the telephone exchange did not take a call: %s", failure)
        return "not_connected"
    return "connecting"
