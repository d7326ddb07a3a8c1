"""Zones on trial, and how they compare with those in force."""

from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet

from core.actor import Actor
from core.clock import now
from core.errors import Language, NotFound
from events.models import Alert
from events.queries.automation import RIGHT, WRONG
from video.actions.run_replay import precision_of_spans, raised_item, tally_shape
from video.actions.trials import KEPT_FOR
from video.models import Camera, ShadowFinding, Zone
from video.policies import camera_role, require_camera_admin
from video.queries.zones import zone_row
from video.replay_shapes import ShadowFindingRow, ZoneTrialList, ZoneTrialReport, ZoneTrialRow
from video.rules.comparison import Span, compare

SHOWN = 60


def trial_list(actor: Actor, language: Language) -> ZoneTrialList:
    """Every zone on trial within sight, for those who set cameras up."""
    rows = [_row(zone, actor, language) for zone in _trials(actor).order_by("camera__code", "id")]
    return ZoneTrialList(items=[row for row in rows if row.may_edit])


def visible_trial(zone_id: int, actor: Actor) -> Zone:
    """Raises NotFound, Forbidden."""
    zone = _trials(actor).filter(pk=zone_id).first()
    if zone is None:
        raise NotFound()
    require_camera_admin(actor, zone.camera.area_path)
    return zone


def trial_report(zone: Zone, actor: Actor, language: Language, *, days: int) -> ZoneTrialReport:
    """What the zone on trial told and the one in force raised, in the time that both watched."""
    at = now()
    first = ShadowFinding.objects.filter(zone=zone).aggregate(first=Min("found_at"))["first"]
    since = max(at - min(timedelta(days=days), KEPT_FOR), first or at - timedelta(days=days))
    findings = list(ShadowFinding.objects.filter(zone=zone, found_at__gte=since).order_by("-found_at", "-id"))
    told = [Span(one.pk, one.found_at, one.last_seen_at) for one in findings]
    raised = _raised(zone.compares_with_id, since)
    found = compare(raised, told, [(since, at)])
    return ZoneTrialReport(
        trial=_row(zone, actor, language),
        days=days,
        since=since,
        kept_days=KEPT_FOR.days,
        trial_findings=len(told),
        active_alerts=tally_shape(found.raised),
        both=tally_shape(found.kept),
        only_active=tally_shape(found.lost),
        only_trial=len(found.new),
        now=precision_of_spans(found.raised),  # type: ignore[arg-type]
        then=precision_of_spans(found.kept),  # type: ignore[arg-type]
        findings=[_finding(one, raised) for one in findings[:SHOWN]],
        missed=[raised_item(one) for one in found.lost[-SHOWN:]],
    )


def visible_finding(finding_id: int, actor: Actor) -> ShadowFinding:
    """As visible as its zone on trial. Raises NotFound, Forbidden."""
    found = ShadowFinding.objects.select_related("still").filter(pk=finding_id).first()
    if found is None:
        raise NotFound()
    visible_trial(found.zone_id, actor)
    return found


def _trials(actor: Actor) -> QuerySet[Zone]:
    seen = Zone.objects.filter(camera__in=Camera.objects.visible_to(actor), is_shadow=True)
    counted = seen.annotate(findings=Count("shadow_findings"), first=Min("shadow_findings__found_at"))
    return counted.select_related("camera", "compares_with__camera")


def _row(zone: Zone, actor: Actor, language: Language) -> ZoneTrialRow:
    active = zone.compares_with
    return ZoneTrialRow(
        zone=zone_row(zone, language),
        camera_id=zone.camera_id,
        camera_name=zone.camera.name,
        compares_with=zone_row(active, language) if active else None,
        since=getattr(zone, "first", None),
        findings=getattr(zone, "findings", 0),
        may_edit=camera_role(actor, zone.camera.area_path) is not None,
    )


def _raised(zone_id: int | None, since: datetime) -> list[Span]:
    if zone_id is None:
        return []
    alerts = Alert.objects.filter(source="video", subject_kind="zone", subject_id=zone_id, last_seen_at__gte=since)
    right = set(alerts.filter(RIGHT).values_list("pk", flat=True))
    wrong = set(alerts.filter(WRONG).values_list("pk", flat=True))
    return [
        Span(pk, max(found_at, since), last_seen_at, True if pk in right else False if pk in wrong else None)
        for pk, found_at, last_seen_at in alerts.order_by("found_at").values_list("pk", "found_at", "last_seen_at")
    ]


def _finding(one: ShadowFinding, raised: list[Span]) -> ShadowFindingRow:
    span = Span(one.pk, one.found_at, one.last_seen_at)
    same = next((other.key for other in raised if other.meets(span)), None)
    return ShadowFindingRow(
        id=one.pk,
        found_at=one.found_at,
        last_seen_at=one.last_seen_at,
        seen_count=one.seen_count,
        confidence=one.confidence,
        boxes=one.boxes,
        still_url=f"/api/v1/trial-findings/{one.pk}/still.jpg" if one.still_id else None,
        alert_id=same,
    )
