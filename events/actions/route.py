"""Where a filed event goes: the decision that is kept on it, and the dispatch that a rule may make by itself."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from core.actor import SYSTEM
from core.clock import now
from core.errors import DomainError
from events.actions.dispatch import dispatch_event
from events.actions.moving import Moving
from events.models import Event, RoutingRule
from events.queries.routing import facts_of, kept_decision, route
from events.rules.routing import Decision, Skipped

FILED = "filed"
NOTED_EVERY = timedelta(minutes=1)
CO_HANDLERS_ARE_MANDATORY = False
"""A rule asks others to help; whether their leg holds the finish is for the dispatcher to say."""


def route_filed(moving: Moving) -> Decision:
    """Decide anew: type and level are settled now. The event keeps what was decided and why."""
    event = moving.event
    decision = route(facts_of(event, event.type))
    event.routing = kept_decision(decision, move=moving.move, at=moving.at)
    if decision.skipped:
        transaction.on_commit(partial(note_problems, decision.skipped, moving.at))
    return decision


def dispatch_by_rule(event: Event, decision: Decision) -> Event:
    """A rule that the duty chief has switched on as automatic dispatches by itself, in the same transaction.

    What the dispatch refuses (a unit closed a moment ago) leaves the event filed, for a dispatcher.
    """
    if not decision.automatic or decision.lead is None or event.state != FILED:
        return event
    helpers = [{"unit_id": unit.id, "mandatory": CO_HANDLERS_ARE_MANDATORY} for unit in decision.co_units]
    note = f"按分派规则“{decision.lead_by.name}”自动派遣"
    try:
        with transaction.atomic():
            return dispatch_event(
                event_id=event.pk, actor=SYSTEM, unit_id=decision.lead.id, co_units=helpers, note=note
            )
    except DomainError as refused:
        problem = Skipped(decision.lead_by.id or 0, decision.lead_by.name, refused.detail("zh"))
        transaction.on_commit(partial(note_problems, [problem], now()))
        return Event.objects.select_related("type", "lead_unit", "owner_unit", "condition").get(pk=event.pk)


def note_problems(skipped: Collection[Skipped], at: datetime) -> None:
    """Shown on the rules; at most once a minute, so that a rule that fails on every event holds up none of them."""
    for one in skipped:
        rules = RoutingRule.objects.filter(pk=one.rule_id)
        due = Q(problem_at__isnull=True) | Q(problem_at__lt=at - NOTED_EVERY)
        rules.filter(due).update(problem=one.problem[:200], problem_at=at)
