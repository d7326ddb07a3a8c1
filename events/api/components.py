"""What happened to a component: its events, newest first, as far as the reader may see them."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from core.clock import now
from events.api.answers import snapshot
from events.models import Event
from events.queries.rows import event_row
from events.shapes import EventPage
from registry.queries.components import visible_component


class ComponentEventsView(APIView):
    @extend_schema(operation_id="components_events", parameters=[PageQuery], responses=EventPage)
    def get(self, request: Request, component_id: int) -> Response:
        actor = actor_of(request)
        component = visible_component(actor, component_id)

        def read() -> dict[str, object]:
            events = Event.objects.visible_to(actor).filter(component_id=component.pk)
            events = events.select_related("type", "lead_unit", "taken_by")
            at = now()
            page = page_of(
                events, request, order=("-reported_at", "-id"), shape=lambda rows: [event_row(row, at) for row in rows]
            )
            return {"items": page.items, "next": page.next}

        return Response(snapshot(read))
