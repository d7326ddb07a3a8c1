"""The detail of an event that was reported just now: everything is known, so nothing is read."""

from typing import Any

from core.actor import Actor
from core.clock import now
from core.deadlines.readings import reading
from core.insert import new
from core.models import Deadline, DeadlineInterval
from events.actions.report import Reported
from events.queries.allowed import moves_of_event
from events.queries.detail import event_facts
from events.queries.history import history_entry
from events.queries.one_thing import progress_of
from events.queries.rows import attachment_shape, event_row


def reported_detail(reported: Reported, actor: Actor, *, english: bool = False) -> dict[str, Any]:
    """The same as `event_detail` of the new event, with its similar neighbours."""
    event, at = reported.event, now()
    return {
        **event_row(event, at),
        **event_facts(event, english=english),
        "reporter": {"id": event.reporter_id, "name": actor.name} if event.reporter_id is not None else None,
        "main_event": None,
        "followers": [],
        "alerts": [],
        "attachments": [attachment_shape(row, actor.name) for row in reported.attachments],
        "work_orders": [],
        "progress": progress_of(event, (), at),
        "tasks": [],
        "deadlines": [reading(clock, [_running(clock)], at) for clock in reported.clocks],
        "reminders": [],
        "requests": [],
        "history": [history_entry(reported.history)],
        "allowed_moves": moves_of_event(event, [], (), actor, english=english),
        "evaluation": None,
        "similar": reported.similar,
    }


def _running(clock: Deadline) -> DeadlineInterval:
    return new(DeadlineInterval, deadline=clock, kind=DeadlineInterval.Kind.RUN, started_at=clock.started_at)
