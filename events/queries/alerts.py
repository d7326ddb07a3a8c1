"""Lists and details of alerts."""

from typing import Any

from django.db.models import Count, Q

from core.actor import Actor
from core.errors import NotFound
from events.actions.alerts import SUBJECT_KIND
from events.models import Alert
from events.models.alert import AlertQuerySet
from events.queries.allowed import moves_of_alert
from events.queries.history import history_of
from events.queries.rows import alert_row, media_url
from events.rules.alerts import precision

NEWEST = ("-found_at", "-id")


def alert_list(actor: Actor, *, state: str = "", area: str = "", shelf: str = "") -> AlertQuerySet:
    """Visible alerts with who acknowledged and shelved them, optionally of one state, below one area, and `only` those
    on the shelf or `without` them.
    """
    alerts = Alert.objects.visible_to(actor).select_related("acknowledged_by", "shelved_by")
    if state:
        alerts = alerts.filter(state=state)
    if shelf:
        alerts = alerts.filter(shelved_until__isnull=shelf == "without")
    if area:
        alerts = alerts.filter(Q(area_path=area) | Q(area_path__startswith=area + "."))
    return alerts


def alert_detail(alert_id: int, actor: Actor, *, english: bool = False) -> dict[str, Any]:
    """One alert with evidence, history, buttons and the precision of its rule at its subject: three statements."""
    alert = alert_list(actor).filter(pk=alert_id).first()
    if alert is None:
        raise NotFound()
    return {
        **alert_row(alert),
        "clip_url": media_url(alert.clip_id),
        "boxes": alert.boxes,
        "zone_polygon": alert.zone_polygon,
        "detail": alert.detail,
        "camera": {"id": alert.camera_id, "name": alert.camera_name} if alert.camera_id else None,
        "decided_at": alert.decided_at,
        "decision_reason": alert.decision_reason,
        "allowed_moves": moves_of_alert(alert, actor, english=english),
        "history": history_of(SUBJECT_KIND, alert.pk),
        "precision": precision_at(alert.rule, alert.subject_kind, alert.subject_id),
    }


def precision_at(rule: str, subject_kind: str, subject_id: int) -> dict[str, Any]:
    decided = Alert.objects.filter(rule=rule, subject_kind=subject_kind, subject_id=subject_id).aggregate(
        confirmed=Count("id", filter=Q(state="confirmed")), dismissed=Count("id", filter=Q(state="dismissed"))
    )
    return {**decided, "ratio": precision(decided["confirmed"], decided["dismissed"])}
