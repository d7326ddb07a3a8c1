"""催督办 as the desks list them."""

from typing import Any

from accounts.scope import unit_ids
from core.actor import Actor
from core.clock import now
from events.models import Event, Reminder
from events.models.reminder import ReminderQuerySet
from events.policies import SEATS
from events.queries.rows import reminder_row

BY_REPLY_DUE = ("reply_due_at", "id")
JOINED = ("unit", "issued_by", "replied_by")


def reminders_of(event: Event) -> list[Reminder]:
    """Every reminder of an event, of all its runs, oldest first; no statement where nobody ever urged."""
    if not event.urge_count and not event.supervision and event.run == 1:
        return []
    return list(Reminder.objects.filter(event_id=event.pk).select_related(*JOINED).order_by("id"))


def reminder_list(actor: Actor, *, waiting: bool = False, mine: bool = False, lapsed: bool = False) -> ReminderQuerySet:
    """Visible reminders. `mine`: those that the actor's own units have to answer. One statement for a page."""
    reminders = Reminder.objects.visible_to(actor).select_related(*JOINED, "event")
    if waiting:
        reminders = reminders.waiting()
    if mine:
        reminders = reminders.filter(unit_id__in=unit_ids(actor) | unit_ids(actor, SEATS))
    if lapsed:
        reminders = reminders.filter(lapsed_at__isnull=False)
    return reminders


def rows_of(reminders: list[Reminder]) -> list[dict[str, Any]]:
    at = now()
    return [reminder_row(reminder, reminder.event, at) for reminder in reminders]
