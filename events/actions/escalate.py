"""A clock has used up a part of its limit: history keeps it, the screens show it, and somebody further up is told.

Each function is the handler of one kind of clock (`connections.py`) and runs in the transaction that records the
crossing, with the event, or the alert, locked first.
"""

from collections.abc import Collection
from typing import Any

from accounts.models import OrgUnit
from accounts.roles import Role
from core.actor import SYSTEM
from core.deadlines.registry import Crossing
from core.errors import MoveNotAllowed
from core.prepared import prepared
from events.actions.alerts import write_history
from events.actions.moving import Moving, begin
from events.actions.remind import supervise_automatically
from events.lifecycle import ALERT
from events.live import publish_alert, publish_reminder, reminder_audience
from events.models import Alert, Event, Reminder, WorkOrder
from events.moves import AlertMove, Move
from events.queries.escalation import way_of
from events.rules.escalation import Addressed, Place, Step, Way, addressees_of, calls_out
from events.signals import escalated

_EVENT = prepared("SELECT id FROM events_event WHERE id = $1 FOR UPDATE", count=1)
_EVENT_OF_ORDER = prepared(
    "SELECT id FROM events_event WHERE id = (SELECT event_id FROM events_work_order WHERE id = $1) FOR UPDATE", count=1
)
_EVENT_OF_REMINDER = prepared(
    "SELECT id FROM events_event WHERE id = (SELECT event_id FROM events_reminder WHERE id = $1) FOR UPDATE", count=1
)
_ALERT = prepared("SELECT id FROM events_alert WHERE id = $1 FOR UPDATE", count=1)
SUPERVISED_BECAUSE = "时限超过 {threshold}%，自动督办。"


def escalate_event(crossing: Crossing) -> None:
    """A stage of the event."""
    moving = _begin(crossing.deadline.subject_id)
    if moving is None:
        return
    event = moving.event
    event.escalation = max(event.escalation, crossing.threshold)
    unit = moving.lead.unit if moving.lead is not None else None
    _note(moving, crossing, unit, {})


def escalate_promise(crossing: Crossing) -> None:
    """The citizen behind an event was not contacted, answered or called back: the case itself is not late by it."""
    moving = _begin(crossing.deadline.subject_id)
    if moving is not None:
        _note(moving, crossing, moving.lead.unit if moving.lead is not None else None, {})


def escalate_order(crossing: Crossing) -> None:
    """A co-handling department's own leg."""
    order = WorkOrder.objects.select_related("unit").get(pk=crossing.deadline.subject_id)
    moving = _begin(order.event_id)
    if moving is None:
        return
    _note(moving, crossing, order.unit, {"order": order.pk, "unit": order.unit_id})


def escalate_reminder(crossing: Crossing) -> None:
    """Nobody has replied to a reminder: from its due time it has lapsed."""
    reminder = Reminder.objects.select_related("unit", "issued_by", "replied_by").get(pk=crossing.deadline.subject_id)
    moving = _begin(reminder.event_id)
    if moving is None:
        return
    if crossing.threshold >= 100 and reminder.lapsed_at is None:
        reminder.lapsed_at = crossing.crossed_at
        reminder.version += 1
        reminder.save(update_fields=["lapsed_at", "version"])
        before = reminder_audience(reminder, moving.event)
        publish_reminder(reminder, moving.event, "lapsed", before=before, at=crossing.at)
    _note(moving, crossing, reminder.unit, {"reminder": reminder.pk, "unit": reminder.unit_id})


