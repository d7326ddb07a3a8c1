"""Reckoning running clocks anew: their office keeps other hours, or their thresholds were set differently."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Max

from core.deadlines.actions import CHANGING, OPEN, restore, schedule_next
from core.deadlines.registry import moved_of
from core.models import Deadline, DeadlineFiring, DeadlineState

BATCH = 1000


def open_calendars(prefix: str) -> list[str]:
    """The names, beginning with `prefix`, of calendars that open clocks count in."""
    found = Deadline.objects.filter(state__in=OPEN, calendar_key__startswith=prefix).exclude(calendar_key="")
    return sorted(found.order_by().values_list("calendar_key", flat=True).distinct())


def change_calendar(*, old: str, new: str) -> int:
    """Let every open clock that counts in the calendar `old` count in `new`; the number of clocks changed.

    Each subject in a transaction of its own, with its lock: its due times move and its rows follow, or neither. What
    has ended keeps the calendar it was judged by. May be repeated.
    """
    found = Deadline.objects.filter(calendar_key=old, state__in=OPEN).exclude(calendar_key="")
    subjects = found.order_by("subject_kind", "subject_id").values_list("subject_kind", "subject_id").distinct()
    return sum(_change_subject(kind, subject_id, old, new) for kind, subject_id in list(subjects))


@transaction.atomic
def _change_subject(subject_kind: str, subject_id: int, old: str, new: str) -> int:
    listener = moved_of(subject_kind)
    if listener is not None:
        listener[0](subject_id)
    found = Deadline.objects.filter(subject_kind=subject_kind, subject_id=subject_id, state__in=OPEN, calendar_key=old)
    clocks = list(found.order_by("id").select_for_update())
    moved = []
    for clock in clocks:
        was = clock.due_at, clock.warn_at
        clock.calendar_key = new
        restore(clock, list(clock.intervals.all()))
        clock.save(update_fields=(*CHANGING, "calendar_key"))
        if (clock.due_at, clock.warn_at) != was:
            moved.append(clock)
    if moved and listener is not None:
        listener[1](subject_id, moved)
    return len(clocks)


def reschedule(*, subject_kind: str, kind: str) -> int:
    """Give every running clock of a kind its next threshold anew, because the thresholds were edited; the number.

    What has fired is not called again; a new threshold that a clock has passed already is called at the next sweep.
    """
    last, done = 0, 0
    while rows := _reschedule_batch(subject_kind, kind, last):
        last, done = rows[-1], done + len(rows)
    return done


@transaction.atomic
def _reschedule_batch(subject_kind: str, kind: str, after_id: int) -> list[int]:
    running = Deadline.objects.filter(subject_kind=subject_kind, kind=kind, state=DeadlineState.RUNNING)
    clocks = list(running.filter(id__gt=after_id).order_by("id").select_for_update()[:BATCH])
    fired: defaultdict[int, int] = defaultdict(int)
    firings = (
        DeadlineFiring.objects.filter(deadline__in=clocks).values("deadline_id").annotate(highest=Max("threshold"))
    )
    fired.update((row["deadline_id"], row["highest"]) for row in firings)
    for clock in clocks:
        schedule_next(clock, above=fired[clock.pk])
    Deadline.objects.bulk_update(clocks, ["next_threshold", "fire_at"])
    return [clock.pk for clock in clocks]
