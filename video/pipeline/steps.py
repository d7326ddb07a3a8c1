"""What the time stamps of a stream say about it."""

from __future__ import annotations

from collections.abc import Callable

LONG_GAP_SECONDS = 2.0
_FILE_LEAP_SECONDS = 60.0
_REORDERED_SECONDS = 1.0

Noted = Callable[[str], None]
"""Is told codes of what is odd about a stream and does not end it."""


class Steps:
    """Watches the time stamps of a connection: do they leap, and do pictures come evenly?"""

    def __init__(self, noted: Noted, *, is_file: bool) -> None:
        self._noted = noted
        self._is_file = is_file
        self._stamp: float | None = None
        self._came = 0.0
        self.reached = 0.0

    def see(self, stamp: float | None, came: float) -> None:
        if stamp is None:
            return
        if self._stamp is not None:
            self._compare(stamp - self._stamp, came - self._came)
        self._stamp, self._came = stamp, came
        self.reached = max(self.reached, stamp)

    def _compare(self, step: float, waited: float) -> None:
        """A file's stamps are its only clock; a camera's are compared with when the pictures came."""
        leap = _FILE_LEAP_SECONDS if self._is_file else waited + LONG_GAP_SECONDS
        if step < -_REORDERED_SECONDS or step > leap:
            self._noted("jumping_clock")
        elif max(step, 0.0 if self._is_file else waited) > LONG_GAP_SECONDS:
            self._noted("irregular")
