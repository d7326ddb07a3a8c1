"""Events over HTTP: the board, reporting, the detail."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent_in_one_message
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from core.clock import now
from events.actions.caller_reports import report_of_caller
from events.actions.public_reports import Contact
from events.api.answers import inputs, snapshot, speaks_english
from events.api.event_inputs import EventReportInput
from events.api.list_queries import EventListQuery
from events.queries.board import ORDERS, event_list
from events.queries.catalogue import choices, scenarios
from events.queries.detail import event_detail
from events.queries.rows import event_row
from events.receipts import shown_receipt
from events.shapes import EventDetail, EventPage, EventTypeList, ReportedEvent, ScenarioList


class EventListView(APIView):
    """The board, and reporting."""

    @extend_schema(operation_id="events_list", parameters=[PageQuery, EventListQuery], responses=EventPage)
    def get(self, request: Request) -> Response:
        def read() -> dict[str, Any]:
            filters = inputs(EventListQuery, request.query_params)
            order = ORDERS[filters.pop("order")]
            events = event_list(actor_of(request), only_open=filters.pop("open"), **filters)
            at = now()
            page = page_of(events, request, order=order, shape=lambda rows: [event_row(row, at) for row in rows])
            return {"items": page.items, "next": page.next}

        return Response(snapshot(read))

    @extend_schema(operation_id="events_report", request=EventReportInput, responses={201: ReportedEvent})
    @idempotent_in_one_message
    def post(self, request: Request) -> Response:
        def read() -> dict[str, Any]:
            actor, told = actor_of(request), inputs(EventReportInput, request.data)
            contact = Contact(told.pop("contact_name", ""), told.pop("contact_phone", ""))
            reported, caller = report_of_caller(actor=actor, contact=contact, **told)
            receipt = shown_receipt(caller.receipt) if caller is not None else ""
            return {**event_row(reported.event, now()), "similar": reported.similar, "receipt": receipt}

        return Response(snapshot(read), status=status.HTTP_201_CREATED)


class EventView(APIView):
    @extend_schema(operation_id="events_get", responses=EventDetail)
    def get(self, request: Request, event_id: int) -> Response:
        return Response(snapshot(lambda: event_detail(event_id, actor_of(request), english=speaks_english(request))))


class EventTypeListView(APIView):
    """The catalogue: what is reported and under which conditions a case is opened."""

    @extend_schema(operation_id="event_types_list", responses=EventTypeList)
    def get(self, request: Request) -> Response:
        found = choices()
        headers = {"ETag": found.tag, "Cache-Control": "private, no-cache"}
        if request.headers.get("If-None-Match", "").removeprefix("W/") == found.tag:
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers=headers)
        return Response({"items": found.items}, headers=headers)


class ScenarioListView(APIView):
    """The procedures as they are in force."""

    @extend_schema(operation_id="scenarios_list", responses=ScenarioList)
    def get(self, request: Request) -> Response:
        return Response({"items": scenarios()})
