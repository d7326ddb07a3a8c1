"""Control messages: they travel like updates, but end sockets instead of reaching screens."""

from typing import Literal

from core.clock import now
from core.models import OutboxMessage

CONTROL = "control"


def end_sockets_of(
    *, user_id: int, reason: Literal["session_ended", "rights_changed"], session_key: str | None = None
) -> None:
    """Close the person's sockets (4401 or 4403), all of them or those of one session. Leaves only on commit."""
    OutboxMessage.objects.create(
        type=CONTROL,
        subject_kind="user",
        subject_id=user_id,
        payload={"reason": reason, "session_key": session_key},
        before=[],
        after=[],
        created_at=now(),
    )
