"""A department's working hours over HTTP, for the system administrator."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actions.calendars import set_calendar
from accounts.api.serializers import UnitBriefSerializer
from accounts.queries.calendars import calendar_of_unit
from accounts.roles import Role
from core.actor import Actor
from core.api.idempotency import idempotent
from core.api.requests import actor_of
from core.errors import Forbidden


class PeriodSerializer(serializers.Serializer[Any]):
    opens = serializers.TimeField(format="%H:%M")
    closes = serializers.TimeField(format="%H:%M")


class CalendarInput(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=0, help_text="the version that was looked at; 0 where none is set")
    periods = PeriodSerializer(many=True, help_text="local times; they may not overlap")
    works_on = serializers.ListField(child=serializers.DateField(), required=False, default=list)
    rests_on = serializers.ListField(child=serializers.DateField(), required=False, default=list)


class CalendarSerializer(serializers.Serializer[Any]):
    unit = UnitBriefSerializer()
    version = serializers.IntegerField()
    periods = PeriodSerializer(many=True)
    works_on = serializers.ListField(child=serializers.DateField())
    rests_on = serializers.ListField(child=serializers.DateField())
    set_at = serializers.DateTimeField(allow_null=True)
    set_by = serializers.CharField(allow_null=True)
    years_without_holidays = serializers.ListField(
        child=serializers.IntegerField(), help_text="not announced yet: Monday to Friday count as worked"
    )


def _require_admin(actor: Actor) -> None:
    if not actor.has_role(Role.SYSTEM_ADMIN):
        raise Forbidden(roles=Role.SYSTEM_ADMIN.label)


class UnitCalendarView(APIView):
    """When a unit works: its hours, extra working days and days off."""

    @extend_schema(operation_id="units_calendar_get", responses=CalendarSerializer)
    def get(self, request: Request, unit_id: int) -> Response:
        _require_admin(actor_of(request))
        return Response(CalendarSerializer(calendar_of_unit(unit_id)).data)

    @extend_schema(operation_id="units_calendar_set", request=CalendarInput, responses=CalendarSerializer)
    @idempotent
    def put(self, request: Request, unit_id: int) -> Response:
        _require_admin(actor_of(request))
        given = CalendarInput(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        periods = [(period["opens"], period["closes"]) for period in values.pop("periods")]
        set_calendar(unit_id=unit_id, actor=actor_of(request), periods=periods, **values)
        return Response(CalendarSerializer(calendar_of_unit(unit_id)).data)
