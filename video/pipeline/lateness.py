"""Is reading a stream keeping up? When it is not, decoding goes on at the next key frame: late pictures are no use."""

from __future__ import annotations

from collections.abc import Mapping

LATE_SECONDS: Mapping[int, float] = {1: 2.0, 2: 1.4, 3: 0.8}
"""By priority: a low one gives up decoding first, and leaves the time to those above it."""
_CLOCKS_PART = 0.001
"""Seconds by which a camera's clock may run away from ours in one second, at most."""
_JUMP_SECONDS = 10.0


class Lateness:
    """Compares when pictures were taken with when they are read. The promptest picture of a connection counts as being
    on time, so a constant delay of the network is none."""

    def __init__(self, late_seconds: float) -> None:
        self._late = late_seconds
        self._prompt: float | None = None
        self._asked = 0.0
        self._skipping = False
        self.behind = 0.0

    def skips(self, stamp: float | None, now: float, *, is_key: bool) -> bool:
        """Whether this coded picture is to be passed over. Without the ones before it no later one can be decoded, so
        it goes on until a key frame."""
        if stamp is not None:
            self._compare(now - stamp, now)
        self._skipping = not is_key and (self._skipping or self.behind > self._late)
        return self._skipping

    def _compare(self, delay: float, now: float) -> None:
        if self._prompt is None or abs(delay - self._prompt) > _JUMP_SECONDS:
            self._prompt = delay
        else:
            self._prompt = min(delay, self._prompt + _CLOCKS_PART * (now - self._asked))
        self._asked = now
        self.behind = delay - self._prompt
