"""恢复: the condition behind an alert is over; and alerts that leave the list by themselves."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest

from core.actor import SYSTEM
from core.clock import now
from events.actions.alert_moving import end, finish
from events.actions.alerts import keep_clock, last_of, write_history
from events.lifecycle import ALERT
from events.live import publish_alert
from events.models import Alert
from events.models.alert import AlertQuerySet
from events.moves import AlertMove
from events.queries.alarm_rules import alarm_rules
from events.queries.catalogue import limit_of
from events.rules.limits import ALERT_EXPIRY

MOST_AT_ONCE = 500


@transaction.atomic
def alert_recovered(
    *, source: str, rule: str, subject_kind: str, subject_id: int, at: datetime | None = None
) -> Alert | None:
    """A source says that the condition is over. No judgement: a person still says whether it was true.

    What nobody has acknowledged stays listed without flash or sound; its clock stands. An alert that became an event
    which is being worked on shows it too. None where there is nothing to note: no such alert, recovered before, or seen
    again since.
    """
    at = at or now()
    last = last_of({"source": source, "rule": rule, "subject_kind": subject_kind, "subject_id": subject_id})
    if last is None or last.recovered_at is not None or last.last_seen_at > at or not _goes_on(last):
        return None
    change = ALERT.apply(AlertMove.RECOVER, last, actor=SYSTEM)
    last.recovered_at = at
    keep_clock(last, at)
    last.save(update_fields=["recovered_at", "version"])
    write_history(last, change, SYSTEM, at=at)
    publish_alert(last, "recovered")
    return last


def _goes_on(alert: Alert) -> bool:
    return alert.state == "open" or (alert.state == "confirmed" and alert.event is not None and alert.event.is_open)


def expire_alerts() -> int:
    """已失效: what is over and acknowledged, after the minutes the rules say; and what nobody decided and nothing was
    seen of for a day. The number expired; each in its own transaction.

    What is over and nobody has acknowledged stays until somebody does; what is shelved, until it comes back.
    """
    due = _due(now())
    return sum(_expire(alert_id) for alert_id in list(due.values_list("pk", flat=True)[:MOST_AT_ONCE]))


def _due(at: datetime) -> AlertQuerySet:
    leaves = at - timedelta(minutes=alarm_rules().recovered_leaves_minutes)
    alerts = Alert.objects.off_shelf().annotate(settled_since=Greatest("recovered_at", "acknowledged_at"))
    over = Q(recovered_at__isnull=False, acknowledged_at__isnull=False, settled_since__lt=leaves)
    return alerts.filter(over | Q(recovered_at=None, last_seen_at__lt=at - limit_of(ALERT_EXPIRY).length))


@transaction.atomic
def _expire(alert_id: int) -> bool:
    at = now()
    alert = _due(at).select_for_update(of=("self",), skip_locked=True).filter(pk=alert_id).first()
    if alert is None:
        return False
    end(alert, at)
    finish(alert, AlertMove.EXPIRE, SYSTEM, facts={"recovered": alert.recovered_at is not None})
    publish_alert(alert, "expired")
    return True
