"""Scenes over HTTP: whoever controls a wall reads them, the administrator sets them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.site_policies import may_set, setter_role
from core.api.idempotency import idempotent
from core.api.requests import actor_of
from core.errors import NotFound
from wall.actions.scenes import remove_scene, set_scene, shown_faults
from wall.policies import require_viewer
from wall.queries.scenes import scene_book, scene_versions
from wall.rules.layout import layout_faults
from wall.shapes import SceneBook, SceneCheck, SceneFault, SceneVersions

LARGEST = 2**31 - 1
LARGEST_CELL = 1000


class CellInput(serializers.Serializer[Any]):
    """What lies outside the grid is said by the rule, at its panel."""

    panel = serializers.CharField(max_length=40)
    x = serializers.IntegerField(min_value=-LARGEST_CELL, max_value=LARGEST_CELL)
    y = serializers.IntegerField(min_value=-LARGEST_CELL, max_value=LARGEST_CELL)
    w = serializers.IntegerField(min_value=-LARGEST_CELL, max_value=LARGEST_CELL)
    h = serializers.IntegerField(min_value=-LARGEST_CELL, max_value=LARGEST_CELL)


class LayoutInput(serializers.Serializer[Any]):
    wide = serializers.ListField(child=CellInput(), max_length=40)
    ultra = serializers.ListField(child=CellInput(), max_length=40)


class SceneInput(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=0, max_value=LARGEST, help_text="0: a scene that is not there yet")
    name = serializers.CharField(max_length=20)
    name_en = serializers.CharField(max_length=40)
    key = serializers.IntegerField(min_value=1, max_value=9, allow_null=True)
    watermark = serializers.BooleanField()
    layout = LayoutInput()


class SceneCheckInput(serializers.Serializer[Any]):
    layout = LayoutInput()


class SceneVersionQuery(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=LARGEST)


def plain_layout(given: Any) -> dict[str, Any]:
    return {shape: [dict(cell) for cell in given[shape]] for shape in ("wide", "ultra")}


class SceneListView(APIView):
    """Every scene, and the panels scenes are made of."""

    @extend_schema(operation_id="scenes_list", responses=SceneBook)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        require_viewer(actor)
        return Response(scene_book(may_edit=may_set(actor)).model_dump(mode="json"))


class SceneCheckView(APIView):
    """What a draft of a layout would be refused for; nothing is kept."""

    @extend_schema(operation_id="scenes_check", request=SceneCheckInput, responses=SceneCheck)
    def post(self, request: Request) -> Response:
        setter_role(actor_of(request))
        given = SceneCheckInput(data=request.data)
        given.is_valid(raise_exception=True)
        faults = shown_faults(layout_faults(plain_layout(given.validated_data["layout"])))
        return Response(SceneCheck(faults=[SceneFault(**one) for one in faults]).model_dump(mode="json"))


class SceneView(APIView):
    """A scene changed, another one written, or one taken away."""

    @extend_schema(operation_id="scenes_set", request=SceneInput, responses=SceneBook)
    @idempotent
    def put(self, request: Request, code: str) -> Response:
        actor, given = actor_of(request), SceneInput(data=request.data)
        setter_role(actor)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        values["layout"] = plain_layout(values["layout"])
        if len(code) > 32:
            raise NotFound()
        set_scene(code=code, actor=actor, version=values.pop("version"), values=values)
        return Response(scene_book(may_edit=True).model_dump(mode="json"))

    @extend_schema(operation_id="scenes_remove", parameters=[SceneVersionQuery], responses={204: None})
    def delete(self, request: Request, code: str) -> Response:
        actor = actor_of(request)
        setter_role(actor)
        query = SceneVersionQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        remove_scene(code=code, actor=actor, version=query.validated_data["version"])
        return Response(status=status.HTTP_204_NO_CONTENT)


class SceneVersionsView(APIView):
    """What a scene held in each version."""

    @extend_schema(operation_id="scenes_versions", responses=SceneVersions)
    def get(self, request: Request, code: str) -> Response:
        require_viewer(actor_of(request))
        return Response(scene_versions(code).model_dump(mode="json"))
