"""Who has an event open: said while a page shows it, and forgotten when it does not."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.requests import actor_of
from events.actions.presence import leave, look_at
from events.api.answers import inputs
from events.api.event_inputs import PresenceInput
from events.shapes import Presence


class PresenceView(APIView):
    """Said every few seconds by a page that shows the event; nothing of it is kept. It is no input of a person: pages
    send `X-User-Input: 0`, so that a forgotten screen still ends its session.
    """

    @extend_schema(operation_id="events_look", request=PresenceInput, responses=Presence)
    def post(self, request: Request, event_id: int) -> Response:
        asked = inputs(PresenceInput, request.data)
        return Response(look_at(event_id, actor_of(request), tab=asked["tab"]).model_dump(mode="json"))

    @extend_schema(operation_id="events_look_away", parameters=[PresenceInput], request=None, responses={204: None})
    def delete(self, request: Request, event_id: int) -> Response:
        leave(event_id, actor_of(request), tab=inputs(PresenceInput, request.query_params)["tab"])
        return Response(status=status.HTTP_204_NO_CONTENT)
