"""What machines find, and what people make of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.gis.geos import Point
from django.db import connection, transaction

from core.actor import SYSTEM, Actor
from core.clock import now
from core.deadlines import actions as deadlines
from core.deadlines.actions import Subject
from core.history.record import append
from core.lifecycle import Change
from events.actions import clocks
from events.actions.evidence import keep_evidence
from events.actions.report import place_of
from events.lifecycle import ALERT, NEW
from events.live import publish_alert
from events.models import Alert, Level
from events.moves import AlertMove, Clock, PauseReason
from events.queries.catalogue import limit_of, type_of
from events.queries.followers import leading
from events.rules.alerts import Outcome, outcome_of_finding
from events.rules.limits import COOL_DOWN, RED_ALERT
from grids.queries.locate import locate

SUBJECT_KIND = "alert"


@dataclass(frozen=True)
class AlertEvidence:
    """What the machine saw. Paths are below the media folder; boxes and polygon are in parts of the picture, 0 to 1."""

    still_path: str | None = None
    clip_path: str | None = None
    boxes: list[Any] = field(default_factory=list)
    zone_polygon: list[Any] = field(default_factory=list)
    camera_id: int | None = None
    camera_name: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


NO_EVIDENCE = AlertEvidence()


@transaction.atomic
def raise_alert(
    *,
    source: str,
    rule: str,
    subject_kind: str,
    subject_id: int,
    type_code: str,
    title: str,
    lng: float,
    lat: float,
    level: int | None = None,
    confidence: float | None = None,
    found_at: datetime | None = None,
    evidence: AlertEvidence = NO_EVIDENCE,
    address: str = "",
) -> Alert | None:
    """A finding of (source, rule) about a subject.

    Returns the alert that carries it: a new one, the open one counted up (`seen_count` > 1), or the confirmed one whose
    event is still open; None where the cool-down passes it over, or where its source is out of service: then it is only
    counted there.

    Raises UnknownEventType and OutsideDivisionTree.
    """
    at = found_at or now()
    key = {"source": source, "rule": rule, "subject_kind": subject_kind, "subject_id": subject_id}
    last = last_of(key)
    if last is not None and last.state == "open":
        return count_up(last, at, confidence)
    event = leading(last.event) if last and last.event else None
    outcome = outcome_of_finding(
        last_state=last.state if last else None,
        decided_at=last.decided_at if last else None,
        event_ended_at=event.ended_at if event else None,
        event_is_open=bool(event and event.is_open),
        at=at,
        cool_down=limit_of(COOL_DOWN).length,
    )
    if outcome == Outcome.JOIN_EVENT and last is not None:
        return count_up(last, at, confidence)
    if is_taken_out(key, camera_id=evidence.camera_id, at=at) or outcome == Outcome.PASS_OVER:
        return None
    event_type = type_of(type_code)
    location = locate(lng, lat, at)
    level = level or event_type.default_level
    clock = deadlines.planned(
        subject_kind=SUBJECT_KIND,
        clock=clocks.new(Clock.ALERT, limit_of(RED_ALERT if level == Level.CRITICAL else Clock.ALERT)),
        at=at,
        district_id=location.keys["district_id"],
    )
    still, clip = keep_evidence(evidence.still_path, evidence.clip_path, at=at)
    alert = Alert(
        **key,
        state=NEW,
        version=0,
        level=level,
        type_code=event_type.code,
        type_name=event_type.name,
        title=title[:120],
        confidence=confidence,
        found_at=at,
        last_seen_at=at,
        due_at=clock.due_at,
        point=Point(lng, lat, srid=4326),
        address=address,
        still=still,
        clip=clip,
        camera_id=evidence.camera_id,
        camera_name=evidence.camera_name,
        boxes=evidence.boxes,
        zone_polygon=evidence.zone_polygon,
        detail=evidence.detail,
        **place_of(location),
    )
    change = ALERT.apply(AlertMove.RAISE, alert, actor=SYSTEM)
    alert.settled_version = alert.version
    alert.save(force_insert=True)
    deadlines.start_planned(clock, subject_id=alert.pk)
    facts = {"source": source, "rule": rule, "subject": [subject_kind, subject_id], "confidence": confidence}
    write_history(alert, change, SYSTEM, at=at, facts=facts, first=True)
    publish_alert(alert, "raised")
    return alert


def last_of(key: dict[str, Any]) -> Alert | None:
    """The newest alert of a subject, locked. Whatever a source says of one subject waits for what it said before, so
    that each sees what the one before has made.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7120010))", [":".join(map(str, key.values()))]
        )
    alerts = Alert.objects.filter(**key).select_for_update(of=("self",))
    joined = alerts.select_related("event__main_event", "acknowledged_by", "shelved_by")
    return joined.order_by("-found_at", "-id").first()


