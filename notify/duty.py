"""Who is on duty is known above this app; it is asked here."""

from collections.abc import Callable, Collection
from datetime import datetime

OffDuty = Callable[[Collection[int], datetime], frozenset[int]]
_sources: list[OffDuty] = []


def register_duty(off_duty: OffDuty) -> None:
    """`off_duty(user ids, at)` answers with those of them who are on a roster and not on duty at that time."""
    _sources[:] = [off_duty]


def off_duty(user_ids: Collection[int], at: datetime) -> frozenset[int]:
    """Those who are off duty; people on no roster never are."""
    return _sources[0](user_ids, at) if _sources and user_ids else frozenset()
