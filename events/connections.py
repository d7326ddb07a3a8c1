"""What events hears from below, and what it declares at start-up."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from accounts.models import OrgUnit
from core.deadlines.registry import Crossing, on_threshold
from dispatch.queries.subject_photos import register_before_photos
from dispatch.signals import task_ended, task_subject_lock, task_timed_out
from events.actions.evaluate import evaluate_event, note_threshold
from events.actions.moving import lock_event
from events.actions.task_results import on_task_ended, on_task_timed_out
from events.models import ClockLimit, EventType, Scenario
from events.models.event import SUBJECT_KIND
from events.moves import Clock
from events.queries.catalogue import forget
from events.queries.photos import before_photos_of

WATCHED_CLOCKS = (
    Clock.ACCEPT, Clock.VERIFY, Clock.DISPATCH, Clock.SIGN, Clock.HANDLING, Clock.CHECK, Clock.CLOSE
)  # fmt: skip


def connect() -> None:
    """Called once, when the apps are ready."""
    for model in (ClockLimit, EventType, Scenario, OrgUnit):
        post_save.connect(forget, sender=model, dispatch_uid=f"events-forget-{model.__name__}")
        post_delete.connect(forget, sender=model, dispatch_uid=f"events-forget-{model.__name__}")
    task_subject_lock.connect(_lock_subject, dispatch_uid="events-lock")
    task_ended.connect(on_task_ended, dispatch_uid="events-task-ended")
    task_timed_out.connect(on_task_timed_out, dispatch_uid="events-task-timed-out")
    register_before_photos(SUBJECT_KIND, before_photos_of)
    for kind in WATCHED_CLOCKS:
        on_threshold(SUBJECT_KIND, kind, handler=_note_crossing, lock_subject=lock_event)
    on_threshold(SUBJECT_KIND, Clock.RATING, thresholds=(100,), handler=_window_ended, lock_subject=lock_event)


def _lock_subject(*, subject_kind: str, subject_id: int, **_: Any) -> None:
    if subject_kind == SUBJECT_KIND:
        lock_event(subject_id)


def _note_crossing(crossing: Crossing) -> None:
    deadline = crossing.deadline
    note_threshold(
        event_id=deadline.subject_id, kind=deadline.kind, threshold=crossing.threshold, crossed_at=crossing.crossed_at
    )


def _window_ended(crossing: Crossing) -> None:
    evaluate_event(event_id=crossing.deadline.subject_id)
