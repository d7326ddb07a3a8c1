"""Who decides about a return. Pure."""


def chief_decides(return_count: int, *, chief_from: int) -> bool:
    """The second return of an event (or the one from which it is set), and any further, is the duty chief's alone."""
    return return_count >= chief_from
