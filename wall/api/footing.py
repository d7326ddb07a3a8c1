"""The footing 平战 over HTTP."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analytics.queries.scope import scope_of
from core.api.idempotency import idempotent
from core.api.requests import actor_of
from wall.actions.footing import ask_footing, confirm_footing, refuse_footing, tick_step
from wall.models import Footing
from wall.queries.footing import footing_book
from wall.shapes import FootingBook

LARGEST = 2**31 - 1


class FootingQuery(serializers.Serializer[Any]):
    area = serializers.CharField(required=False, max_length=120)


class FootingInput(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=0, max_value=LARGEST)
    area_path = serializers.CharField(max_length=120)


class FootingAskInput(FootingInput):
    plan = serializers.CharField(max_length=32, allow_blank=True, default="")


class FootingTickInput(FootingInput):
    code = serializers.CharField(max_length=40)
    done = serializers.BooleanField()


class FootingView(APIView):
    """The footing of an area, the plans there are, and what the reader may do."""

    @extend_schema(operation_id="footing_get", parameters=[FootingQuery], responses=FootingBook)
    def get(self, request: Request) -> Response:
        query = FootingQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        actor = actor_of(request)
        scope = scope_of(actor, query.validated_data.get("area"))
        return Response(footing_book(scope.path, actor).model_dump(mode="json"))


def _after(act: Callable[..., Footing], form: type[serializers.Serializer[Any]], request: Request) -> Response:
    """The footing of the area as it stands when somebody has done this."""
    actor, given = actor_of(request), form(data=request.data)
    given.is_valid(raise_exception=True)
    row = act(actor=actor, **given.validated_data)
    return Response(footing_book(row.area_path, actor).model_dump(mode="json"))


class FootingAskView(APIView):
    """Ask for the other footing."""

    @extend_schema(operation_id="footing_ask", request=FootingAskInput, responses=FootingBook)
    @idempotent
    def post(self, request: Request) -> Response:
        return _after(ask_footing, FootingAskInput, request)


class FootingConfirmView(APIView):
    """The other post agrees."""

    @extend_schema(operation_id="footing_confirm", request=FootingInput, responses=FootingBook)
    @idempotent
    def post(self, request: Request) -> Response:
        return _after(confirm_footing, FootingInput, request)


class FootingRefuseView(APIView):
    """Not agreed, or taken back."""

    @extend_schema(operation_id="footing_refuse", request=FootingInput, responses=FootingBook)
    @idempotent
    def post(self, request: Request) -> Response:
        return _after(refuse_footing, FootingInput, request)


class FootingTickView(APIView):
    """A step of the plan."""

    @extend_schema(operation_id="footing_tick", request=FootingTickInput, responses=FootingBook)
    @idempotent
    def post(self, request: Request) -> Response:
        return _after(tick_step, FootingTickInput, request)
