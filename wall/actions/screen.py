"""What a wall says of itself: that it is on, and how it draws."""

from collections.abc import Mapping
from typing import Any

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from wall.models import WallDevice


def note_screen(*, actor: Actor, said: Mapping[str, Any]) -> None:
    """The wall was heard. No history: it says so every half minute."""
    noted = WallDevice.objects.filter(user_id=actor.user_id or 0, state=WallDevice.State.ACTIVE).update(
        seen_at=now(), reported=dict(said)
    )
    if not noted:
        raise NotFound()
