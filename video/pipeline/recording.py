"""The observer that keeps what was seen, so that other thresholds, zones and rules can be tried on the past."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from video.pipeline.looks import Look
from video.pipeline.packing import Packer, Seen, SeenLook, quantised
from video.pipeline.plans import CameraPlan, DetectionsSeen, Sink

BLOCK = timedelta(seconds=60)
EMPTY_BLOCK = timedelta(minutes=10)
_NEVER = datetime.fromtimestamp(0, UTC)
_LARGEST = 64 * 1024
_APART = 2.0
"""Seconds by which stream and wall clock may part within a block: its times are told by its beginning."""


class Recorder:
    """One per camera loop. A block ends a minute after something was first seen in it; where nothing is seen, only
    that the camera was looked at is told, every ten minutes."""

    def __init__(self, plan: CameraPlan, sink: Sink) -> None:
        self._plan = plan
        self._sink = sink
        self._run = 0
        self._packer: Packer | None = None
        self._things: tuple[Seen, ...] = ()
        self._began_at = self._ended_at = self._ends = _NEVER
        self._stream_began = 0.0
        self._brightness = 0

    def begin(self) -> None:
        """Another connection may show another scene, but a zone's rule goes on: so does the run."""
        self.close()

    def see(self, look: Look) -> None:
        if not self._run:
            # Names the life of the rules that saw this: a loop that starts anew starts its rules anew.
            self._run = int(look.wall_time.timestamp() * 1000)
        if self._packer is not None and self._has_parted(look):
            self.close()
        packer = self._packer or self._open(look)
        if look.fresh or not packer.looks:
            self._things = tuple(
                quantised(track.number, track.label, track.score, track.box.tolist()) for track in look.tracks
            )
        had_things = packer.things > 0
        packer.add(SeenLook(round(look.at * 1000), self._things))
        self._ended_at = look.wall_time
        if packer.things and not had_things:
            self._ends = look.wall_time + BLOCK
        if look.wall_time >= self._ends or packer.size >= _LARGEST:
            self.close()

    def close(self) -> None:
        """Tells what it has."""
        packer, self._packer = self._packer, None
        if packer is None:
            return
        self._sink(
            DetectionsSeen(
                camera_id=self._plan.id,
                generation=self._plan.generation,
                run=self._run,
                began_at=self._began_at,
                ended_at=self._ended_at,
                looks=packer.looks,
                things=packer.things,
                brightness=self._brightness,
                data=packer.packed(),
            )
        )

    def _open(self, look: Look) -> Packer:
        self._packer = Packer()
        self._began_at, self._stream_began = look.wall_time, look.at
        self._ends = look.wall_time + EMPTY_BLOCK
        self._brightness = round(float(np.mean(look.luma[::8, ::8])))
        return self._packer

    def _has_parted(self, look: Look) -> bool:
        passed = (look.wall_time - self._began_at).total_seconds()
        return abs(passed - (look.at - self._stream_began)) > _APART
