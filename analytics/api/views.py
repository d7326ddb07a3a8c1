"""The wall's snapshot over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.audience import is_device
from analytics.queries.snapshot import wall_snapshot
from analytics.shapes import WallSnapshot
from core.api.requests import actor_of
from core.masking import without_numbers
from events.rules.in_public import alert_in_public


class WallQuerySerializer(serializers.Serializer[Any]):
    area = serializers.CharField(required=False, max_length=120, help_text="path of an area inside one's own")


class WallSnapshotView(APIView):
    """Everything the wall shows at first; live updates keep it current from `as_of` on. A screen in public view gets
    no names.
    """

    @extend_schema(operation_id="wall_snapshot", parameters=[WallQuerySerializer], responses=WallSnapshot)
    def get(self, request: Request) -> Response:
        query = WallQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        actor = actor_of(request)
        answer = wall_snapshot(actor, query.validated_data.get("area")).model_dump(mode="json")
        if is_device(actor):
            answer["alerts"]["items"] = [alert_in_public(row) for row in answer["alerts"]["items"]]
            answer["events"] = [{**row, "title": without_numbers(row["title"])} for row in answer["events"]]
        return Response(answer)
