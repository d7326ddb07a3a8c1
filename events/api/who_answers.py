"""Who answers for what where, over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.fields import LatitudeField, LongitudeField
from core.api.requests import actor_of
from events.api.answers import inputs
from events.queries.who_answers import who_answers
from events.shapes.answers import WhoAnswers


class WhoAnswersQuery(serializers.Serializer[Any]):
    lng = LongitudeField()
    lat = LatitudeField()
    type = serializers.CharField(max_length=48, required=False, default="", help_text="code of an event type")


class WhoAnswersView(APIView):
    """For a point: the grid's team, the unit grid and its collector, the competent department, and who would come."""

    @extend_schema(operation_id="who_answers", parameters=[WhoAnswersQuery], responses=WhoAnswers)
    def get(self, request: Request) -> Response:
        asked = inputs(WhoAnswersQuery, request.query_params)
        found = who_answers(lng=asked["lng"], lat=asked["lat"], type_code=asked["type"], actor=actor_of(request))
        return Response(found.model_dump(mode="json"))
