"""How one camera is doing, put together of its stream and its picture, and told when it has lasted."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from video.pipeline.looks import Look
from video.pipeline.picture_health import Findings, PictureJudge, Reference
from video.pipeline.plans import CameraPlan, HealthChanged, ReferenceTaken, Sink
from video.rules.health import HealthBook, Reason, again_every, read_reasons

STEADY_SECONDS = 10.0
"""A stream that gives pictures for less than this at a time is not well again."""
_NOTE_STANDS_SECONDS = 5.0
_OF_A_CONNECTION = frozenset({"h265", "ends_early", "large_picture"})
_REFERENCE_EVERY = 600.0
_TICK_SECONDS = 1.0


class HealthWatch:
    """Of one camera, used in its thread. What it has to say goes to `sink`; it never waits."""

    def __init__(
        self,
        plan: CameraPlan,
        sink: Sink,
        *,
        reasons: dict[str, Reason] | None = None,
        steady_seconds: float = STEADY_SECONDS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._plan = plan
        self._sink = sink
        self._now = now
        self._steady = steady_seconds
        self._reasons = reasons or read_reasons()
        self._book = HealthBook(self._reasons, again_every=again_every())
        self._streams = [code for code, reason in self._reasons.items() if reason.kind == "stream"]
        self._noted: dict[str, float] = {}
        self._well_since: float | None = None
        self._detail = ""
        self._ticked = self._kept = float("-inf")
        known = Reference.unpacked(plan.reference) if plan.reference else None
        self.judge = PictureJudge(known, turns=plan.can_turn)

    def begin(self) -> None:
        """A new connection is tried."""
        at = self._now()
        self._well_since = None
        for code in _OF_A_CONNECTION & self._noted.keys():
            del self._noted[code]
            self._book.note(code, False, at)

    def failed(self, reason: str, detail: str) -> None:
        """No pictures, for this reason; other reasons for having none are over."""
        at = self._now()
        self._well_since, self._detail = None, detail
        reason = reason if reason in self._reasons else "fault"
        for code in self._streams:
            self._book.note(code, code == reason, at)
        self._tell(at)

    def well(self) -> None:
        """A picture came."""
        at = self._now()
        self._well_since = at if self._well_since is None else self._well_since
        if at - self._ticked < _TICK_SECONDS:
            return
        self._ticked = at
        if at - self._well_since >= self._steady:
            self._detail = ""
            for code in self._streams:
                self._book.note(code, False, at)
        for code, last in self._noted.items():
            self._book.note(code, code in _OF_A_CONNECTION or at - last < _NOTE_STANDS_SECONDS, at)
        self._tell(at)

    def odd(self, code: str) -> None:
        """Something of the stream worth a note."""
        self._noted[code] = self._now()

    def pictured(self, found: Findings, look: Look) -> None:
        """What the judge says of a picture."""
        at = self._now()
        for code, holds in found.items():
            self._book.note(code, holds, at)
        if self.judge.reference and at - self._kept >= _REFERENCE_EVERY:
            self._kept = at
            packed = self.judge.reference.packed()
            self._sink(ReferenceTaken(self._plan.id, self._plan.generation, look.wall_time, packed))

    def _tell(self, at: float) -> None:
        told = self._book.due(at)
        if not told:
            return
        wall = datetime.now(UTC)
        standing = {code: wall - timedelta(seconds=at - since) for code, since in self._book.standing().items()}
        self._sink(
            HealthChanged(
                self._plan.id, self._plan.generation, wall, told.raised, told.cleared, standing, self._detail[:300]
            )
        )