def escalate_alert(crossing: Crossing) -> None:
    """A finding that nobody has acknowledged within its limit; one that somebody looks at is left to them, and what is
    over or put aside wakes nobody.
    """
    alert = Alert.objects.select_related("acknowledged_by", "shelved_by").get(pk=crossing.deadline.subject_id)
    if alert.state != "open" or alert.acknowledged_at is not None or alert.is_quiet:
        return
    change = ALERT.apply(AlertMove.ESCALATE, alert, actor=SYSTEM)
    alert.escalation = crossing.threshold
    alert.save(update_fields=["escalation", "version"])
    way = way_of("alert", crossing.deadline.kind, crossing.threshold)
    step = way.step
    posts = [one.role for one in addressees_of(crossing.deadline.kind, step)]
    if calls_out(alert.level, step):
        posts.append(Role.DUTY_CHIEF)
    told = [Addressed(role=role, area_path=alert.area_path) for role in posts]
    write_history(alert, change, SYSTEM, at=crossing.at, facts=_facts(crossing, step, told))
    publish_alert(alert, "escalated")
    _send(crossing, None, way, told, alert=alert)


def lock_event(event_id: int) -> None:
    """The row alone: what the move needs of it is read by its frame."""
    _EVENT.fetch_one([event_id])


def lock_order(order_id: int) -> None:
    """The event first, as every move does."""
    _EVENT_OF_ORDER.fetch_one([order_id])


def lock_reminder(reminder_id: int) -> None:
    _EVENT_OF_REMINDER.fetch_one([reminder_id])


def lock_alert(alert_id: int) -> None:
    _ALERT.fetch_one([alert_id])


def _begin(event_id: int) -> Moving | None:
    """None where the event has ended meanwhile."""
    try:
        moving = begin(event_id, Move.ESCALATE, SYSTEM, None)
    except MoveNotAllowed:
        return None
    moving.apply()
    return moving


def _note(moving: Moving, crossing: Crossing, unit: OrgUnit | None, facts: dict[str, Any]) -> None:
    clock, threshold = crossing.deadline.kind, crossing.threshold
    way = way_of(crossing.deadline.subject_kind, clock, threshold)
    step = way.step
    told = addressed(clock, step, moving.event, unit, moving.holders)
    moving.finish(facts={**_facts(crossing, step, told), **facts})
    _send(crossing, moving.event, way, told)
    if way.supervises:
        own = unit if crossing.deadline.subject_kind != "event" else None
        supervise_automatically(event_id=moving.event.pk, note=SUPERVISED_BECAUSE.format(threshold=threshold), unit=own)


def addressed(
    clock: str, step: Step, event: Event, unit: OrgUnit | None, holders: Collection[int | None]
) -> list[Addressed]:
    """The addressees of a step for this event; posts that nobody holds now (no task, no department) fall away."""
    found: list[Addressed] = []
    for one in addressees_of(clock, step):
        if one.place == Place.OWNER:
            found.append(Addressed(role=one.role, unit_id=event.owner_unit_id))
        elif one.place == Place.AREA:
            found.append(Addressed(role=one.role, area_path=event.area_path))
        elif one.place == Place.UNIT and unit is not None:
            found.append(Addressed(role=one.role, unit_id=unit.pk))
        elif one.place == Place.TASK:
            found += [Addressed(role=one.role, user_id=user_id) for user_id in holders if user_id is not None]
    return found


def _facts(crossing: Crossing, step: Step, told: list[Addressed]) -> dict[str, Any]:
    return {
        "clock": crossing.deadline.kind,
        "threshold": crossing.threshold,
        "crossed_at": crossing.crossed_at.isoformat(),
        "step": step.value,
        "addressees": [one.as_facts() for one in told],
    }


def _send(
    crossing: Crossing, event: Event | None, way: Way, told: list[Addressed], *, alert: Alert | None = None
) -> None:
    deadline = crossing.deadline
    escalated.send(
        sender=None,
        subject_kind=deadline.subject_kind,
        subject_id=deadline.subject_id,
        event_id=event.pk if event is not None else None,
        event=event,
        alert=alert,
        clock=deadline.kind,
        threshold=crossing.threshold,
        step=way.step,
        urgent=way.urgent,
        addressees=told,
        at=crossing.at,
    )
