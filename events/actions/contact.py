"""接诉即办: the citizen who reported is contacted, answered and called back. Facts beside the case, which stays."""

from typing import Any

from django.db import transaction

from core.actor import Actor
from events.actions.moving import Moving, begin
from events.actions.promises import keep_promise
from events.errors import CallBackIncomplete, NobodyToContact
from events.models import Event
from events.models.event import ContactOutcome
from events.moves import Clock, Move


@transaction.atomic
def contact_reporter(*, event_id: int, actor: Actor, outcome: str, version: int | None = None, note: str = "") -> Event:
    """首次联系, and every later one. Only when somebody was reached does the clock stop."""
    moving = _begin(event_id, Move.CONTACT_REPORTER, actor, version)
    return _note(moving, Clock.FIRST_CONTACT, outcome, note)


@transaction.atomic
def answer_reporter(*, event_id: int, actor: Actor, outcome: str, note: str, version: int | None = None) -> Event:
    """答复: what is or will be done is told. An answer that reached the citizen is a contact as well."""
    moving = _begin(event_id, Move.ANSWER_REPORTER, actor, version)
    if outcome == ContactOutcome.REACHED:
        keep_promise(moving, Clock.FIRST_CONTACT)
    return _note(moving, Clock.ANSWER, outcome, note)


@transaction.atomic
def call_back(
    *,
    event_id: int,
    actor: Actor,
    outcome: str,
    version: int | None = None,
    solved: bool | None = None,
    satisfied: bool | None = None,
    note: str = "",
) -> Event:
    """回访: is it solved, are you satisfied? Both are said where somebody was reached, and neither where nobody was."""
    moving = _begin(event_id, Move.CALL_BACK, actor, version)
    reached = outcome == ContactOutcome.REACHED
    if reached != (solved is not None) or reached != (satisfied is not None):
        raise CallBackIncomplete()
    return _note(moving, Clock.CALL_BACK, outcome, note, solved=solved, satisfied=satisfied)


def _begin(event_id: int, move: str, actor: Actor, version: int | None) -> Moving:
    moving = begin(event_id, move, actor, version)
    if not moving.event.is_from_citizen:
        raise NobodyToContact()
    moving.apply(target=moving.event.state)
    return moving


def _note(moving: Moving, clock: str, outcome: str, note: str, **said: Any) -> Event:
    if outcome == ContactOutcome.REACHED:
        keep_promise(moving, clock)
    return moving.finish(facts={"outcome": outcome, **said}, personal={"note": note})
