"""Requests as the desks show them: lists, details, and their buttons."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.audience import keys_of
from core.actor import Actor
from core.clock import now
from core.errors import DomainError, MoveNotAllowed, NotFound
from events.errors import AskerMayNotDecide
from events.lifecycle import EVENT, REQUEST
from events.live import request_audience
from events.models import Event, Request, WorkOrder
from events.models.request import RequestQuerySet
from events.moves import RequestMove
from events.policies import roles_over_event
from events.queries.asking import refusal_to_extend, refusal_to_extend_leg, refusal_to_suspend
from events.queries.rows import request_row
from events.request_policies import has_part_in, roles_over_request
from events.rules.requests import EXTENSION, LADDERS, LEG_EXTENSION, SUSPENSION

WITH_PEOPLE = ("unit", "asked_by", "endorsed_by", "decided_by")
NEWEST = ("-asked_at", "-id")


def requests_of(event_id: int) -> list[Request]:
    """Every request about the event, oldest first: one statement."""
    return list(Request.objects.filter(event_id=event_id).select_related(*WITH_PEOPLE).order_by("id"))


def request_list(actor: Actor, *, state: str = "", kind: str = "", mine: bool = False) -> RequestQuerySet:
    """Visible requests with everything a row shows joined. `state`: one or more, separated by commas."""
    requests = Request.objects.visible_to(actor).select_related("event", *WITH_PEOPLE)
    if state:
        requests = requests.filter(state__in=state.split(","))
    if kind:
        requests = requests.filter(kind=kind)
    return requests.filter(asked_by_id=actor.user_id) if mine else requests


def rows_of(requests: Collection[Request]) -> list[dict[str, Any]]:
    return [request_row(request, request.event) for request in requests]


def request_detail(request_id: int, actor: Actor, *, english: bool = False) -> dict[str, Any]:
    """One request with its buttons; hidden ones are not found."""
    return _full(request_list(actor), request_id, actor, english)


def request_after_move(request_id: int, actor: Actor, *, english: bool = False) -> dict[str, Any]:
    """The request as the one who just moved it leaves it, even where that ended the actor's own sight of it."""
    return _full(Request.objects.select_related("event", *WITH_PEOPLE), request_id, actor, english)


def _full(requests: RequestQuerySet, request_id: int, actor: Actor, english: bool) -> dict[str, Any]:
    request = requests.filter(pk=request_id).first()
    if request is None:
        raise NotFound()
    orders = list(WorkOrder.objects.filter(event_id=request.event_id))
    others = requests_of(request.event_id) if request.order_id is not None else [request]
    held = Held(request.event, orders, others, roles_over_event(actor, request.event, orders), actor)
    return request_shape(request, held, now(), english=english)


@dataclass(frozen=True)
class Held:
    """What an actor stands before: the event with its legs and everything asked about it, and the actor's `roles`
    over it.
    """

    event: Event
    orders: Collection[WorkOrder]
    requests: Collection[Request]
    roles: frozenset[str]
    actor: Actor


def shapes_of(held: Held, at: datetime, *, english: bool) -> list[dict[str, Any]]:
    """Those of the event's requests that the actor may see, by the rule of `live.request_audience`."""
    actor, keys = held.actor, keys_of(held.actor)
    seen = [r for r in held.requests if actor.is_system or not request_audience(r, held.event).isdisjoint(keys)]
    return [request_shape(request, held, at, english=english) for request in seen]


def request_shape(request: Request, held: Held, at: datetime, *, english: bool) -> dict[str, Any]:
    """The row with its buttons."""
    return {**request_row(request, held.event), "allowed_moves": moves_of_request(request, held, at, english=english)}


def moves_of_request(request: Request, held: Held, at: datetime, *, english: bool = False) -> list[dict[str, Any]]:
    """The steps that the actor's roles allow, those that would be refused marked with the code of the refusal."""
    roles = roles_over_request(held.actor, request, held.roles)
    rows = [row for row in REQUEST.rows_from(request.state) if not row.roles.isdisjoint(roles)]
    return [
        {
            "move": row.move,
            "label": row.en if english else row.zh,
            "needs": list(row.needs),
            "available": (refusal := _refusal(row.move, request, held, at)) is None,
            "refusal_code": refusal,
        }
        for row in rows
    ]


def _refusal(move: str, request: Request, held: Held, at: datetime) -> str | None:
    if move == RequestMove.WITHDRAW:
        return None
    if has_part_in(request, held.actor):
        return AskerMayNotDecide.code
    if move != RequestMove.GRANT:
        return None
    becomes = LADDERS[request.kind].becomes
    if not any(row.move == becomes for row in EVENT.rows_from(held.event.state)):
        return MoveNotAllowed.code
    refusal = _refusal_to_grant(request, held, at)
    return refusal.code if refusal is not None else None


def _refusal_to_grant(request: Request, held: Held, at: datetime) -> DomainError | None:
    if request.kind == EXTENSION:
        return refusal_to_extend(held.event, at)
    if request.kind == LEG_EXTENSION:
        leg = next((order for order in held.orders if order.pk == request.order_id), None)
        return refusal_to_extend_leg(leg, held.requests, at)
    if request.kind == SUSPENSION and request.until is not None:
        return refusal_to_suspend(held.event, request.until, at)
    return None
