"""呼叫: a desk telephones a responder about an event; that it was done, and how it went, stays on record."""

from dataclasses import dataclass

from django.db import transaction

from core.actor import Actor
from core.errors import NotFound
from dispatch.errors import NoTelephone
from dispatch.queries.telephones import responder_to_call, telephone_of
from events.actions.loading import task_holders
from events.actions.moving import begin
from events.lifecycle import EVENT
from events.models import Event
from events.moves import Move
from events.policies import roles_over_event
from notify.actions.connect import Connecting, connect_call


@dataclass(frozen=True)
class Called:
    """The whole number of who is called, and whether the exchange rings it or the caller dials."""

    name: str
    number: str
    outcome: Connecting


@transaction.atomic
def call_responder(
    *, event_id: int, actor: Actor, responder_id: int, outcome: str, version: int | None = None, note: str = ""
) -> Event:
    """The call as a line of the event: whom, by whom, when, and how it went. Nobody's click becomes stale by it."""
    moving = begin(event_id, Move.CALL_RESPONDER, actor, version)
    responder = responder_to_call(responder_id, actor)
    moving.apply(target=moving.event.state)
    return moving.finish(
        facts={"responder": responder.pk, "call": outcome}, personal={"called": responder.name, "note": note}
    )


def may_call(event_id: int, actor: Actor) -> Event:
    """The event, if the actor may telephone about it; nothing is locked, because the exchange is asked next."""
    event = Event.objects.visible_to(actor).filter(pk=event_id).first()
    if event is None:
        raise NotFound()
    roles = roles_over_event(actor, event, event.work_orders.all(), task_holders(event_id))
    EVENT.require(Move.CALL_RESPONDER, event, actor=actor, roles=roles)
    return event


def number_to_call(*, event_id: int, actor: Actor, responder_id: int) -> Called:
    """The responder's whole number, told to who calls about an event, and the exchange asked to connect them.

    NoTelephone where none is known. The caller writes the line with `call_responder` through the one door.
    """
    event = may_call(event_id, actor)
    responder = responder_to_call(responder_id, actor)
    number = telephone_of(responder)
    if not number:
        raise NoTelephone(name=responder.name)
    return Called(responder.name, number, connect_call(number=number, actor=actor, subject=event.number))
