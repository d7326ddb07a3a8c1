"""Rows that copy the times of a clock, so that boards and lights are comparisons: do they still say the same?"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.deadlines.actions import OPEN
from core.models import Deadline
from events.models import Alert, Event, Reminder, WorkOrder
from events.models.event import SUBJECT_KIND
from events.models.reminder import SUBJECT_KIND as REMINDER_KIND
from events.models.work_order import ORDER_KIND
from events.moves import Clock

ALERT_KIND = "alert"


def wrong_copies() -> Iterator[str]:
    """One sentence for each event, leg, alert or reminder whose copied times are not those of its open clock."""
    legs = WorkOrder.objects.filter(~Q(due_kind=""))
    yield from _wrong("event", Event.objects.filter(~Q(due_kind="")), SUBJECT_KIND, "pk")
    yield from _wrong("leg", legs.filter(role=WorkOrder.Role.LEAD), SUBJECT_KIND, "event_id")
    yield from _wrong("leg", legs.filter(role=WorkOrder.Role.CO), ORDER_KIND, "pk")
    yield from _wrong_times("alert", Alert.objects.open(), ALERT_KIND, Clock.ALERT, due_at="due_at")
    waiting = Reminder.objects.waiting()
    yield from _wrong_times("reminder", waiting, REMINDER_KIND, Clock.REPLY, due_at="reply_due_at", warn_at="warn_at")
    yield from _showing_none()


def _wrong(name: str, rows: QuerySet[Any], subject_kind: str, subject: str) -> Iterator[str]:
    clocks = Deadline.objects.filter(subject_kind=subject_kind, subject_id=OuterRef(subject), state__in=OPEN)
    same = clocks.filter(kind=OuterRef("due_kind"))
    same = same.filter(due_at=OuterRef("due_at"), warn_at=OuterRef("warn_at"), started_at=OuterRef("due_started_at"))
    for row in rows.filter(~Exists(same)).order_by("pk").iterator():
        yield f"{name} {row.pk}: shows {row.due_kind} due {row.due_at.isoformat(sep=' ')}, no open clock says so"


def _wrong_times(name: str, rows: QuerySet[Any], subject_kind: str, kind: str, **copied: str) -> Iterator[str]:
    clocks = Deadline.objects.filter(subject_kind=subject_kind, subject_id=OuterRef("pk"), kind=kind, state__in=OPEN)
    same = clocks.filter(**{field: OuterRef(copy) for field, copy in copied.items()})
    for row in rows.filter(~Exists(same)).order_by("pk").iterator():
        due = getattr(row, copied["due_at"])
        yield f"{name} {row.pk}: shows {kind} due {due.isoformat(sep=' ')}, no open clock says so"


def _showing_none() -> Iterator[str]:
    """An open event with a running clock shows one of them."""
    clocks = Deadline.objects.filter(subject_kind=SUBJECT_KIND, subject_id=OuterRef("pk"), state="running")
    for event in Event.objects.open().filter(Exists(clocks), due_kind="").order_by("pk").iterator():
        yield f"event {event.pk}: shows no clock, but one runs"
