"""The observer that raises findings: shows each look to the camera's zones and has evidence made of what they claim."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from video.pipeline.evidence import Draft
from video.pipeline.eyes import Eyes
from video.pipeline.light import Light
from video.pipeline.looks import Look
from video.pipeline.patches import Cutter, SmallPicture
from video.pipeline.plans import (
    CameraPlan,
    ClipMade,
    Evidence,
    Finding,
    FindingOver,
    Sink,
    ZonePlan,
    ZoneStanding,
)
from video.pipeline.ring import CodedClip, PacketRing
from video.pipeline.zones import ZoneClaim, ZoneWatch, least_gap_of, watches_of
from video.rules.algorithms import Algorithm

log = logging.getLogger(__name__)


AFTER_SECONDS = 3.0
"""How far a clip reaches beyond the moment of its finding."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """A finding whose clip waits for what comes next. `before`: what there was of it when it was told."""

    zone: ZonePlan
    due: float
    found_at: datetime
    before: CodedClip


class ZoneObserver:
    """All zones of one camera. What they claim is told once its picture is on disk, in the evidence thread; the clip
    around the moment follows some seconds later."""

    def __init__(
        self, plan: CameraPlan, eyes: Eyes, algorithms: Mapping[str, Algorithm], ring: PacketRing, sink: Sink
    ) -> None:
        self._plan = plan
        self._eyes = eyes
        self._ring = ring
        self._sink = sink
        self._watches = watches_of(plan.zones, algorithms, masks=plan.masks, least_gap_seconds=least_gap_of(plan))
        self._suspected = {zone.id: algorithms[zone.algorithm].suspected for zone in plan.zones}
        small = SmallPicture()
        self._cutters = {
            watch.plan.id: Cutter(watch.plan.polygon, plan.masks, small)
            for watch in self._watches
            if watch.needs_picture
        }
        self._moments: list[_Moment] = []
        self._light = Light(plan)
        self._clock = ZoneInfo(plan.city_zone)

    def begin(self) -> None:
        """What a zone told before a connection broke still counts: it goes on with its claims. What followed upon a
        moment is lost with the connection, so that its clip ends there."""
        for moment in self._moments:
            self._follow_up(moment, moment.before)
        self._moments.clear()

    def see(self, look: Look) -> None:
        self._light.see(look)
        for moment in [one for one in self._moments if one.due <= look.at]:
            self._moments.remove(moment)
            self._follow_up(moment, self._ring.clip())
        for watch in self._watches:
            if not self._looks(watch, look):
                continue
            cutter = self._cutters.get(watch.plan.id)
            due = watch.see(
                look.at,
                look.tracks,
                dark=self._light.is_dark(watch.plan.night_by),
                patch=cutter.source(look) if cutter else None,
            )
            if due:
                self._ask_evidence(look, due)
            elif watch.is_over(look.at):
                self._sink(FindingOver(self._plan.id, self._plan.generation, watch.plan, look.wall_time))

    def standings(self, look: Look) -> tuple[ZoneStanding, ...]:
        """How each zone stands now. Asked after `see`, of the same look."""
        return tuple(self._standing(watch, look) for watch in self._watches)

    def _standing(self, watch: ZoneWatch, look: Look) -> ZoneStanding:
        watched, stands = self._looks(watch, look), watch.standing()
        return ZoneStanding(
            zone_id=watch.plan.id,
            is_watched=watched,
            is_dark=self._light.is_dark(watch.plan.night_by),
            holds=watched and stands.holds,
            counting=stands.counting if watched else (),
            progress=stands.progress,
        )

    def _looks(self, watch: ZoneWatch, look: Look) -> bool:
        """Not outside its hours, nor while no model knows its words: who does not look has nothing to say, not even
        that something is over."""
        if look.words is not None and not watch.words <= look.words:
            return False
        dark = self._light.is_dark(watch.plan.night_by)
        return watch.plan.schedule.runs_at(look.wall_time.astimezone(self._clock), dark=dark)

    def _ask_evidence(self, look: Look, due: ZoneClaim) -> None:
        draft = Draft(look.frame, due.boxes, due.zone.outline, self._plan.hidden)

        def tell(evidence: Evidence) -> None:
            self._sink(
                Finding(
                    camera_id=self._plan.id,
                    camera_name=self._plan.name,
                    generation=self._plan.generation,
                    zone=due.zone,
                    found_at=look.wall_time,
                    lasted_seconds=round(due.claim.at - due.claim.since, 1),
                    confidence=round(due.claim.confidence, 3),
                    boxes=due.boxes,
                    again=due.again,
                    evidence=evidence,
                    detail={"blurred_by": list(evidence.blurred_by), "suspected": self._suspected[due.zone.id]},
                )
            )

        if not self._eyes.ask_evidence(draft, tell):
            log.warning("camera %s: evidence queue is full, the finding is told when it repeats", self._plan.name)
        elif not due.zone.is_shadow:
            self._moments.append(_Moment(due.zone, look.at + AFTER_SECONDS, look.wall_time, self._ring.clip()))

    def _follow_up(self, moment: _Moment, clip: CodedClip) -> None:
        """The seconds around the moment are there: have them written."""

        def tell(path: str) -> None:
            zone, found_at = moment.zone, moment.found_at
            self._sink(ClipMade(self._plan.id, self._plan.generation, zone, found_at, path, self._plan.hidden))

        if not self._eyes.ask_clip(clip, moment.zone.outline, tell, self._plan.hidden):
            log.warning("camera %s: evidence queue is full, a finding has its picture only", self._plan.name)
