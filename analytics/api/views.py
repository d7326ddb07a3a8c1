"""The wall's snapshot over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analytics.queries.snapshot import wall_snapshot
from analytics.shapes import WallSnapshot
from core.api.requests import actor_of


class WallQuerySerializer(serializers.Serializer[Any]):
    area = serializers.CharField(required=False, max_length=120, help_text="path of an area inside one's own")


class WallSnapshotView(APIView):
    """Everything the wall shows at first; live updates keep it current from `as_of` on."""

    @extend_schema(operation_id="wall_snapshot", parameters=[WallQuerySerializer], responses=WallSnapshot)
    def get(self, request: Request) -> Response:
        query = WallQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        snapshot = wall_snapshot(actor_of(request), query.validated_data.get("area"))
        return Response(snapshot.model_dump(mode="json"))
