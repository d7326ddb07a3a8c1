"""What dispatch declares at start-up to the apps below it."""

from dispatch.notices import KINDS
from dispatch.queries.duty import off_duty
from notify.duty import register_duty
from notify.kinds import register_kinds


def connect() -> None:
    """Called once, when the apps are ready."""
    register_kinds(KINDS)
    register_duty(off_duty)
