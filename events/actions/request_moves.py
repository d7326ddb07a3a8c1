"""Requests on their ladder: endorsed, granted, refused, withdrawn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.actor import Actor
from core.errors import AlreadyTaken, NotFound, StaleVersion
from core.live.publish import Audience
from events.actions.evaluate import evaluate_event
from events.actions.granted import GRANTED
from events.actions.legs import told_of
from events.actions.moving import Moving, begin, lock_event
from events.errors import AskerMayNotDecide
from events.lifecycle import REQUEST
from events.live import publish_request, request_audience
from events.models import Request
from events.moves import Move, RequestMove
from events.queries.requests import WITH_PEOPLE
from events.request_policies import has_part_in, roles_over_request
from events.rules.requests import APPEAL, FORCE_CLOSE, LADDERS
from events.signals import request_moved


@dataclass
class Deciding:
    """One step of a request in progress, beside the move of its event that it is."""

    request: Request
    moving: Moving
    before: Audience

    def apply(self, move: str) -> None:
        """The request moves by its table."""
        roles = roles_over_request(self.moving.actor, self.request, self.moving.roles)
        REQUEST.apply(move, self.request, actor=self.moving.actor, roles=roles)

    def decided(self, words: str) -> None:
        self.request.decided_by_id, self.request.decided_at = self.moving.actor.user_id, self.moving.at
        self.request.decision = words

    def finish(self, step: str, personal: dict[str, Any]) -> Request:
        """Save, note it in the history of the event, and tell the screens."""
        request, moving = self.request, self.moving
        request.save()
        facts = {"request": request.pk, "kind": request.kind, "run": request.run, "step": step}
        leg = next((order for order in moving.orders if order.pk == request.order_id), None)
        moving.finish(facts={**facts, **(told_of(leg) if leg is not None else {})}, personal=personal)
        told = Request.objects.select_related(*WITH_PEOPLE).get(pk=request.pk)
        publish_request(told, moving.event, step, before=self.before)
        request_moved.send(sender=Request, request=told, event=moving.event, move=step)
        return told


def _begin(
    request_id: int, step: str, event_move: Callable[[Request], str], actor: Actor, version: int | None
) -> Deciding:
    """The visible request, locked behind its event and fresh, on which the actor may make the step.

    The freshness comes first: the second of two is told who was faster, whatever the first has made of the event.
    """
    visible = Request.objects.visible_to(actor)
    event_id = visible.filter(pk=request_id).values_list("event_id", flat=True).first()
    if event_id is None:
        raise NotFound()
    lock_event(event_id)
    locked = Request.objects.select_for_update(of=("self",)).select_related(*WITH_PEOPLE)
    request = locked.get(pk=request_id)
    _require_fresh(request, actor, version)
    moving = begin(event_id, event_move(request), actor, None)
    REQUEST.require(step, request, actor=actor, roles=roles_over_request(actor, request, moving.roles))
    return Deciding(request, moving, request_audience(request, moving.event))


def _require_fresh(request: Request, actor: Actor, version: int | None) -> None:
    if version is None or version == request.version:
        return
    person, at = (
        (request.decided_by, request.decided_at) if request.decided_at else (request.endorsed_by, request.endorsed_at)
    )
    if person is not None and at is not None and person.pk != actor.user_id:
        raise AlreadyTaken(by=person.name, at=at.isoformat(), current_version=request.version)
    raise StaleVersion(current_version=request.version)


def _step(_: Request) -> str:
    return Move.REQUEST_STEP


def _grant(request: Request) -> str:
    return LADDERS[request.kind].becomes


def _refusal(request: Request) -> str:
    """A refused appeal is a verdict as well."""
    return Move.DECIDE if request.kind == APPEAL else Move.REQUEST_STEP


@transaction.atomic
def endorse_request(*, request_id: int, actor: Actor, version: int | None = None, note: str = "") -> Request:
    """审核同意: the desk of the asking department stands behind it; now the centre decides."""
    deciding = _begin(request_id, RequestMove.ENDORSE, _step, actor, version)
    request, moving = deciding.request, deciding.moving
    if has_part_in(request, actor):
        raise AskerMayNotDecide()
    deciding.apply(RequestMove.ENDORSE)
    request.endorsed_by_id, request.endorsed_at = actor.user_id, moving.at
    moving.apply(target=moving.event.state)
    return deciding.finish(RequestMove.ENDORSE, {"note": note})


@transaction.atomic
def grant_request(*, request_id: int, actor: Actor, version: int | None = None, note: str = "") -> Request:
    """批准: what was asked for happens now. Never by who asked or endorsed."""
    deciding = _begin(request_id, RequestMove.GRANT, _grant, actor, version)
    request, moving = deciding.request, deciding.moving
    if has_part_in(request, actor):
        raise AskerMayNotDecide()
    deciding.apply(RequestMove.GRANT)
    deciding.decided(note)
    request.save()
    GRANTED[request.kind](moving, request)
    granted = deciding.finish(RequestMove.GRANT, {"reason": request.reason, "note": note})
    if request.kind == FORCE_CLOSE and not moving.event.has_citizen:
        evaluate_event(event_id=moving.event.pk)
    return granted


@transaction.atomic
def refuse_request(*, request_id: int, actor: Actor, reason: str, version: int | None = None) -> Request:
    """不同意, with the reason; the event stays as it is, and it does not count as one that was granted."""
    deciding = _begin(request_id, RequestMove.REFUSE, _refusal, actor, version)
    if has_part_in(deciding.request, actor):
        raise AskerMayNotDecide()
    deciding.apply(RequestMove.REFUSE)
    deciding.decided(reason)
    deciding.moving.apply(target=deciding.moving.event.state)
    return deciding.finish(RequestMove.REFUSE, {"reason": reason})


@transaction.atomic
def withdraw_request(*, request_id: int, actor: Actor, version: int | None = None) -> Request:
    """撤回, by the person who asked."""
    deciding = _begin(request_id, RequestMove.WITHDRAW, _step, actor, version)
    deciding.apply(RequestMove.WITHDRAW)
    deciding.request.decided_at = deciding.moving.at
    deciding.moving.apply(target=deciding.moving.event.state)
    return deciding.finish(RequestMove.WITHDRAW, {})


REQUEST_ACTIONS: dict[str, Callable[..., Request]] = {
    RequestMove.ENDORSE: endorse_request,
    RequestMove.GRANT: grant_request,
    RequestMove.REFUSE: refuse_request,
    RequestMove.WITHDRAW: withdraw_request,
}


def perform_on_request(request_id: int, move: str, actor: Actor, version: int | None = None, **inputs: Any) -> Request:
    """Make a step of a request: the one door for the API, tasks and the simulator. Unknown steps are not found."""
    action = REQUEST_ACTIONS.get(move)
    if action is None:
        raise NotFound()
    return action(request_id=request_id, actor=actor, version=version, **inputs)
