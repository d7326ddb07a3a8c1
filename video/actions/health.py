"""What a worker writes down of a camera's health: alerts with their reason, what stands, how it should look."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from core.errors import DomainError
from events.actions.alert_recovery import alert_recovered
from events.actions.alerts import AlertEvidence, raise_alert
from events.models import Alert
from video.actions.leases import holds
from video.live import publish_camera
from video.models import Camera, CameraLease, CameraReference
from video.pipeline.plans import HealthChanged, ReferenceTaken
from video.rules.health import Reason, alert_rules, read_reasons

log = logging.getLogger(__name__)

SOURCE = "video"
SUBJECT_KIND = "camera"
"""Of these alerts; those of algorithms are about zones. Whether a camera is well says nothing of how right they are."""
TYPE_CODE = "surveillance_camera"


@transaction.atomic
def write_health(told: HealthChanged, *, holder: str) -> None:
    """Alerts for what holds, their end for what does not, and the reasons on the camera's row; ignored when another
    worker holds the camera by now."""
    if not holds(camera_id=told.camera_id, holder=holder, generation=told.generation):
        return
    camera = Camera.objects.select_related("lease").get(pk=told.camera_id)
    reasons = read_reasons()
    for code in told.raised:
        if reasons[code].kind != "note":
            raise_fault(camera, reasons[code], at=told.at, said=told.detail)
    end_faults(camera.pk, {reasons[code].rule for code in told.cleared}, at=told.at)
    camera.lease.problems = [
        {"reason": code, "since": since.isoformat()} for code, since in sorted(told.standing.items())
    ]
    camera.lease.save(update_fields=["problems"])
    publish_camera(camera)


@transaction.atomic
def write_reference(taken: ReferenceTaken, *, holder: str) -> None:
    """How the camera's picture should look, for whoever watches it next."""
    if holds(camera_id=taken.camera_id, holder=holder, generation=taken.generation):
        CameraReference.objects.update_or_create(
            camera_id=taken.camera_id, defaults={"packed": taken.packed, "taken_at": taken.at}
        )


def settle_health(camera: Camera) -> None:
    """Nobody wants the camera watched any more: whatever was wrong with it is over."""
    for alert in _open(camera.pk, set(alert_rules())):
        alert_recovered(**_key(camera.pk, alert.rule))
    CameraLease.objects.filter(camera_id=camera.pk).update(problems=[], state_reason="", state_detail="")


def raise_fault(camera: Camera, reason: Reason, *, at: datetime, said: str = "") -> None:
    """The alert of a reason, or its counting up. `said` is what the stream gave as answer."""
    detail: dict[str, Any] = {
        "reason": reason.code,
        "reason_zh": reason.name["zh"],
        "reason_en": reason.name["en"],
        "remedy_zh": reason.remedy["zh"],
        "remedy_en": reason.remedy["en"],
    }
    if reason.kind == "stream" and said:
        detail["said"] = said
    try:
        with transaction.atomic():
            raise_alert(
                **_key(camera.pk, reason.rule),
                type_code=TYPE_CODE,
                level=reason.level,
                title=f"{reason.name['zh']} · {camera.name}",
                lng=camera.lng,
                lat=camera.lat,
                found_at=at,
                evidence=AlertEvidence(camera_id=camera.pk, camera_name=camera.name, detail=detail),
            )
    except DomainError as refused:
        log.warning("%s of camera %s is no alert: %s", reason.code, camera.pk, refused)


def end_faults(camera_id: int, rules: set[str], *, at: datetime) -> None:
    """What no longer holds of these rules."""
    for alert in _open(camera_id, rules):
        # The condition was last seen before it was told to be over, whatever the clocks of two workers say.
        alert_recovered(**_key(camera_id, alert.rule), at=max(at, alert.last_seen_at))


def _open(camera_id: int, rules: set[str]) -> list[Alert]:
    """One statement, however many reasons are over: mostly none is open."""
    of_camera = Alert.objects.filter(source=SOURCE, subject_kind=SUBJECT_KIND, subject_id=camera_id)
    return list(of_camera.filter(rule__in=rules, recovered_at=None, state__in=("open", "confirmed")))


def _key(camera_id: int, rule: str) -> dict[str, Any]:
    return {"source": SOURCE, "rule": rule, "subject_kind": SUBJECT_KIND, "subject_id": camera_id}
