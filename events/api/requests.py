"""Requests over HTTP: what waits for a decision, and deciding it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from events.actions.request_moves import perform_on_request
from events.api.answers import inputs, snapshot, speaks_english
from events.api.request_inputs import (
    RequestEndorseInput,
    RequestGrantInput,
    RequestListQuery,
    RequestRefuseInput,
    RequestWithdrawInput,
)
from events.moves import RequestMove
from events.queries.requests import NEWEST, request_after_move, request_detail, request_list, rows_of
from events.shapes import RequestDetail, RequestPage

STEPS: dict[str, type[Serializer[Any]]] = {
    RequestMove.ENDORSE: RequestEndorseInput,
    RequestMove.GRANT: RequestGrantInput,
    RequestMove.REFUSE: RequestRefuseInput,
    RequestMove.WITHDRAW: RequestWithdrawInput,
}


class RequestListView(APIView):
    """Requests about events, newest first."""

    @extend_schema(operation_id="requests_list", parameters=[PageQuery, RequestListQuery], responses=RequestPage)
    def get(self, request: Request) -> Response:
        def read() -> dict[str, Any]:
            filters = inputs(RequestListQuery, request.query_params)
            page = page_of(request_list(actor_of(request), **filters), request, order=NEWEST, shape=rows_of)
            return {"items": page.items, "next": page.next}

        return Response(snapshot(read))


class RequestView(APIView):
    @extend_schema(operation_id="requests_get", responses=RequestDetail)
    def get(self, request: Request, request_id: int) -> Response:
        actor, english = actor_of(request), speaks_english(request)
        return Response(snapshot(lambda: request_detail(request_id, actor, english=english)))


def step_view(step: str) -> type[APIView]:
    """The view of one step of a request, with its own body in the schema; the answer is the request after it."""
    serializer = STEPS[step]

    class View(APIView):
        @extend_schema(operation_id=f"requests_move_{step}", request=serializer, responses=RequestDetail)
        @idempotent
        def post(self, request: Request, request_id: int) -> Response:
            actor, english = actor_of(request), speaks_english(request)
            perform_on_request(request_id, step, actor, **inputs(serializer, request.data))
            return Response(snapshot(lambda: request_after_move(request_id, actor, english=english)))

    View.__name__ = f"Request{step.title()}View"
    return View
