"""When the steps of escalation are edited, running clocks wait for the new ones."""

from functools import partial

from celery import current_app
from django.db import transaction

from core.deadlines.reckoning import reschedule
from events.queries.catalogue import KEPT_SECONDS
from events.queries.escalation import forget_steps

RESCHEDULE_TASK = "events.reschedule_clocks"
EVERYBODY_KNOWS_AFTER = KEPT_SECONDS + 2.0
"""Seconds until every process has forgotten the old steps."""


def steps_changed(subject_kind: str, clock: str) -> None:
    """Called in the transaction that edits the steps of a clock."""
    forget_steps()
    send = partial(current_app.send_task, RESCHEDULE_TASK, args=[subject_kind, clock], countdown=EVERYBODY_KNOWS_AFTER)
    transaction.on_commit(send, robust=True)


def reschedule_clocks(subject_kind: str, clock: str) -> int:
    """Let running clocks of this kind wait for the threshold that comes next by the present steps; may be repeated."""
    forget_steps()
    return reschedule(subject_kind=subject_kind, kind=clock)
