"""Runs zones over what a camera saw in the past: the very rules that watch it live, fed with what was kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from video.pipeline.light import Light
from video.pipeline.packing import SCORES, Seen, box_of, unpacked
from video.pipeline.plans import CameraPlan, SeenBox, ZonePlan
from video.pipeline.tracker import Track
from video.pipeline.zones import ZoneWatch, least_gap_of, watches_of
from video.rules.algorithms import Algorithm
from video.rules.schedule import ALWAYS

_NO_MOVE = np.zeros(4, np.float32)


class Block(Protocol):
    """What is kept of about a minute (see plans.DetectionsSeen)."""

    @property
    def run(self) -> int: ...

    @property
    def began_at(self) -> datetime: ...

    @property
    def brightness(self) -> int: ...

    @property
    def data(self) -> bytes | bytearray | memoryview: ...


@dataclass(slots=True)
class Episode:
    """What a zone would have told: from `began_at` until it was told last, or was over."""

    zone: int
    began_at: datetime
    ended_at: datetime
    lasted_seconds: float
    confidence: float
    boxes: tuple[SeenBox, ...]


@dataclass(slots=True)
class _PastLook:
    """As much of a look as is kept of it."""

    at: float
    wall_time: datetime
    luma: NDArray[np.uint8]


def cannot_replay(plan: ZonePlan, algorithm: Algorithm) -> bool:
    """A rule that compares pictures cannot be run over boxes: no pictures are kept."""
    return ZoneWatch(plan, algorithm, repeat_seconds=60.0, calm_seconds=20.0).needs_picture


@dataclass(slots=True)
class Replay:
    """Feed it the blocks of one camera in their order. `plan` names the zones to try; none may need pictures."""

    plan: CameraPlan
    algorithms: Mapping[str, Algorithm]
    episodes: list[Episode] = field(default_factory=list, init=False)
    labels: set[str] = field(default_factory=set, init=False)
    looks: int = field(default=0, init=False)
    _run: int | None = field(default=None, init=False)
    _watches: list[ZoneWatch] = field(default_factory=list, init=False)
    _open: dict[int, Episode] = field(default_factory=dict, init=False)
    _light: Light = field(init=False)
    _clock: ZoneInfo = field(init=False)

    def __post_init__(self) -> None:
        self._light = Light(self.plan)
        self._clock = ZoneInfo(self.plan.city_zone)

    def feed(self, block: Block) -> None:
        """A block of another run begins with fresh rules, as the worker did then."""
        if block.run != self._run:
            self._begin(block.run)
        luma = np.full((8, 8), block.brightness, np.uint8)
        for at, wall_time, tracks in past_looks(block, self.labels):
            self.looks += 1
            self._see(_PastLook(at, wall_time, luma), tracks)

    def _begin(self, run: int) -> None:
        self._run = run
        self._open.clear()
        self._light = Light(self.plan)
        self._watches = watches_of(
            self.plan.zones, self.algorithms, masks=self.plan.masks, least_gap_seconds=least_gap_of(self.plan)
        )

    def _see(self, look: _PastLook, tracks: list[Track]) -> None:
        self._light.see(look)
        for watch in self._watches:
            zone = watch.plan
            dark = self._light.is_dark(zone.night_by)
            if zone.schedule != ALWAYS and not zone.schedule.runs_at(look.wall_time.astimezone(self._clock), dark=dark):
                continue
            due = watch.see(look.at, tracks, dark=dark)
            known = self._open.get(zone.id)
            if due is None:
                if watch.is_over(look.at):
                    self._open.pop(zone.id, None)
            elif due.again and known is not None:
                known.ended_at = look.wall_time
            else:
                episode = Episode(
                    zone=zone.id,
                    began_at=look.wall_time,
                    ended_at=look.wall_time,
                    lasted_seconds=round(due.claim.at - due.claim.since, 1),
                    confidence=round(due.claim.confidence, 3),
                    boxes=due.boxes,
                )
                self._open[zone.id] = episode
                self.episodes.append(episode)


def past_looks(block: Block, labels: set[str] | None = None) -> Iterator[tuple[float, datetime, list[Track]]]:
    """The looks of a block: stream second, the moment, and what was followed. `labels` collects the words seen."""
    known: tuple[Seen, ...] | None = None
    tracks: list[Track] = []
    first: int | None = None
    for look in unpacked(bytes(block.data)):
        first = look.at if first is None else first
        if look.things is not known:
            known = look.things
            tracks = [_track(seen, look.at / 1000) for seen in known]
            if labels is not None:
                labels.update(seen.label for seen in known)
        yield look.at / 1000, block.began_at + timedelta(milliseconds=look.at - first), tracks


def _track(seen: Seen, at: float) -> Track:
    return Track(seen.track, seen.label, seen.score / SCORES, np.array(box_of(seen), np.float32), at, at, _NO_MOVE)
