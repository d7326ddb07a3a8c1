"""What a worker writes down of its cameras: states, pictures, findings. All under the lease it holds."""

import logging
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import transaction

from core.errors import DomainError
from events.actions.alert_clips import add_clip
from events.actions.alert_recovery import alert_recovered
from events.actions.alerts import AlertEvidence, raise_alert
from events.actions.evidence import discard_evidence
from events.models import Alert
from video.actions.leases import holds
from video.actions.trials import end_finding, record_finding
from video.live import publish_camera
from video.models import Camera, CameraLease, Zone
from video.pipeline.plans import ClipMade, Finding, FindingOver, StateChanged, StillTaken
from video.queries.plans import shows_hidden
from video.rules.algorithms import read_algorithms

log = logging.getLogger(__name__)

SOURCE = "video"
SUBJECT_KIND = "zone"


def write_state(told: StateChanged, *, holder: str) -> None:
    """How the camera is doing; ignored when another worker holds it by now."""
    _write_lease(
        told.camera_id,
        told.generation,
        holder,
        state=told.state,
        state_reason=told.reason,
        state_detail=told.detail[:300],
        state_since=told.since,
        fps=told.fps,
    )


@transaction.atomic
def write_still(taken: StillTaken, *, holder: str) -> None:
    """The camera's newest picture. Only one file per camera is kept: it is a view, not evidence.

    One made before a privacy mask was drawn is passed over. The lease is locked, and drawing drops the still in it: so
    none slips in between.
    """
    if not holds(camera_id=taken.camera_id, holder=holder, generation=taken.generation):
        return
    if shows_hidden(taken.camera_id, taken.hidden):
        return
    relative = Path("stills") / f"{taken.camera_id}.jpg"
    target = Path(settings.MEDIA_ROOT) / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(f".{taken.generation}.part")
    unfinished.write_bytes(taken.jpeg)
    unfinished.replace(target)
    _write_lease(taken.camera_id, taken.generation, holder, still_path=str(relative), still_at=taken.at)


def write_finding(found: Finding, *, holder: str) -> Alert | None:
    """The finding becomes an alert, or counts up the open one. None when it is passed over: the lease is lost, the zone
    is gone, or the cool-down after a decision runs. Files that no alert took are removed once that is certain."""
    alert = _raise(found, holder)
    discard_evidence(found.evidence.still_path)
    return alert


def write_clip(made: ClipMade, *, holder: str) -> Alert | None:
    """The clip of a finding joins the alert that it opened. None, and no file is left, where it opened none: it counted
    up another, was passed over, or the camera is another worker's by now. Nor is one left that shows what a privacy
    mask hides by now."""
    alert = _join_clip(made, holder)
    discard_evidence(made.clip_path)
    return alert


@transaction.atomic
def _join_clip(made: ClipMade, holder: str) -> Alert | None:
    if not holds(camera_id=made.camera_id, holder=holder, generation=made.generation):
        return None
    if shows_hidden(made.camera_id, made.hidden):
        return None
    return add_clip(
        source=SOURCE,
        rule=made.zone.algorithm,
        subject_kind=SUBJECT_KIND,
        subject_id=made.zone.id,
        found_at=made.found_at,
        clip_path=made.clip_path,
    )


@transaction.atomic
def write_over(told: FindingOver, *, holder: str) -> Alert | None:
    """The zone's alert is over, if there is one; ignored when another worker holds the camera by now."""
    if not holds(camera_id=told.camera_id, holder=holder, generation=told.generation):
        return None
    if told.zone.is_shadow:
        end_finding(told)
        return None
    return alert_recovered(
        source=SOURCE, rule=told.zone.algorithm, subject_kind=SUBJECT_KIND, subject_id=told.zone.id, at=told.at
    )


@transaction.atomic
def _raise(found: Finding, holder: str) -> Alert | None:
    if not holds(camera_id=found.camera_id, holder=holder, generation=found.generation):
        return None
    zone = Zone.objects.select_related("camera").filter(pk=found.zone.id, enabled=True).first()
    if zone is None:
        return None
    if shows_hidden(found.camera_id, found.evidence.hidden):
        # What was found counts; its picture, made before a privacy mask was drawn, is kept by nobody.
        found = replace(found, evidence=replace(found.evidence, still_path=""))
    if zone.is_shadow:
        record_finding(found, zone)
        return None
    camera = zone.camera
    try:
        with transaction.atomic():
            return raise_alert(
                source=SOURCE,
                rule=zone.algorithm,
                subject_kind=SUBJECT_KIND,
                subject_id=zone.pk,
                type_code=zone.type_code,
                level=zone.level or None,
                title=f"{read_algorithms()[zone.algorithm].name['zh']} · {camera.name} {zone.name}",
                lng=camera.lng,
                lat=camera.lat,
                confidence=found.confidence,
                found_at=found.found_at,
                evidence=_evidence_of(found, zone),
            )
    except DomainError as refused:
        log.warning("finding of zone %s is not an alert: %s", zone.pk, refused)
        return None


def _evidence_of(found: Finding, zone: Zone) -> AlertEvidence:
    return AlertEvidence(
        still_path=found.evidence.still_path or None,
        boxes=[
            {"label": box.label, "score": round(box.score, 3), "box": [round(side, 4) for side in box.box]}
            for box in found.boxes
        ],
        zone_polygon=[list(corner) for corner in found.zone.polygon],
        camera_id=found.camera_id,
        camera_name=zone.camera.name,
        detail={**found.detail, "zone": zone.name, "lasted_seconds": found.lasted_seconds},
    )


def _write_lease(camera_id: int, generation: int, holder: str, **values: object) -> None:
    mine = CameraLease.objects.filter(camera_id=camera_id, generation=generation, holder=holder)
    if mine.update(**values):
        publish_camera(Camera.objects.select_related("lease").get(pk=camera_id))
