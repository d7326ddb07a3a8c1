"""The acceptor's desk: filing, rejecting, closing."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from core.actor import Actor
from core.rows import Rows
from events.actions import clocks
from events.actions.endings import call_off
from events.actions.evaluate import evaluate_event
from events.actions.moving import begin
from events.actions.route import dispatch_by_rule, route_filed
from events.actions.texts import find_by_new_words
from events.errors import PictureNeededToFile, UnknownCondition
from events.models import Condition, Event
from events.models.event import Ending
from events.moves import Clock, Move
from events.queries.catalogue import limit_of, scenario_of, type_of
from events.queries.photos import shows_before
from events.rules.routing import Decision

_CONDITION = Rows(Condition, "WHERE own.id = $1", count=1, joined=("type",))


@transaction.atomic
def file_event(
    *,
    event_id: int,
    actor: Actor,
    condition_id: int,
    version: int | None = None,
    type_code: str | None = None,
    level: int | None = None,
    note: str = "",
    no_photo_reason: str = "",
    figures: Mapping[str, Any] | None = None,
    may_dispatch: Callable[[Decision], bool] | None = None,
) -> Event:
    """立案: the case is opened under one condition, which fixes its limits. The dispatch clock starts.

    A type that needs a picture of how it was found is filed with one. Where there is none, a verification brings it, or
    the acceptor says why not (`no_photo_reason`): who calls a hotline sends no picture. Raises PictureNeededToFile.

    Where it goes is decided anew, now that its type is settled; an automatic rule dispatches it at once. `figures` is
    what the platform stands on where it files by itself (`actions/settle.py`), and `may_dispatch` then says whether a
    rule may dispatch what nobody has looked at.
    """
    moving = begin(event_id, Move.FILE, actor, version)
    event = moving.event
    if type_code and type_code != event.type_code:
        event.type = type_of(type_code)
        event.type_code, event.check_mode = event.type.code, event.type.check_mode
        event.scenario = scenario_of(event.type)
        find_by_new_words(event)
    without = event.type.needs_before_photo and not shows_before(event)
    if without and not no_photo_reason.strip():
        raise PictureNeededToFile(type_name=event.type.name)
    event.condition = condition = _condition(event, condition_id)
    event.level = level or event.level
    event.was_filed = True
    moving.apply()
    clocks.stop(moving, [Clock.ACCEPT])
    clocks.start(moving, (Clock.DISPATCH, limit_of(Clock.DISPATCH)))
    decision = route_filed(moving)
    facts: dict[str, Any] = {"condition": condition.code, "type": event.type_code, "level": event.level}
    facts |= {"without_photo": without or None}
    facts |= {"routing": decision.in_short, "automatic": dict(figures or {}) or None}
    filed = moving.finish(facts=facts, personal={"note": note, "reason": no_photo_reason if without else ""})
    return filed if may_dispatch is not None and not may_dispatch(decision) else dispatch_by_rule(filed, decision)


def _condition(event: Event, condition_id: int) -> Condition:
    """The chosen condition in the version of the type that the event was born with.

    Desks choose from the version in force, which may have changed since the report; the code tells which is meant.
    """
    chosen = _CONDITION.first(condition_id)
    if chosen is None or chosen.type.code != event.type_code:
        raise UnknownCondition()
    if chosen.type_id == event.type_id:
        return chosen
    own = Condition.objects.filter(type_id=event.type_id, code=chosen.code).first()
    if own is None:
        raise UnknownCondition()
    return own


@transaction.atomic
def reject_event(*, event_id: int, actor: Actor, reason: str, version: int | None = None) -> Event:
    """不予受理: not for the platform to settle; only reopening leads on."""
    moving = begin(event_id, Move.REJECT, actor, version)
    moving.apply()
    clocks.stop(moving, [Clock.ACCEPT])
    call_off(moving, reason)
    return moving.finish(personal={"reason": reason})


@transaction.atomic
def close_event(*, event_id: int, actor: Actor, reply: str, version: int | None = None) -> Event:
    """结案 with a reply to the reporter. The rating window opens; where no citizen waits, it is evaluated at once."""
    moving = begin(event_id, Move.CLOSE, actor, version)
    moving.apply()
    clocks.stop(moving, [Clock.CLOSE])
    moving.event.ending = Ending.CHECKED
    call_off(moving, "案件已结案")
    if moving.event.has_citizen:
        clocks.start_rating(moving, limit_of(Clock.RATING))
    event = moving.finish(personal={"note": reply})
    return event if event.has_citizen else evaluate_event(event_id=event_id)
