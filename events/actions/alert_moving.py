"""The frame of a person's move on an alert: load and lock, may they, then save with its history."""

from datetime import datetime

from accounts.scope import roles_over
from core.actor import Actor
from core.clock import now
from core.deadlines import actions as deadlines
from core.errors import NotFound
from events.actions.alerts import SUBJECT_KIND, subject_of, write_history
from events.actions.freshness import require_fresh
from events.lifecycle import ALERT
from events.models import Alert
from events.moves import Clock


def begin(alert_id: int, move: str, actor: Actor, version: int | None) -> Alert:
    """The visible alert, locked and fresh, on which the actor may make the move."""
    visible = Alert.objects.visible_to(actor).select_for_update(of=("self",))
    alert = visible.select_related("acknowledged_by", "shelved_by").filter(pk=alert_id).first()
    if alert is None:
        raise NotFound()
    if version is not None and not alert.settled_version <= version <= alert.version:
        require_fresh(SUBJECT_KIND, alert.pk, move, actor, seen=version, current=alert.version)
    ALERT.require(move, alert, actor=actor, roles=roles_over(actor, alert.area_path))
    return alert


def finish(
    alert: Alert,
    move: str,
    actor: Actor,
    *,
    facts: dict[str, object],
    reason: str = "",
    note: str = "",
    settles: bool = True,
) -> None:
    """The state changes by the table; saved, and written to history. What does not settle makes no click stale."""
    change = ALERT.apply(move, alert, actor=actor, roles=roles_over(actor, alert.area_path))
    if settles:
        alert.settled_version = alert.version
    alert.save()
    personal = {key: value for key, value in {"reason": reason, "note": note}.items() if value}
    write_history(alert, change, actor, at=now(), facts=facts, personal=personal)


def end(alert: Alert, at: datetime) -> None:
    """It waits for nobody any more: its clock stops, and it is on no shelf."""
    deadlines.stop(subject=subject_of(alert), kinds=[Clock.ALERT], at=at)
    take_off_shelf(alert)


def take_off_shelf(alert: Alert) -> None:
    alert.shelved_at = alert.shelved_until = alert.shelved_by_id = None
    alert.shelve_reason = ""
