"""Waiting reminders follow their event: to the unit that has it now, and to an end with it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from core.deadlines import actions as deadlines
from core.deadlines.actions import Subject
from events.live import publish_reminder, reminder_audience
from events.models import Event, Reminder, WorkOrder
from events.models.reminder import SUBJECT_KIND
from events.rules.escalation import Addressed
from events.rules.reminders import addressed_at
from events.signals import reminded


def follow_reminders(event: Event, orders: Collection[WorkOrder], *, at: datetime) -> frozenset[int]:
    """Bring the waiting reminders of the locked event in line with it; the ids of legs whose reply is due at another
    time. No statement where nobody ever urged.

    An ending settles them. One addressed to a department that holds the event no more, in this run of it, goes to the
    owning centre, which is told that a reply is due from it.
    """
    if not event.urge_count and not event.supervision:
        return frozenset()
    waiting = list(
        Reminder.objects.waiting()
        .filter(event_id=event.pk)
        .select_related("unit", "issued_by", "replied_by")
        .order_by("id")
        .select_for_update(of=("self",))
    )
    if not event.is_open:
        for reminder in waiting:
            settle(reminder, event, at=at)
        waiting = []
    holding = {order.unit_id for order in orders if _holds(order, event)}
    for reminder in waiting:
        if reminder.unit_id not in holding and reminder.unit_id != event.owner_unit_id:
            before = reminder_audience(reminder, event)
            reminder.unit = event.owner_unit
            reminder.version += 1
            reminder.save(update_fields=["unit", "version"])
            publish_reminder(reminder, event, "moved", before=before, at=at)
            told = [Addressed(role=role, unit_id=reminder.unit.pk) for role in addressed_at(reminder.unit.kind)]
            reminded.send(Reminder, reminder=reminder, event=event, addressees=told, at=at)
    return _tell_legs(event, orders, waiting)


def _holds(order: WorkOrder, event: Event) -> bool:
    """A leg of the run before a reopening is over, whatever it came to."""
    return order.is_held and order.run == event.run


def settle(reminder: Reminder, event: Event, *, at: datetime) -> None:
    """Nobody has to reply any more: the event has ended."""
    deadlines.withdraw(subject=Subject(SUBJECT_KIND, reminder.pk), at=at)
    reminder.settled_at = at
    reminder.version += 1
    reminder.save(update_fields=["settled_at", "version"])
    publish_reminder(reminder, event, "settled", before=reminder_audience(reminder, event), at=at)


def _tell_legs(event: Event, orders: Iterable[WorkOrder], waiting: Iterable[Reminder]) -> frozenset[int]:
    dues: dict[int, datetime] = {}
    for reminder in waiting:
        dues[reminder.unit_id] = min(reminder.reply_due_at, dues.get(reminder.unit_id, reminder.reply_due_at))
    changed = set()
    for order in orders:
        due = dues.get(order.unit_id) if _holds(order, event) else None
        if order.reply_due_at != due:
            order.reply_due_at = due
            changed.add(order.pk)
    return frozenset(changed)
