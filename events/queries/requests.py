"""Requests as the desks show them: lists, details, and their buttons."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from accounts.audience import keys_of
from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from events.errors import AskerMayNotDecide
from events.lifecycle import REQUEST
from events.live import request_audience
from events.models import Event, Request, WorkOrder
from events.models.request import RequestQuerySet
from events.moves import RequestMove
from events.policies import roles_over_event
from events.queries.asking import refusal_to_extend, refusal_to_suspend
from events.queries.rows import request_row
from events.request_policies import has_part_in, roles_over_request
from events.rules.requests import EXTENSION, SUSPENSION

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
    orders = WorkOrder.objects.filter(event_id=request.event_id)
    roles = roles_over_event(actor, request.event, list(orders))
    return request_shape(request, request.event, roles, actor, now(), english=english)


def shapes_of(
    event: Event, requests: Collection[Request], roles: frozenset[str], actor: Actor, at: datetime, *, english: bool
) -> list[dict[str, Any]]:
    """Those of the event's requests that the actor may see, by the rule of `live.request_audience`."""
    keys = keys_of(actor)
    seen = [r for r in requests if actor.is_system or not request_audience(r, event).isdisjoint(keys)]
    return [request_shape(request, event, roles, actor, at, english=english) for request in seen]


def request_shape(
    request: Request, event: Event, roles: frozenset[str], actor: Actor, at: datetime, *, english: bool
) -> dict[str, Any]:
    """`roles` are those of the actor over the event."""
    return {
        **request_row(request, event),
        "allowed_moves": moves_of_request(request, event, roles, actor, at, english=english),
    }


def moves_of_request(
    request: Request, event: Event, roles: frozenset[str], actor: Actor, at: datetime, *, english: bool = False
) -> list[dict[str, Any]]:
    """The steps that the actor's roles allow, those that would be refused marked with the code of the refusal."""
    held = roles_over_request(actor, request, roles)
    rows = [row for row in REQUEST.rows_from(request.state) if not row.roles.isdisjoint(held)]
    return [
        {
            "move": row.move,
            "label": row.en if english else row.zh,
            "needs": list(row.needs),
            "available": (refusal := _refusal(row.move, request, event, actor, at)) is None,
            "refusal_code": refusal,
        }
        for row in rows
    ]


def _refusal(move: str, request: Request, event: Event, actor: Actor, at: datetime) -> str | None:
    if move == RequestMove.WITHDRAW:
        return None
    if has_part_in(request, actor):
        return AskerMayNotDecide.code
    refusal = None
    if move == RequestMove.GRANT and request.kind == EXTENSION:
        refusal = refusal_to_extend(event, at)
    if move == RequestMove.GRANT and request.kind == SUSPENSION and request.until is not None:
        refusal = refusal_to_suspend(event, request.until, at)
    return refusal.code if refusal is not None else None
