"""Work orders over HTTP: the department's desk."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from core.errors import MoveNotAllowed
from events.actions.delivery import see_order
from events.actions.perform import perform
from events.api.answers import inputs, snapshot, speaks_english
from events.api.list_queries import OrderListQuery
from events.api.move_inputs import FinishInput, OrderAssignInput, OrderWaiveInput, ReturnInput, SignInput
from events.models import WorkOrder
from events.moves import CO_MOVES, LEAD_MOVES, OrderMove
from events.queries.orders import (
    BY_DUE,
    order_after_move,
    order_counts,
    order_detail,
    order_list,
    order_of,
    rows_of,
)
from events.queries.own_people import own_people
from events.shapes import OrderCounts, OrderDetail, OrderPage, OwnResponderList


class OrderListView(APIView):
    """The department's legs, the most pressing first."""

    @extend_schema(operation_id="orders_list", parameters=[PageQuery, OrderListQuery], responses=OrderPage)
    def get(self, request: Request) -> Response:
        def read() -> dict[str, Any]:
            filters = inputs(OrderListQuery, request.query_params)
            page = page_of(order_list(actor_of(request), **filters), request, order=BY_DUE, shape=rows_of)
            return {"items": page.items, "next": page.next}

        return Response(snapshot(read))


class OrderCountsView(APIView):
    """How many legs lie in each box."""

    @extend_schema(operation_id="orders_counts", responses=OrderCounts)
    def get(self, request: Request) -> Response:
        return Response(order_counts(actor_of(request)))


class OrderView(APIView):
    @extend_schema(operation_id="orders_get", responses=OrderDetail)
    def get(self, request: Request, order_id: int) -> Response:
        return Response(_detail(request, order_id))


def _detail(request: Request, order_id: int, of_order: Callable[..., dict[str, Any]] = order_detail) -> dict[str, Any]:
    def read() -> dict[str, Any]:
        detail = of_order(order_id, actor_of(request), english=speaks_english(request))
        return {**detail, "event": {**detail["event"], "as_of": "", "epoch": ""}}

    whole = snapshot(read)
    place = {"as_of": whole.pop("as_of"), "epoch": whole.pop("epoch")}
    return {**whole, "event": {**whole["event"], **place}}


def _move(request: Request, order_id: int, move: str, values: dict[str, Any]) -> Response:
    """A move of a leg is a move of its event: another one for the lead's leg than for a co-handling one. The version is
    the leg's.
    """
    actor, version = actor_of(request), values.pop("version")
    order = order_of(order_id, actor)
    of_event = (LEAD_MOVES if order.role == WorkOrder.Role.LEAD else CO_MOVES).get(move)
    if of_event is None:
        raise MoveNotAllowed(move=move, state=order.state, move_name=move, state_name=order.get_state_display())
    perform(order.event_id, of_event, actor, order_version=(order_id, version), **values)
    return Response(_detail(request, order_id, order_after_move))


class SeenView(APIView):
    """The department's page shows the leg: whoever sent it sees that it was delivered. Sent as often as one likes."""

    @extend_schema(operation_id="orders_seen", request=None, responses={204: None})
    def post(self, request: Request, order_id: int) -> Response:
        see_order(order_id=order_id, actor=actor_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SignView(APIView):
    """The department takes responsibility."""

    @extend_schema(operation_id="orders_sign", request=SignInput, responses=OrderDetail)
    @idempotent
    def post(self, request: Request, order_id: int) -> Response:
        return _move(request, order_id, OrderMove.SIGN, inputs(SignInput, request.data))


class FinishView(APIView):
    """The department says what was done."""

    @extend_schema(operation_id="orders_finish", request=FinishInput, responses=OrderDetail)
    @idempotent
    def post(self, request: Request, order_id: int) -> Response:
        return _move(request, order_id, OrderMove.FINISH, inputs(FinishInput, request.data))


class ReturnView(APIView):
    """The department gives the event back; the answer is the leg as it leaves it."""

    @extend_schema(operation_id="orders_return", request=ReturnInput, responses=OrderDetail)
    @idempotent
    def post(self, request: Request, order_id: int) -> Response:
        values = inputs(ReturnInput, request.data)
        if order_of(order_id, actor_of(request)).role == WorkOrder.Role.CO:
            values = {"version": values["version"], "reason": values["reason"]}
        return _move(request, order_id, OrderMove.RETURN, values)


class AssignView(APIView):
    """The department gives its leg to one of its own responders or teams."""

    @extend_schema(operation_id="orders_assign", request=OrderAssignInput, responses=OrderDetail)
    @idempotent
    def post(self, request: Request, order_id: int) -> Response:
        return _move(request, order_id, OrderMove.ASSIGN, inputs(OrderAssignInput, request.data))


class OwnPeopleView(APIView):
    """Whom the department may give the leg to."""

    @extend_schema(operation_id="orders_responders", responses=OwnResponderList)
    def get(self, request: Request, order_id: int) -> Response:
        return Response({"items": own_people(order_id, actor_of(request))})


class WaiveView(APIView):
    """The lead or the dispatcher does without a co-handling department."""

    @extend_schema(operation_id="orders_waive", request=OrderWaiveInput, responses=OrderDetail)
    @idempotent
    def post(self, request: Request, order_id: int) -> Response:
        return _move(request, order_id, OrderMove.WAIVE, inputs(OrderWaiveInput, request.data))
