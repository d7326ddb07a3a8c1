"""People decide about alerts: seen, true, false, and taking a false one back."""

from django.db import IntegrityError, transaction

from accounts.scope import roles_over
from core.actor import SYSTEM, Actor
from core.clock import now
from core.deadlines import actions as deadlines
from core.errors import NotFound
from events.actions.alerts import SUBJECT_KIND, subject_of, write_history
from events.actions.freshness import require_fresh
from events.actions.join import join_alert
from events.actions.report import report_event
from events.errors import AlertOpenAgain, RestoreTooLate
from events.lifecycle import ALERT
from events.live import publish_alert
from events.models import Alert, Attachment, Event
from events.moves import AlertMove, Clock
from events.rules.alerts import EXPIRES_AFTER, RESTORE_WITHIN


def _lock(alert_id: int, move: str, actor: Actor, version: int | None) -> Alert:
    """The visible alert, locked and fresh, on which the actor may make the move."""
    visible = Alert.objects.visible_to(actor).select_for_update(of=("self",)).select_related("acknowledged_by")
    alert = visible.filter(pk=alert_id).first()
    if alert is None:
        raise NotFound()
    if version is not None and not alert.settled_version <= version <= alert.version:
        require_fresh(SUBJECT_KIND, alert.pk, move, actor, seen=version, current=alert.version)
    ALERT.require(move, alert, actor=actor, roles=roles_over(actor, alert.area_path))
    return alert


def _apply(
    alert: Alert, move: str, actor: Actor, *, facts: dict[str, object], reason: str = "", note: str = ""
) -> None:
    """The state changes by the table; saved, and written to history."""
    change = ALERT.apply(move, alert, actor=actor, roles=roles_over(actor, alert.area_path))
    alert.settled_version = alert.version
    alert.save()
    personal = {key: value for key, value in {"reason": reason, "note": note}.items() if value}
    write_history(alert, change, actor, at=now(), facts=facts, personal=personal)


@transaction.atomic
def acknowledge_alert(*, alert_id: int, actor: Actor, version: int | None = None) -> Alert:
    """确认: somebody has seen it. A mark, not a decision; every screen stops flashing. Who was first stays on it."""
    alert = _lock(alert_id, AlertMove.ACKNOWLEDGE, actor, version)
    if alert.acknowledged_at is not None:
        return alert
    alert.acknowledged_at, alert.acknowledged_by_id = now(), actor.user_id
    _apply(alert, AlertMove.ACKNOWLEDGE, actor, facts={})
    publish_alert(alert, "acknowledged")
    return alert


@transaction.atomic
def confirm_alert(
    *,
    alert_id: int,
    actor: Actor,
    version: int | None = None,
    type_code: str | None = None,
    level: int | None = None,
    note: str = "",
) -> Alert:
    """属实: a person has verified the finding. An event begins, or the open one of the same subject takes it in."""
    alert = _lock(alert_id, AlertMove.CONFIRM, actor, version)
    event = _open_event_of(alert)
    if event is None:
        event = report_event(
            actor=actor,
            type_code=type_code or alert.type_code,
            title=alert.title if type_code in (None, "", alert.type_code) else "",
            description=note or _told_by(alert),
            lng=alert.lng,
            lat=alert.lat,
            address=alert.address,
            level=level or alert.level,
            source=alert.source,
        ).event
    else:
        join_alert(event_id=event.pk, alert_id=alert.pk)
    alert.event = event
    alert.decided_at = now()
    deadlines.stop(subject=subject_of(alert), kinds=[Clock.ALERT], at=alert.decided_at)
    evidence = [pk for pk in (alert.still_id, alert.clip_id) if pk is not None]
    Attachment.objects.filter(pk__in=evidence).update(event=event, erase_after=None)
    _apply(alert, AlertMove.CONFIRM, actor, facts={"event": event.pk}, note=note)
    publish_alert(alert, "confirmed")
    return alert


def _told_by(alert: Alert) -> str:
    """The finding in words; most titles name their camera already."""
    return alert.title if alert.camera_name in alert.title else f"{alert.title} {alert.camera_name}"


def _open_event_of(alert: Alert) -> Event | None:
    """The open event that an earlier alert of the same source, rule and subject led to."""
    earlier = Alert.objects.filter(
        source=alert.source, rule=alert.rule, subject_kind=alert.subject_kind, subject_id=alert.subject_id
    )
    ids = earlier.filter(state="confirmed").values("event_id")
    return Event.objects.open().filter(pk__in=ids).order_by("-id").first()


@transaction.atomic
def dismiss_alert(*, alert_id: int, actor: Actor, reason: str, version: int | None = None, note: str = "") -> Alert:
    """误报: not true; counted in the precision of its rule and camera, and undone for 24 hours."""
    alert = _lock(alert_id, AlertMove.DISMISS, actor, version)
    alert.decided_at, alert.decision_reason = now(), reason[:200]
    deadlines.stop(subject=subject_of(alert), kinds=[Clock.ALERT], at=alert.decided_at)
    _apply(alert, AlertMove.DISMISS, actor, facts={}, reason=reason, note=note)
    publish_alert(alert, "dismissed")
    return alert


@transaction.atomic
def restore_alert(*, alert_id: int, actor: Actor, version: int | None = None) -> Alert:
    """The dismissal is taken back within 24 hours, unless a newer alert of the same subject is open."""
    alert = _lock(alert_id, AlertMove.RESTORE, actor, version)
    if alert.decided_at is None or now() > alert.decided_at + RESTORE_WITHIN:
        raise RestoreTooLate()
    same = Alert.objects.open().filter(
        source=alert.source, rule=alert.rule, subject_kind=alert.subject_kind, subject_id=alert.subject_id
    )
    if same.exists():
        raise AlertOpenAgain()
    alert.decided_at, alert.decision_reason = None, ""
    deadlines.run_on(subject=subject_of(alert), kind=Clock.ALERT, at=now())
    try:
        with transaction.atomic():
            _apply(alert, AlertMove.RESTORE, actor, facts={})
    except IntegrityError as error:  # a finding was raised in the same moment
        raise AlertOpenAgain() from error
    publish_alert(alert, "restored")
    return alert


def expire_alerts() -> int:
    """已失效: nobody decided and nothing was seen again for a day. The number expired; each in its own transaction."""
    old = Alert.objects.open().filter(last_seen_at__lt=now() - EXPIRES_AFTER).values_list("pk", flat=True)
    return sum(_expire(alert_id) for alert_id in list(old[:500]))


@transaction.atomic
def _expire(alert_id: int) -> bool:
    alert = Alert.objects.open().select_for_update(of=("self",), skip_locked=True).filter(pk=alert_id).first()
    if alert is None or alert.last_seen_at >= now() - EXPIRES_AFTER:
        return False
    deadlines.stop(subject=subject_of(alert), kinds=[Clock.ALERT], at=now())
    _apply(alert, AlertMove.EXPIRE, SYSTEM, facts={})
    publish_alert(alert, "expired")
    return True
