"""搁置: an alert is put aside for a time, and comes back by itself or by hand (ISA-18.2)."""

from datetime import timedelta

from django.db import transaction

from core.actor import SYSTEM, Actor
from core.clock import local, now
from events.actions.alert_moving import begin, finish, take_off_shelf
from events.actions.alerts import keep_clock
from events.errors import AlertAlreadyShelved, AlertNotShelved, ShelvingOutsideLimits
from events.live import publish_alert
from events.models import Alert
from events.moves import AlertMove
from events.queries.alarm_rules import alarm_rules

MOST_AT_ONCE = 500


@transaction.atomic
def shelve_alert(*, alert_id: int, actor: Actor, minutes: int, reason: str, version: int | None = None) -> Alert:
    """搁置: it is listed apart, neither flashes nor sounds, and its clock stands until then. Findings count up.

    Raises ShelvingOutsideLimits and AlertAlreadyShelved.
    """
    alert = begin(alert_id, AlertMove.SHELVE, actor, version)
    longest = alarm_rules().shelf_longest_minutes
    if not 1 <= minutes <= longest:
        raise ShelvingOutsideLimits(longest=longest)
    if alert.shelved_until is not None:
        by = alert.shelved_by.name if alert.shelved_by else ""
        raise AlertAlreadyShelved(by=by, until=f"{local(alert.shelved_until):%H:%M}")
    alert.shelved_at = now()
    alert.shelved_until = alert.shelved_at + timedelta(minutes=minutes)
    alert.shelved_by_id, alert.shelve_reason = actor.user_id, reason[:200]
    keep_clock(alert, alert.shelved_at)
    facts: dict[str, object] = {"until": alert.shelved_until.isoformat(), "minutes": minutes}
    finish(alert, AlertMove.SHELVE, actor, facts=facts, reason=reason)
    publish_alert(alert, "shelved")
    return alert


@transaction.atomic
def unshelve_alert(*, alert_id: int, actor: Actor, version: int | None = None, note: str = "") -> Alert:
    """取消搁置: somebody takes it back before its time; it asks for attention as it did before.

    Raises AlertNotShelved.
    """
    alert = begin(alert_id, AlertMove.UNSHELVE, actor, version)
    if alert.shelved_until is None:
        raise AlertNotShelved()
    _take_back(alert, actor, note=note)
    return alert


def return_shelved() -> int:
    """Alerts whose time on the shelf is over; each in its own transaction, so that any number of workers may look."""
    due = Alert.objects.on_shelf().filter(shelved_until__lte=now()).order_by("shelved_until")
    return sum(_return(alert_id) for alert_id in list(due.values_list("pk", flat=True)[:MOST_AT_ONCE]))


@transaction.atomic
def _return(alert_id: int) -> bool:
    waiting = Alert.objects.on_shelf().filter(pk=alert_id, shelved_until__lte=now())
    alert = waiting.select_for_update(of=("self",), skip_locked=True).first()
    if alert is None:
        return False
    if alert.recovered_at is None:
        # It goes on, and whoever put it aside may have left the seat: somebody has to see it anew.
        alert.acknowledged_at, alert.acknowledged_by_id = None, None
    _take_back(alert, SYSTEM, settles=False)
    return True


def _take_back(alert: Alert, actor: Actor, *, note: str = "", settles: bool = True) -> None:
    take_off_shelf(alert)
    keep_clock(alert, now())
    finish(alert, AlertMove.UNSHELVE, actor, facts={}, note=note, settles=settles)
    publish_alert(alert, "unshelved")
