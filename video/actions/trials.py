"""Zones on trial: they run beside those in force and raise nothing, until somebody switches them on."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from events.actions.evidence import keep_evidence
from events.models import Attachment
from events.queries.retention import kept_for
from video.actions.cameras import lock_camera, note_zone_change
from video.actions.replays import ZONE_FIELDS
from video.actions.zone_checks import check_zone
from video.errors import NotOnTrial
from video.models import ShadowFinding, Zone
from video.pipeline.plans import Finding, FindingOver
from video.policies import require_camera_admin

STILLS = "still_on_trial"
KEPT_FOR = timedelta(days=7)
"""Findings of zones on trial, with their stills, go after this, until an administrator sets other days."""
_GOES_ON = timedelta(minutes=3)
"""A repetition this soon after belongs to the same finding."""


@transaction.atomic
def start_trial(*, camera_id: int, compares_with: int | None, changes: Mapping[str, Any], actor: Actor) -> Zone:
    """A zone, new or like one in force but for these changes, that watches and raises nothing."""
    camera = lock_camera(camera_id)
    role = require_camera_admin(actor, camera.area_path)
    active = None
    if compares_with is not None:
        active = Zone.objects.filter(pk=compares_with, camera=camera, is_shadow=False).first()
        if active is None:
            raise NotFound()
    zone = Zone(camera=camera, is_shadow=True, compares_with=active)
    for name in ZONE_FIELDS:
        if active is not None:
            setattr(zone, name, getattr(active, name))
        if name in changes:
            setattr(zone, name, changes[name])
    if "name" not in changes:
        zone.name = _free_name(camera.pk, active.name if active else "")
    check_zone(zone)
    zone.save(force_insert=True)
    facts = {"zone": zone.pk, "algorithm": zone.algorithm, "compares_with": compares_with}
    note_zone_change(camera, "start_trial", role, actor, facts)
    return zone


@transaction.atomic
def switch_on(*, zone_id: int, actor: Actor, replaces: bool = True) -> Zone:
    """正式启用: from now on it raises alerts; the zone it was compared with is switched off, unless both are wanted."""
    camera_id = Zone.objects.filter(pk=zone_id).values_list("camera_id", flat=True).first()
    if camera_id is None:
        raise NotFound()
    camera = lock_camera(camera_id)
    role = require_camera_admin(actor, camera.area_path)
    zone = Zone.objects.get(pk=zone_id)
    if not zone.is_shadow:
        raise NotOnTrial()
    replaced = zone.compares_with_id if replaces else None
    if replaced is not None:
        Zone.objects.filter(pk=replaced).update(enabled=False)
    zone.is_shadow, zone.compares_with, zone.enabled = False, None, True
    zone.version += 1
    zone.save(update_fields=["is_shadow", "compares_with", "enabled", "version"])
    note_zone_change(camera, "switch_on_zone", role, actor, {"zone": zone.pk, "replaces": replaced})
    zone.camera = camera
    return zone


def record_finding(found: Finding, zone: Zone) -> ShadowFinding:
    """What a zone on trial found, kept apart: a still and no clip, and no alert. A repetition counts up."""
    last = ShadowFinding.objects.filter(zone=zone, over_at=None).order_by("-found_at").first()
    if last is not None and (found.again or found.found_at - last.last_seen_at <= _GOES_ON):
        last.last_seen_at = max(last.last_seen_at, found.found_at)
        last.seen_count += 1
        last.confidence = max(last.confidence or 0.0, found.confidence)
        last.save(update_fields=["last_seen_at", "seen_count", "confidence"])
        return last
    still, _ = keep_evidence(found.evidence.still_path, None, at=found.found_at)
    if still is not None:
        Attachment.objects.filter(pk=still.pk).update(erase_after=found.found_at + kept_for(STILLS, KEPT_FOR))
    return ShadowFinding.objects.create(
        zone=zone,
        found_at=found.found_at,
        last_seen_at=found.found_at,
        confidence=found.confidence,
        boxes=[
            {"label": box.label, "score": round(box.score, 3), "box": [round(side, 4) for side in box.box]}
            for box in found.boxes
        ],
        still=still,
    )


def end_finding(told: FindingOver) -> None:
    """It is over, if there is one."""
    ShadowFinding.objects.filter(zone_id=told.zone.id, over_at=None).update(over_at=told.at)


def erase_old_findings(*, batch: int = 5000) -> int:
    before = now() - kept_for(STILLS, KEPT_FOR)
    old = ShadowFinding.objects.filter(last_seen_at__lt=before).values_list("pk", flat=True)
    return erase_findings(list(old[:batch]))


def erase_findings(keys: Collection[int]) -> int:
    return ShadowFinding.objects.filter(pk__in=keys).delete()[0]


def _free_name(camera_id: int, like: str) -> str:
    taken = set(Zone.objects.filter(camera_id=camera_id).values_list("name", flat=True))
    base = f"{like} 试运行".strip()[:56]
    return next(name for number in range(1, 1000) if (name := base if number == 1 else f"{base} {number}") not in taken)
