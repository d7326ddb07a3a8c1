"""Telephoning a responder about an event."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.requests import actor_of
from events.actions.calling import number_to_call
from events.actions.perform import perform
from events.api.answers import inputs
from events.api.event_inputs import CallInput
from events.moves import Move
from events.shapes import CallMade


class CallView(APIView):
    """The whole number, for who may call about this event; the exchange rings where there is one, and the event has a
    line of it. 422 `no_telephone` where none is known.
    """

    @extend_schema(operation_id="events_call", request=CallInput, responses={201: CallMade})
    @idempotent
    def post(self, request: Request, event_id: int) -> Response:
        actor, asked = actor_of(request), inputs(CallInput, request.data)
        called = number_to_call(event_id=event_id, actor=actor, **asked)
        perform(event_id, Move.CALL_RESPONDER, actor, None, outcome=called.outcome, **asked)
        made = CallMade(name=called.name, number=called.number, outcome=called.outcome)
        return Response(made.model_dump(), status=status.HTTP_201_CREATED)
