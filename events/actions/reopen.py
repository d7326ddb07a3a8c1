"""重开: an ended event is handled once more. The first run stays in history as it was."""

from django.db import transaction

from core.actor import Actor
from core.deadlines import actions as deadlines
from events.actions import clocks
from events.actions.endings import withdraw_open_tasks
from events.actions.moving import Moving, begin
from events.actions.promises import TO_BEGIN_WITH, begin_promises
from events.errors import ReopenTooLate
from events.models import Event
from events.models.event import SUBJECT_KIND
from events.moves import Clock, Move
from events.queries.catalogue import limit_of
from events.rules.limits import REOPENING

COUNTERS = (
    "rework_count",
    "return_count",
    "extension_count",
    "suspension_count",
    "urge_count",
    "escalation",
    "hand_back_count",
)
"""What is counted for one run and begins anew with the next."""


@transaction.atomic
def reopen_event(*, event_id: int, actor: Actor, reason: str, version: int | None = None) -> Event:
    """Back to the acceptor where it was never filed, else to the dispatcher; its limits begin anew.

    A citizen may ask within the rating window (ReopenTooLate after it), the duty chief at any time. Events that follow
    this one are open again with it.
    """
    moving = begin(event_id, Move.REOPEN, actor, version)
    if actor.is_citizen:
        _require_in_time(moving)
    event, run = moving.event, moving.event.run
    moving.apply(target="filed" if event.was_filed else "reported")
    withdraw_open_tasks(moving, reason)
    clocks.withdraw(moving)
    event.run, event.reopened_at = run + 1, moving.at
    event.ended_at = event.suspended_until = event.lead_unit = event.taken_by = event.taken_at = None
    event.ending = event.audit = event.supervision = ""
    event.is_exempt = False  # the appeal was about the run before
    for counter in COUNTERS:
        setattr(event, counter, 0)
    kind = Clock.DISPATCH if event.was_filed else Clock.ACCEPT
    clocks.start(moving, (kind, limit_of(kind)))
    begin_promises(moving, *TO_BEGIN_WITH)
    return moving.finish(facts={"run": event.run}, personal={"reason": reason})


def _require_in_time(moving: Moving) -> None:
    """The window in which a citizen may ask again, from the end of the event on."""
    ended_at = moving.event.ended_at or moving.at
    window = clocks.new(REOPENING, limit_of(REOPENING))
    closes_at = deadlines.planned(subject_kind=SUBJECT_KIND, clock=window, at=ended_at).due_at
    if moving.at > closes_at:
        raise ReopenTooLate(closed_at=closes_at.isoformat())
