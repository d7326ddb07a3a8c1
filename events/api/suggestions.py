"""What helps whoever reports: the type that the words speak of, and what is reported already nearby."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.requests import actor_of
from events.api.answers import inputs
from events.api.routing_inputs import SimilarQuery, SuggestQuery
from events.queries.catalogue import type_of
from events.queries.similar import similar_near
from events.queries.suggestions import suggest
from events.routing_shapes import TypeSuggestions
from events.shapes import SimilarEventList


class TypeSuggestionView(APIView):
    """The likeliest types of these words, at most three; nothing of the words is kept."""

    @extend_schema(operation_id="event_types_suggest", parameters=[SuggestQuery], responses=TypeSuggestions)
    def get(self, request: Request) -> Response:
        return Response(suggest(**inputs(SuggestQuery, request.query_params)))


class SimilarEventsView(APIView):
    """Open events that the report about to be made may be about, as far as the asker may see them."""

    @extend_schema(operation_id="events_similar", parameters=[SimilarQuery], responses=SimilarEventList)
    def get(self, request: Request) -> Response:
        asked = inputs(SimilarQuery, request.query_params)
        type_of(asked["type_code"])
        return Response({"items": similar_near(actor_of(request), **asked)})
