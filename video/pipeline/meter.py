"""What watching one camera takes and yields, counted where it happens and read by whoever reports it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Dropped(StrEnum):
    """Why a picture was not looked at."""

    LATE = "late"
    """Not decoded: reading had fallen behind, and went on at the next key frame."""
    CROWDED = "crowded"
    """A newer picture took its place before the detector had time for it."""
    NO_MODEL = "no_model"
    """No detector is ready."""
    DAMAGED = "damaged"
    """It could not be decoded."""


@dataclass(slots=True)
class Meter:
    """Totals since the camera was taken. Each is counted by one thread at a time, so none is lost; seconds are sums.

    `read` are coded pictures received, `sampled` those due to be looked at, `looked` those that were, `inferred` those
    the detector saw. `turn_seconds` is waiting for a turn, `queue_seconds` for the detector. `lag` is how old the last
    picture was when it had been looked at, `behind` how late reading is.
    """

    read: int = 0
    decoded: int = 0
    sampled: int = 0
    looked: int = 0
    inferred: int = 0
    detections: int = 0
    batched: int = 0
    decode_seconds: float = 0.0
    turn_seconds: float = 0.0
    queue_seconds: float = 0.0
    run_seconds: float = 0.0
    look_seconds: float = 0.0
    lag: float = 0.0
    behind: float = 0.0
    width: int = 0
    height: int = 0
    decoder: str = ""
    held_bytes: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    def drop(self, why: Dropped, pictures: int = 1) -> None:
        self.dropped[why] += pictures

    def copy(self) -> Meter:
        """As it stands now."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return Meter(**values | {"dropped": Counter(self.dropped)})
