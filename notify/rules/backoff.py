"""How long to wait after a failed try. Pure."""

from datetime import timedelta
from typing import Final

WAITS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)


def wait_after(attempts: int) -> timedelta | None:
    """The pause after the `attempts`-th try failed; None where it was the last one."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
