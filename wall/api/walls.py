"""Paired walls over HTTP: listed, paired, set, pointed somewhere, revoked."""

import re
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.fields import LARGEST_ID, FiniteField
from core.api.idempotency import idempotent
from core.api.requests import actor_of
from wall.actions.pairing import pair_wall, revoke_wall
from wall.actions.remote import COMMANDS, command_wall, set_wall
from wall.models import WallDevice
from wall.policies import require_viewer
from wall.queries.devices import visible_wall, wall_detail, wall_list
from wall.shapes import WallDetail, WallList

LARGEST = 2**31 - 1
ASPECT = re.compile(r"^(|[1-9][0-9]{2,4}x[1-9][0-9]{2,4})$")


class PairInput(serializers.Serializer[Any]):
    code = serializers.RegexField(r"^[0-9]{6}$")
    name = serializers.CharField(max_length=40)
    area_path = serializers.CharField(max_length=120)


class WallSettingsInput(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=0, max_value=LARGEST)
    name = serializers.CharField(max_length=40, required=False)
    theme = serializers.ChoiceField(WallDevice.Theme.choices, required=False)
    arrangement = serializers.ChoiceField(WallDevice.Arrangement.choices, required=False)
    height_m = FiniteField(min_value=0.3, max_value=30, required=False)
    farthest_m = FiniteField(min_value=0.5, max_value=100, required=False)
    smallest_px = FiniteField(
        min_value=8, max_value=120, required=False, allow_null=True, help_text="what was read at the farthest seat"
    )
    aspect = serializers.RegexField(
        ASPECT, required=False, allow_blank=True, help_text="6720x2160: the wall stretches its signal to this"
    )


class VersionInput(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=0, max_value=LARGEST)


class CommandInput(serializers.Serializer[Any]):
    """`scene` with do=scene, `id` of the event or alert cast onto the wall, `figure` and `key` with do=drill."""

    do = serializers.ChoiceField([(one, one) for one in COMMANDS])
    scene = serializers.CharField(max_length=32, required=False)
    id = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    figure = serializers.CharField(max_length=20, required=False)
    key = serializers.CharField(max_length=120, required=False, allow_blank=True)


class WallListView(APIView):
    """The walls of one's areas."""

    @extend_schema(operation_id="walls_list", responses=WallList)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        require_viewer(actor)
        return Response(wall_list(actor).model_dump(mode="json"))


class WallPairView(APIView):
    """The six digits that a screen shows, typed in."""

    @extend_schema(operation_id="walls_pair", request=PairInput, responses=WallDetail)
    @idempotent
    def post(self, request: Request) -> Response:
        actor, given = actor_of(request), PairInput(data=request.data)
        given.is_valid(raise_exception=True)
        wall = pair_wall(actor=actor, **given.validated_data)
        return Response(wall_detail(actor, visible_wall(actor, wall.pk)).model_dump(mode="json"))


class WallView(APIView):
    """A wall and what was done with it; its settings."""

    @extend_schema(operation_id="walls_get", responses=WallDetail)
    def get(self, request: Request, wall_id: int) -> Response:
        actor = actor_of(request)
        require_viewer(actor)
        return Response(wall_detail(actor, visible_wall(actor, wall_id)).model_dump(mode="json"))

    @extend_schema(operation_id="walls_set", request=WallSettingsInput, responses=WallDetail)
    @idempotent
    def patch(self, request: Request, wall_id: int) -> Response:
        actor, given = actor_of(request), WallSettingsInput(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        wall = set_wall(wall_id=wall_id, actor=actor, version=values.pop("version"), values=values)
        return Response(wall_detail(actor, wall).model_dump(mode="json"))


class WallRevokeView(APIView):
    """The screen is no wall any more."""

    @extend_schema(operation_id="walls_revoke", request=VersionInput, responses=WallDetail)
    @idempotent
    def post(self, request: Request, wall_id: int) -> Response:
        actor, given = actor_of(request), VersionInput(data=request.data)
        given.is_valid(raise_exception=True)
        wall = revoke_wall(wall_id=wall_id, actor=actor, version=given.validated_data["version"])
        return Response(wall_detail(actor, wall).model_dump(mode="json"))


class WallCommandView(APIView):
    """The remote control."""

    @extend_schema(operation_id="walls_command", request=CommandInput, responses=WallDetail)
    @idempotent
    def post(self, request: Request, wall_id: int) -> Response:
        actor, given = actor_of(request), CommandInput(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        wall = command_wall(wall_id=wall_id, actor=actor, do=values.pop("do"), given=values)
        return Response(wall_detail(actor, wall).model_dump(mode="json"))
