"""Sensors over HTTP: kinds, list, one in full, its history, and the writes of those who keep the register."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.actor import Actor
from core.api.idempotency import idempotent
from core.api.pages import page_of
from core.api.problems import language_of
from core.api.requests import actor_of
from sensors.actions.sensors import change_sensor_state, edit_sensor, register_sensor
from sensors.api.inputs import SensorChangesInput, SensorCreateInput, SensorListQuery, SensorStateInput
from sensors.models import Sensor
from sensors.policies import is_steward
from sensors.queries.sensors import detail_of, history_of, kind_rows, listed, rows_of, visible_sensor
from sensors.shapes import SensorDetail, SensorHistory, SensorKindList, SensorList


def checked(serializer: type[serializers.Serializer[Any]], data: Any, *, partial: bool = False) -> dict[str, Any]:
    given = serializer(data=data, partial=partial)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _answer(sensor: Sensor, actor: Actor, code: int = status.HTTP_200_OK) -> Response:
    return Response(detail_of(sensor, actor).model_dump(mode="json"), status=code)


class SensorKindsView(APIView):
    """The kinds of sensors there are, with units of measurement and usual ranges."""

    @extend_schema(operation_id="sensor_kinds", responses=SensorKindList)
    def get(self, request: Request) -> Response:
        told = SensorKindList(items=kind_rows(language_of(request._request)), may_edit=is_steward(actor_of(request)))
        return Response(told.model_dump(mode="json"))


class SensorListView(APIView):
    """Sensors in the reader's reach, by code; removed ones only where they are asked for."""

    @extend_schema(operation_id="sensors_list", parameters=[SensorListQuery], responses=SensorList)
    def get(self, request: Request) -> Response:
        query = checked(SensorListQuery, request.query_params)
        narrowed = {key: value for key, value in query.items() if key not in {"cursor", "limit"}}
        page = page_of(listed(actor_of(request), **narrowed), request, order=("code",), shape=rows_of)
        return Response(SensorList(items=page.items, next=page.next).model_dump(mode="json"))

    @extend_schema(operation_id="sensors_register", request=SensorCreateInput, responses={201: SensorDetail})
    @idempotent
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        sensor = register_sensor(actor=actor, **checked(SensorCreateInput, request.data))
        return _answer(sensor, actor, status.HTTP_201_CREATED)


class SensorView(APIView):
    @extend_schema(operation_id="sensors_get", responses=SensorDetail)
    def get(self, request: Request, sensor_id: int) -> Response:
        actor = actor_of(request)
        return _answer(visible_sensor(actor, sensor_id), actor)

    @extend_schema(operation_id="sensors_edit", request=SensorChangesInput, responses=SensorDetail)
    @idempotent
    def patch(self, request: Request, sensor_id: int) -> Response:
        actor = actor_of(request)
        visible_sensor(actor, sensor_id)
        changes = checked(SensorChangesInput, request.data, partial=True)
        version = changes.pop("version", None)
        if version is None:
            raise serializers.ValidationError({"version": "the version that was read is needed"})
        return _answer(edit_sensor(sensor_id=sensor_id, version=version, changes=changes, actor=actor), actor)


class SensorStateView(APIView):
    """Switching off and on, removing, restoring."""

    @extend_schema(operation_id="sensors_change_state", request=SensorStateInput, responses=SensorDetail)
    @idempotent
    def post(self, request: Request, sensor_id: int) -> Response:
        actor = actor_of(request)
        visible_sensor(actor, sensor_id)
        values = checked(SensorStateInput, request.data)
        return _answer(change_sensor_state(sensor_id=sensor_id, actor=actor, **values), actor)


class SensorHistoryView(APIView):
    """Everything that was ever done to it, oldest first."""

    @extend_schema(operation_id="sensors_history", responses=SensorHistory)
    def get(self, request: Request, sensor_id: int) -> Response:
        sensor = visible_sensor(actor_of(request), sensor_id)
        return Response(SensorHistory(items=history_of(sensor)).model_dump(mode="json"))
