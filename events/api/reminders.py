"""催督办 over HTTP: what waits for a reply. Sending and replying are moves of the event."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from events.api.answers import inputs, snapshot
from events.api.list_queries import ReminderListQuery
from events.queries.reminders import BY_REPLY_DUE, reminder_list, rows_of
from events.shapes import ReminderPage


class ReminderListView(APIView):
    """Reminders the person may see, the most pressing first."""

    @extend_schema(operation_id="reminders_list", parameters=[PageQuery, ReminderListQuery], responses=ReminderPage)
    def get(self, request: Request) -> Response:
        def read() -> dict[str, Any]:
            filters = inputs(ReminderListQuery, request.query_params)
            page = page_of(reminder_list(actor_of(request), **filters), request, order=BY_REPLY_DUE, shape=rows_of)
            return {"items": page.items, "next": page.next}

        return Response(snapshot(read))
