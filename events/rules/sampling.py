"""Which self-handled events somebody else looks at. Pure."""

import hashlib


def is_sampled(number: str, *, percent: int) -> bool:
    """Is the event with this number among the `percent` in a hundred? Always the same answer for the same number, and
    nobody can tell beforehand by looking at it.
    """
    drawn = int.from_bytes(hashlib.sha256(number.encode()).digest()[:8]) % 100
    return drawn < percent
