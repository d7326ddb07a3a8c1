"""Asking for what somebody else decides: the event stays as it is until the request is granted."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from accounts.roles import Role
from accounts.scope import unit_ids
from core.actor import Actor
from events.actions.attachments import attach
from events.actions.legs import own_leg, told_of
from events.actions.moving import Moving, begin
from events.lifecycle import NEW, OWNER_OF_LEG, REQUEST
from events.live import publish_request
from events.models import Attachment, Event, Request, WorkOrder
from events.moves import Move, RequestMove
from events.queries.asking import refusal_to_ask, refusal_to_suspend
from events.queries.requests import requests_of
from events.rules.requests import KIND_OF, LADDERS
from events.signals import request_moved


@transaction.atomic
def ask_extension(*, event_id: int, actor: Actor, reason: str, version: int | None = None) -> Event:
    """申请延期: the lead department needs its handling time once more. Not once that has run out."""
    return _ask(begin(event_id, Move.ASK_EXTENSION, actor, version), reason)


@transaction.atomic
def ask_leg_extension(
    *, event_id: int, actor: Actor, reason: str, order_id: int | None = None, version: int | None = None
) -> Event:
    """协办申请延期: a helping department needs the time of its own leg once more. The event's time stays as it is."""
    moving = begin(event_id, Move.ASK_LEG_EXTENSION, actor, version)
    return _ask(moving, reason, leg=own_leg(moving, order_id, co_only=True))


@transaction.atomic
def ask_suspension(*, event_id: int, actor: Actor, reason: str, until: date, version: int | None = None) -> Event:
    """申请挂账: nothing can be done before `until`, when handling goes on by itself."""
    moving = begin(event_id, Move.ASK_SUSPENSION, actor, version)
    refusal = refusal_to_suspend(moving.event, until, moving.at)
    if refusal is not None:
        raise refusal
    return _ask(moving, reason, until=until)


@transaction.atomic
def ask_cancel(*, event_id: int, actor: Actor, reason: str, version: int | None = None) -> Event:
    """申请作废: the dispatcher finds that there is no case; the duty chief decides."""
    return _ask(begin(event_id, Move.ASK_CANCEL, actor, version), reason)


@transaction.atomic
def ask_force_close(*, event_id: int, actor: Actor, reason: str, version: int | None = None) -> Event:
    """申请强制结案: the duty chief sees no way to settle it; the leader decides."""
    return _ask(begin(event_id, Move.ASK_FORCE_CLOSE, actor, version), reason)


@transaction.atomic
def appeal(
    *, event_id: int, actor: Actor, reason: str, attachment_ids: Collection[int] = (), version: int | None = None
) -> Event:
    """申诉: the lead department holds that the event should not count against it; the assessor decides, once for
    each run: after a reopening the department is judged anew, and may appeal anew.
    """
    moving = begin(event_id, Move.APPEAL, actor, version)
    photos = attach(attachment_ids, event=moving.event, purpose=Attachment.Purpose.BASIS, actor=actor)
    return _ask(moving, reason, attachment_ids=[photo.pk for photo in photos])


def _ask(
    moving: Moving,
    reason: str,
    *,
    until: date | None = None,
    attachment_ids: Collection[int] = (),
    leg: WorkOrder | None = None,
) -> Event:
    event, actor, kind = moving.event, moving.actor, KIND_OF[moving.move]
    refusal = refusal_to_ask(kind, event, requests_of(event.pk), moving.at, leg)
    if refusal is not None:
        raise refusal
    asking = leg or (moving.lead if OWNER_OF_LEG in moving.roles else None)
    unit = asking.unit if asking is not None else None
    if actor.user_id is None:
        raise ValueError(f"{moving.move}: only a person asks")
    request = Request(
        event=event,
        kind=kind,
        state=NEW,
        version=0,
        unit=unit if LADDERS[kind].endorsed_first or kind == Request.Kind.APPEAL else None,
        run=event.run,
        order=leg,
        reason=reason,
        until=until,
        asked_by_id=actor.user_id,
        asked_at=moving.at,
    )
    by_the_desk = unit is not None and unit.pk in unit_ids(actor, [Role.DEPARTMENT_DESK])
    waits_for_the_desk = LADDERS[kind].endorsed_first and not by_the_desk
    target = "requested" if waits_for_the_desk else "endorsed"
    REQUEST.apply(RequestMove.ASK, request, actor=actor, roles=moving.roles, target=target)
    if LADDERS[kind].endorsed_first and by_the_desk:
        request.endorsed_by_id, request.endorsed_at = actor.user_id, moving.at
    moving.apply(target=event.state)
    request.save(force_insert=True)
    facts = {
        "request": request.pk,
        "kind": kind,
        "run": event.run,
        "until": until.isoformat() if until else None,
        "attachment_ids": list(attachment_ids),
        **(told_of(leg) if leg is not None else {}),
    }
    changed = moving.finish(facts=facts, personal={"reason": reason})
    publish_request(request, event, RequestMove.ASK, before=frozenset())
    request_moved.send(sender=Request, request=request, event=event, move=RequestMove.ASK)
    return changed
