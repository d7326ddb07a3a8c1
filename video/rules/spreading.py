"""How many cameras each worker should hold: as even as their capacities allow, and as they hold them where they may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """What a living worker can take and what it holds."""

    capacity: int
    held: int


def shares(cameras: int, workers: Mapping[str, Standing]) -> dict[str, int]:
    """Worker → how many of the `cameras` it should hold; together all, as far as there is room.

    Nobody gets more than its capacity; what one cannot take the others share. An odd camera stays where most are, so
    that none changes hands for nothing.
    """
    share = dict.fromkeys(workers, 0)
    left = cameras
    open_to = [holder for holder, worker in workers.items() if worker.capacity > 0]
    while left > 0 and open_to:
        open_to.sort(key=lambda holder: (share[holder], -workers[holder].held, holder))
        each = left // len(open_to)
        for index, holder in enumerate(open_to):
            wanted = each + (1 if index < left % len(open_to) else 0)
            share[holder] += min(wanted, workers[holder].capacity - share[holder])
        left = cameras - sum(share.values())
        open_to = [holder for holder in open_to if share[holder] < workers[holder].capacity]
    return share
