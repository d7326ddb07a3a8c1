"""What events hears from below, and what it declares at start-up."""

from functools import partial
from typing import Any

from django.db.models.signals import post_delete, post_save

from accounts.models import OrgUnit
from core.deadlines.registry import Crossing, Handler, LockSubject, on_moved, on_threshold, register_copies
from dispatch.queries.subject_facts import register_ground
from dispatch.queries.subject_photos import register_before_photos
from dispatch.signals import task_ended, task_subject_lock, task_timed_out
from events.actions.alerts import SUBJECT_KIND as ALERT_KIND
from events.actions.endings_told import tell_endings
from events.actions.escalate import (
    escalate_alert,
    escalate_event,
    escalate_order,
    escalate_promise,
    escalate_reminder,
    lock_alert,
    lock_event,
    lock_order,
    lock_reminder,
)
from events.actions.evaluate import evaluate_event
from events.actions.follow_calendar import follow_event_clocks, follow_order_clocks
from events.actions.task_results import on_task_ended, on_task_timed_out
from events.models import (
    ClockLimit,
    Condition,
    EscalationStep,
    EventType,
    ResponsibilityRow,
    RoutingRule,
    Scenario,
    SimilarityLimit,
)
from events.models.event import PROMISE_KIND, SUBJECT_KIND
from events.models.reminder import SUBJECT_KIND as REMINDER_KIND
from events.models.work_order import ORDER_KIND
from events.moves import Clock
from events.notice_kinds import KINDS
from events.notices import (
    REPORTERS,
    held_to_tell,
    on_escalated,
    on_event_moved,
    on_reminded,
    on_reminder_replied,
    on_request_moved,
    reporters_to_tell,
)
from events.notices_of_automation import RULE_EDITORS, on_automation_stopped, rule_editors_to_tell
from events.queries import routing, similar
from events.queries.catalogue import forget
from events.queries.components import ground_of_event
from events.queries.copied_clocks import wrong_copies
from events.queries.escalation import forget_steps, thresholds_of
from events.queries.photos import before_photos_of
from events.signals import automation_stopped, escalated, event_moved, reminded, reminder_replied, request_moved
from notify.addressees import register_addressees
from notify.kinds import register_kinds

WATCHED_CLOCKS = (
    Clock.ACCEPT, Clock.VERIFY, Clock.DISPATCH, Clock.SIGN, Clock.HANDLING, Clock.CHECK, Clock.CLOSE
)  # fmt: skip


def connect() -> None:
    """Called once, when the apps are ready."""
    for model in (ClockLimit, Condition, EventType, Scenario, OrgUnit):
        post_save.connect(forget, sender=model, dispatch_uid=f"events-forget-{model.__name__}")
        post_delete.connect(forget, sender=model, dispatch_uid=f"events-forget-{model.__name__}")
    for signal in (post_save, post_delete):
        signal.connect(forget_steps, sender=EscalationStep, dispatch_uid=f"events-forget-steps-{id(signal)}")
    for signal in (post_save, post_delete):
        for routed in (RoutingRule, ResponsibilityRow, OrgUnit):
            signal.connect(routing.forget, sender=routed, dispatch_uid=f"events-route-{routed.__name__}-{id(signal)}")
        signal.connect(similar.forget, sender=SimilarityLimit, dispatch_uid=f"events-similar-{id(signal)}")
    task_subject_lock.connect(_lock_subject, dispatch_uid="events-lock")
    task_ended.connect(on_task_ended, dispatch_uid="events-task-ended")
    task_timed_out.connect(on_task_timed_out, dispatch_uid="events-task-timed-out")
    register_before_photos(SUBJECT_KIND, before_photos_of)
    register_ground(SUBJECT_KIND, ground_of_event)
    event_moved.connect(tell_endings, dispatch_uid="events-endings-told")
    _connect_notices()
    for kind in WATCHED_CLOCKS:
        _watch(SUBJECT_KIND, kind, escalate_event, lock_event)
    for kind in (Clock.SIGN, Clock.HANDLING):
        _watch(ORDER_KIND, kind, escalate_order, lock_order)
    for kind in (Clock.FIRST_CONTACT, Clock.ANSWER, Clock.CALL_BACK):
        _watch(PROMISE_KIND, kind, escalate_promise, lock_event)
    _watch(ALERT_KIND, Clock.ALERT, escalate_alert, lock_alert)
    _watch(REMINDER_KIND, Clock.REPLY, escalate_reminder, lock_reminder)
    register_copies("events", wrong_copies)
    on_moved(SUBJECT_KIND, lock_subject=lock_event, handler=follow_event_clocks)
    on_moved(ORDER_KIND, lock_subject=lock_order, handler=follow_order_clocks)
    on_threshold(SUBJECT_KIND, Clock.RATING, thresholds=(100,), handler=_window_ended, lock_subject=lock_event)


def _connect_notices() -> None:
    """Who is told what: the table in `notices.py`."""
    register_kinds(KINDS)
    register_addressees(REPORTERS, reporters_to_tell)
    register_addressees("held", held_to_tell)
    register_addressees(RULE_EDITORS, rule_editors_to_tell)
    event_moved.connect(on_event_moved, dispatch_uid="events-notices-moved")
    request_moved.connect(on_request_moved, dispatch_uid="events-notices-request")
    escalated.connect(on_escalated, dispatch_uid="events-notices-escalated")
    automation_stopped.connect(on_automation_stopped, dispatch_uid="events-notices-automation")
    reminded.connect(on_reminded, dispatch_uid="events-notices-reminded")
    reminder_replied.connect(on_reminder_replied, dispatch_uid="events-notices-replied")


def _lock_subject(*, subject_kind: str, subject_id: int, **_: Any) -> None:
    if subject_kind == SUBJECT_KIND:
        lock_event(subject_id)


def _watch(subject_kind: str, clock: str, handler: Handler, lock_subject: LockSubject) -> None:
    """The steps are data, so the thresholds are asked for when they are needed."""
    steps = partial(thresholds_of, subject_kind, clock)
    on_threshold(subject_kind, clock, thresholds=steps, handler=handler, lock_subject=lock_subject)


def _window_ended(crossing: Crossing) -> None:
    evaluate_event(event_id=crossing.deadline.subject_id)