_COUNT_OUT = """
UPDATE events_out_of_service
SET finding_count = finding_count + 1, last_finding_at = GREATEST(last_finding_at, %s)
WHERE state = 'out' AND source = %s AND rule = %s
  AND ((subject_kind = %s AND subject_id = %s) OR (subject_kind = 'camera' AND subject_id = %s))
"""


def source_of(key: Mapping[str, Any], camera_id: int | None) -> tuple[str, str, str, int]:
    """What is taken out of service: the rule at the camera where there is one, else at the subject."""
    at = ("camera", camera_id) if camera_id else (key["subject_kind"], key["subject_id"])
    return key["source"], key["rule"], *at


def hold_source(source: tuple[str, str, str, int], *, alone: bool) -> None:
    """Findings of a source and its taking out wait for each other; findings do not wait for other findings."""
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtextextended(%s, 7120011))", [":".join(map(str, source))])


def is_taken_out(key: dict[str, Any], *, camera_id: int | None, at: datetime) -> bool:
    """停用: is the source of this finding out of service? Then the finding is counted there."""
    hold_source(source_of(key, camera_id), alone=False)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_OUT, [at, *key.values(), camera_id if camera_id is not None else -1])
        return bool(cursor.rowcount)


def count_up(alert: Alert, at: datetime, confidence: float | None) -> Alert:
    """The same finding again: a counter and a time, no new row, and history only where it had been over."""
    alert.seen_count += 1
    alert.last_seen_at = max(alert.last_seen_at, at)
    alert.confidence = max(filter(None, (alert.confidence, confidence)), default=None)
    if alert.recovered_at is not None and at > alert.recovered_at:
        change = ALERT.apply(AlertMove.RECUR, alert, actor=SYSTEM)
        alert.recovered_at = None
        keep_clock(alert, at)
        write_history(alert, change, SYSTEM, at=at)
    else:
        alert.version += 1
    alert.save(update_fields=["seen_count", "last_seen_at", "confidence", "version", "recovered_at", "due_at"])
    publish_alert(alert, "seen")
    return alert


def keep_clock(alert: Alert, at: datetime) -> None:
    """The clock of an open alert stands while it is quiet, and runs while it asks for somebody."""
    if alert.state != "open":
        return
    subject = subject_of(alert)
    if alert.is_quiet:
        reason = PauseReason.SHELVED if alert.shelved_until is not None else PauseReason.RECOVERED
        deadlines.pause(subject=subject, kinds=[Clock.ALERT], at=at, reason=reason)
        return
    for clock in deadlines.resume(subject=subject, kinds=[Clock.ALERT], at=at):
        alert.due_at = clock.due_at


def write_history(
    alert: Alert,
    change: Change,
    actor: Actor,
    *,
    at: datetime,
    facts: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
    first: bool = False,
) -> None:
    append(
        subject_kind=SUBJECT_KIND,
        subject_id=alert.pk,
        actor=actor,
        change=change,
        at=at,
        facts={"version": alert.version, **(facts or {})},
        personal=personal,
        first=first,
    )


def subject_of(alert: Alert) -> Subject:
    return Subject(SUBJECT_KIND, alert.pk)
