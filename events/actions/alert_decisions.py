"""People decide about alerts: seen, true, false, and taking a false one back."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from core.actor import Actor
from core.clock import now
from core.deadlines import actions as deadlines
from core.errors import DomainError
from events.actions.alert_moving import begin, end, finish
from events.actions.alerts import subject_of
from events.actions.join import join_alert
from events.actions.moving import lock_event
from events.actions.report import report_event
from events.errors import AcknowledgedAlone, AlertOpenAgain, RestoreTooLate
from events.live import publish_alert
from events.models import Alert, Attachment, Event
from events.moves import AlertMove, Clock
from events.queries.catalogue import limit_of
from events.rules.alerts import URGENT_UP_TO
from events.rules.limits import DISMISSAL_UNDO


@transaction.atomic
def acknowledge_alert(*, alert_id: int, actor: Actor, version: int | None = None, together: bool = False) -> Alert:
    """确认: somebody has seen it. A mark, not a decision; every screen stops flashing. Who was first stays on it.

    With others `together` only what is minor is acknowledged: AcknowledgedAlone.
    """
    alert = begin(alert_id, AlertMove.ACKNOWLEDGE, actor, version)
    if together and alert.level <= URGENT_UP_TO:
        raise AcknowledgedAlone()
    if alert.acknowledged_at is not None:
        return alert
    alert.acknowledged_at, alert.acknowledged_by_id = now(), actor.user_id
    finish(alert, AlertMove.ACKNOWLEDGE, actor, facts={})
    publish_alert(alert, "acknowledged")
    return alert


def acknowledge_together(*, seen: Mapping[int, int], actor: Actor) -> tuple[list[Alert], dict[int, str]]:
    """What stood on the screen, alert id → version, each in its own transaction; those that were refused with the code
    of the refusal. One that somebody was faster with spoils nothing for the others.
    """
    done: list[Alert] = []
    refused: dict[int, str] = {}
    for alert_id, version in sorted(seen.items()):
        try:
            done.append(acknowledge_alert(alert_id=alert_id, actor=actor, version=version, together=True))
        except DomainError as refusal:
            refused[alert_id] = refusal.code
    return done, refused


@transaction.atomic
def confirm_alert(
    *,
    alert_id: int,
    actor: Actor,
    version: int | None = None,
    type_code: str | None = None,
    level: int | None = None,
    note: str = "",
    figures: Mapping[str, Any] | None = None,
) -> Alert:
    """属实: a person has verified the finding. An event begins, or the open one of the same subject takes it in.

    `figures` is what the platform stands on where it confirms by itself (`actions/settle.py`).
    """
    move = AlertMove.CONFIRM if figures is None else AlertMove.AUTO_CONFIRM
    alert = begin(alert_id, move, actor, version)
    event = _open_event_of(alert)
    if event is None:
        event = report_event(
            actor=actor,
            type_code=type_code or alert.type_code,
            title=alert.title if type_code in (None, "", alert.type_code) else "",
            description=note if note and figures is None else _told_by(alert),
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
    end(alert, alert.decided_at)
    evidence = [pk for pk in (alert.still_id, alert.clip_id) if pk is not None]
    Attachment.objects.filter(pk__in=evidence).update(event=event, erase_after=None)
    measured = {} if figures is None else {"automatic": dict(figures)}
    finish(alert, move, actor, facts={"event": event.pk, **measured}, note=note)
    publish_alert(alert, "confirmed")
    return alert


def _told_by(alert: Alert) -> str:
    """The finding in words; most titles name their camera already."""
    return alert.title if alert.camera_name in alert.title else f"{alert.title} {alert.camera_name}"


def _open_event_of(alert: Alert) -> Event | None:
    """The open event, locked, that an earlier alert of the same source, rule and subject led to, or the one it follows.

    One that ended, or was merged, while its lock was waited for takes in nothing: the next is looked for.
    """
    earlier = Alert.objects.filter(
        source=alert.source, rule=alert.rule, subject_kind=alert.subject_kind, subject_id=alert.subject_id
    )
    ids = earlier.filter(state="confirmed").values("event_id")
    found = (
        Event.objects.open().filter(Q(pk__in=ids) | Q(followers__in=ids)).order_by("-id").values_list("pk", flat=True)
    )
    while (event_id := found.first()) is not None:
        event = lock_event(event_id)
        if event.is_open:
            return event
    return None


@transaction.atomic
def dismiss_alert(*, alert_id: int, actor: Actor, reason: str, version: int | None = None, note: str = "") -> Alert:
    """误报: not true; counted in the precision of its rule and camera, and undone for 24 hours."""
    alert = begin(alert_id, AlertMove.DISMISS, actor, version)
    alert.decided_at, alert.decision_reason = now(), reason[:200]
    end(alert, alert.decided_at)
    finish(alert, AlertMove.DISMISS, actor, facts={}, reason=reason, note=note)
    publish_alert(alert, "dismissed")
    return alert


@transaction.atomic
def restore_alert(*, alert_id: int, actor: Actor, version: int | None = None) -> Alert:
    """The dismissal is taken back within 24 hours, unless a newer alert of the same subject is open."""
    alert = begin(alert_id, AlertMove.RESTORE, actor, version)
    within = limit_of(DISMISSAL_UNDO).length
    if alert.decided_at is None or now() > alert.decided_at + within:
        raise RestoreTooLate()
    same = Alert.objects.open().filter(
        source=alert.source, rule=alert.rule, subject_kind=alert.subject_kind, subject_id=alert.subject_id
    )
    if same.exists():
        raise AlertOpenAgain()
    alert.decided_at, alert.decision_reason = None, ""
    clock = deadlines.run_on(subject=subject_of(alert), kind=Clock.ALERT, at=now())
    alert.due_at = clock.due_at if clock is not None else alert.due_at
    alert.recovered_at = None  # whether it goes on is known when it is seen again, or recovers again
    try:
        with transaction.atomic():
            finish(alert, AlertMove.RESTORE, actor, facts={})
    except IntegrityError as error:  # a finding was raised in the same moment
        raise AlertOpenAgain() from error
    publish_alert(alert, "restored")
    return alert
