"""The observer that raises findings: shows each look to the camera's zones and has evidence made of what they claim."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from video.pipeline.evidence import Draft
from video.pipeline.eyes import Eyes
from video.pipeline.looks import Look
from video.pipeline.plans import CameraPlan, Evidence, Finding, FindingOver, Sink
from video.pipeline.ring import PacketRing
from video.pipeline.zones import ZoneClaim, watches_of
from video.rules.algorithms import Algorithm

log = logging.getLogger(__name__)


class ZoneObserver:
    """All zones of one camera. What they claim is told once its evidence is on disk, in the evidence thread."""

    def __init__(
        self, plan: CameraPlan, eyes: Eyes, algorithms: Mapping[str, Algorithm], ring: PacketRing, sink: Sink
    ) -> None:
        self._plan = plan
        self._eyes = eyes
        self._ring = ring
        self._sink = sink
        self._watches = watches_of(plan.zones, algorithms)

    def begin(self) -> None:
        """What a zone told before a connection broke still counts: it goes on with its claims."""

    def see(self, look: Look) -> None:
        for watch in self._watches:
            due = watch.see(look.at, look.tracks)
            if due:
                self._ask_evidence(look, due)
            elif watch.is_over(look.at):
                self._sink(FindingOver(self._plan.id, self._plan.generation, watch.plan, look.wall_time))

    def _ask_evidence(self, look: Look, due: ZoneClaim) -> None:
        draft = Draft(look.frame, due.boxes, due.zone.polygon, self._ring.clip())

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
                    detail={"blurred_by": list(evidence.blurred_by)},
                )
            )

        if not self._eyes.ask_evidence(draft, tell):
            log.warning(
                "camera %s: evidence queue is full, the finding is told when it repeats", self._plan.name
            )
