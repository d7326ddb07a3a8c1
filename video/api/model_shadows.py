"""Models on trial over HTTP: begun on a camera, compared, ended."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.problems import language_of
from core.api.requests import actor_of
from video.actions.model_shadows import start_model_shadow, stop_model_shadow
from video.api.cameras import body_of
from video.model_shadow_shapes import ModelShadowList, ModelShadowReport, ModelShadowRow
from video.queries.cameras import visible_camera
from video.queries.model_shadows import (
    model_shadow_list,
    model_shadow_report,
    model_shadow_row,
    visible_model_shadow,
)


class NewModelShadowSerializer(serializers.Serializer[None]):
    """One picture in `every` is looked at by the model on trial as well."""

    camera = serializers.IntegerField()
    model = serializers.CharField(max_length=60)
    every = serializers.IntegerField(min_value=1, max_value=100, required=False, default=5)


class ModelShadowListView(APIView):
    """Models on trial."""

    @extend_schema(operation_id="model_shadows_list", responses=ModelShadowList)
    def get(self, request: Request) -> Response:
        return Response(model_shadow_list(actor_of(request)).model_dump(mode="json"))

    @extend_schema(
        operation_id="model_shadows_start", request=NewModelShadowSerializer, responses={201: ModelShadowRow}
    )
    @idempotent
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        body = body_of(NewModelShadowSerializer, request)
        camera = visible_camera(actor, body["camera"])
        shadow = start_model_shadow(camera_id=camera.pk, model=body["model"], every=body["every"], actor=actor)
        return Response(model_shadow_row(shadow).model_dump(mode="json"), status=status.HTTP_201_CREATED)


class ModelShadowView(APIView):
    """How a model on trial compares with the one in use."""

    @extend_schema(operation_id="model_shadows_report", responses=ModelShadowReport)
    def get(self, request: Request, shadow_id: int) -> Response:
        shadow = visible_model_shadow(shadow_id, actor_of(request))
        report = model_shadow_report(shadow, language_of(request._request))
        return Response(report.model_dump(mode="json"))


class ModelShadowStopView(APIView):
    """The trial is over; its report stays."""

    @extend_schema(operation_id="model_shadows_stop", request=None, responses=ModelShadowRow)
    @idempotent
    def post(self, request: Request, shadow_id: int) -> Response:
        actor = actor_of(request)
        shadow = visible_model_shadow(shadow_id, actor)
        stopped = stop_model_shadow(shadow_id=shadow.pk, actor=actor)
        return Response(model_shadow_row(stopped).model_dump(mode="json"))
