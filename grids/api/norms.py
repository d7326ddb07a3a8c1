"""What governance grids are measured by, over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.queries.site_settings import setting_history
from accounts.setting_shapes import SettingHistory
from accounts.site_policies import may_set, require_reader, setter_role
from core.api.idempotency import idempotent
from core.api.requests import actor_of
from grids.actions.norms import GRID_NORMS_KIND, set_grid_norms
from grids.norm_shapes import GridNormsShape, GridNormsTrial
from grids.queries.norms import grids_over, norms_shape

LARGEST = 2**31 - 1


class GridNormsInput(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=0, max_value=LARGEST, help_text="0: nobody has set it yet")
    households_per_worker = serializers.IntegerField(min_value=-LARGEST, max_value=LARGEST)


class GridNormsQuery(serializers.Serializer[Any]):
    households_per_worker = serializers.IntegerField(min_value=1, max_value=LARGEST)


class GridNormsView(APIView):
    @extend_schema(operation_id="grid_norms_get", responses=GridNormsShape)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        require_reader(actor)
        return Response(norms_shape(may_edit=may_set(actor)))

    @extend_schema(operation_id="grid_norms_set", request=GridNormsInput, responses=GridNormsShape)
    @idempotent
    def put(self, request: Request) -> Response:
        actor, given = actor_of(request), GridNormsInput(data=request.data)
        given.is_valid(raise_exception=True)
        set_grid_norms(actor=actor, **given.validated_data)
        return Response(norms_shape(may_edit=may_set(actor)))


class GridNormsTrialView(APIView):
    """How many of the grids in force would be too large."""

    @extend_schema(operation_id="grid_norms_trial", parameters=[GridNormsQuery], responses=GridNormsTrial)
    def get(self, request: Request) -> Response:
        setter_role(actor_of(request))
        query = GridNormsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        return Response(grids_over(query.validated_data["households_per_worker"]))


class GridNormsHistoryView(APIView):
    """Who set what, newest first."""

    @extend_schema(operation_id="grid_norms_history", responses=SettingHistory)
    def get(self, request: Request) -> Response:
        require_reader(actor_of(request))
        return Response(setting_history(GRID_NORMS_KIND))
