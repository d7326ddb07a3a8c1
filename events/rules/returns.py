"""Who decides about a return. Pure."""

CHIEF_FROM = 2


def chief_decides(return_count: int) -> bool:
    """The second return of an event, and any further one, is decided by the duty chief alone."""
    return return_count >= CHIEF_FROM
