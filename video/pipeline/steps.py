"""What the time stamps of a stream say about it."""

from __future__ import annotations

from collections.abc import Callable

LONG_GAP_SECONDS = 2.0
_FILE_LEAP_SECONDS = 60.0
_REORDERED_SECONDS = 1.0
_LONGEST_HELD_UP_SECONDS = 8.0

Noted = Callable[[str], None]
"""Is told codes of what is odd about a stream and does not end it."""


class Steps:
    """Watches the time stamps of a connection: do they leap, and do pictures come evenly?"""

    def __init__(self, noted: Noted, *, is_file: bool, opened: float = 0.0) -> None:
        """`opened`: when the connection was begun. What came until the first picture is asked for, comes at once."""
        self._noted = noted
        self._is_file = is_file
        self._stamp: float | None = None
        self._came = opened
        self._ahead = 0.0
        self.reached = 0.0

    def see(self, stamp: float | None, came: float) -> None:
        if stamp is None:
            return
        if self._stamp is None:
            self._ahead = stamp - self._came
        elif self._is_file:
            self._compare_stored(stamp - self._stamp)
        else:
            self._compare(stamp - self._stamp, came - self._came, stamp - came)
        self._stamp, self._came = stamp, came
        self.reached = max(self.reached, stamp)

    def _compare_stored(self, step: float) -> None:
        """A file's stamps are its only clock."""
        if step < -_REORDERED_SECONDS or step > _FILE_LEAP_SECONDS:
            self._noted("jumping_clock")
        elif step > LONG_GAP_SECONDS:
            self._noted("irregular")

    def _compare(self, step: float, waited: float, ahead: float) -> None:
        """A camera's are compared with when the pictures came: some are held up on the way and then come at once, with
        large steps that nobody waited for, but none comes before it was taken."""
        if step < -_REORDERED_SECONDS or ahead > self._ahead + LONG_GAP_SECONDS:
            self._noted("jumping_clock")
            self._ahead = ahead
        elif max(step, waited) > LONG_GAP_SECONDS:
            self._noted("irregular")
        # A clock that is slow falls behind for ever, and would hide a leap.
        self._ahead = max(ahead, min(self._ahead, ahead + _LONGEST_HELD_UP_SECONDS))
