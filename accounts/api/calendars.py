"""Working hours over HTTP: duty chiefs and leaders read them, the system administrator sets them."""

from datetime import date
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actions.calendars import set_calendar
from accounts.api.serializers import UnitBriefSerializer
from accounts.queries.calendars import Draft, calendar_of_unit, calendars, legal_year, preview
from accounts.roles import ROLE_NAMES, Role
from accounts.rules.calendars import MOST_DAYS, checked_days, checked_periods
from core.actor import Actor
from core.api.fields import IdField, MomentField
from core.api.idempotency import idempotent
from core.api.requests import actor_of
from core.clock import now
from core.deadlines.arithmetic import Limit, LimitType
from core.errors import Forbidden

READERS = (Role.SYSTEM_ADMIN, Role.GRID_ADMIN, Role.DUTY_CHIEF, Role.LEADER)
FIRST_YEAR, LAST_YEAR = 2004, 2100
SHORTEST, LONGEST = Decimal("0.01"), Decimal(10_000)


class PeriodSerializer(serializers.Serializer[Any]):
    opens = serializers.TimeField(format="%H:%M")
    closes = serializers.TimeField(format="%H:%M")


def _days() -> serializers.ListField:
    return serializers.ListField(child=serializers.DateField(), required=False, default=list, max_length=MOST_DAYS + 1)


class CalendarContent(serializers.Serializer[Any]):
    periods = PeriodSerializer(many=True, required=False, default=list, help_text="local times; they may not overlap")
    follows_site = serializers.BooleanField(required=False, default=False, help_text="a unit's: the hours of the site")
    works_on = _days()
    rests_on = _days()

    def validate_periods(self, rows: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
        return [(row["opens"], row["closes"]) for row in rows]


class CalendarInput(CalendarContent):
    version = serializers.IntegerField(min_value=0, help_text="the version that was looked at; 0 where none is set")


class PreviewInput(CalendarContent):
    unit_id = IdField(required=False, allow_null=True, default=None)
    month = serializers.RegexField(r"^(20\d\d|2100)-(0[1-9]|1[0-2])$")
    limit_type = serializers.ChoiceField(
        choices=[kind.value for kind in LimitType], required=False, default=LimitType.WORKING_HOURS.value
    )
    limit_amount = serializers.DecimalField(
        max_digits=10, decimal_places=2, min_value=SHORTEST, max_value=LONGEST, required=False, default=Decimal(8)
    )


class CalendarSerializer(serializers.Serializer[Any]):
    unit = UnitBriefSerializer(allow_null=True, help_text="none: the whole site's")
    version = serializers.IntegerField()
    periods = PeriodSerializer(many=True)
    follows_site = serializers.BooleanField()
    works_on = serializers.ListField(child=serializers.DateField())
    rests_on = serializers.ListField(child=serializers.DateField())
    set_at = serializers.DateTimeField(allow_null=True)
    set_by = serializers.CharField(allow_null=True)
    years_without_holidays = serializers.ListField(
        child=serializers.IntegerField(), help_text="not announced yet: Monday to Friday count as worked"
    )


class CalendarsSerializer(serializers.Serializer[Any]):
    site = CalendarSerializer()
    units = CalendarSerializer(many=True, help_text="units that keep anything of their own")
    may_edit = serializers.BooleanField()


class PreviewDaySerializer(serializers.Serializer[Any]):
    date = serializers.DateField()
    works = serializers.BooleanField()
    why = serializers.ChoiceField(choices=["work", "weekend", "holiday", "make_up", "own", "site"])
    zh = serializers.CharField()
    en = serializers.CharField()


class PreviewSerializer(serializers.Serializer[Any]):
    month = serializers.CharField()
    is_published = serializers.BooleanField(help_text="false: the holidays of that year are not announced yet")
    days = PreviewDaySerializer(many=True)
    started_at = MomentField(source="from")
    due_at = MomentField()
    years_without_holidays = serializers.ListField(child=serializers.IntegerField())


class LegalDaySerializer(serializers.Serializer[Any]):
    date = serializers.DateField()
    kind = serializers.ChoiceField(choices=["holiday", "make_up"])
    zh = serializers.CharField()
    en = serializers.CharField()


class LegalYearSerializer(serializers.Serializer[Any]):
    year = serializers.IntegerField()
    is_published = serializers.BooleanField()
    days = LegalDaySerializer(many=True)


def _require_admin(actor: Actor) -> None:
    if not actor.has_role(Role.SYSTEM_ADMIN):
        raise Forbidden(roles=Role.SYSTEM_ADMIN.label)


def _require_reader(actor: Actor) -> None:
    if not actor.has_role(*READERS):
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in READERS))


class CalendarListView(APIView):
    """The site's working hours, and those of the units that keep others."""

    @extend_schema(operation_id="calendars_list", responses=CalendarsSerializer)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        _require_reader(actor)
        return Response(CalendarsSerializer({**calendars(), "may_edit": actor.has_role(Role.SYSTEM_ADMIN)}).data)


class CalendarPreviewView(APIView):
    """What a calendar would make of a month and of a limit, while it is being written. Nothing is kept."""

    @extend_schema(operation_id="calendars_preview", request=PreviewInput, responses=PreviewSerializer)
    def post(self, request: Request) -> Response:
        _require_reader(actor_of(request))
        given = PreviewInput(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        works, rests = checked_days(values["works_on"], values["rests_on"])
        follows = values["follows_site"] and values["unit_id"] is not None
        draft = Draft(
            unit_id=values["unit_id"],
            periods=() if follows else checked_periods(values["periods"]),
            works_on=tuple(works),
            rests_on=tuple(rests),
            follows_site=follows,
        )
        limit = Limit(LimitType(values["limit_type"]), values["limit_amount"])
        month = date.fromisoformat(f"{values['month']}-01")
        return Response(PreviewSerializer(preview(draft, month=month, limit=limit, at=now())).data)


class LegalYearView(APIView):
    """The public holidays of a year and the days on which they are made up for."""

    @extend_schema(operation_id="calendars_legal_year", responses=LegalYearSerializer)
    def get(self, request: Request, year: int) -> Response:
        _require_reader(actor_of(request))
        return Response(LegalYearSerializer(legal_year(min(max(year, FIRST_YEAR), LAST_YEAR))).data)


class CalendarView(APIView):
    """When somebody works: hours, extra working days and days off."""

    def _get(self, request: Request, unit_id: int | None) -> Response:
        _require_reader(actor_of(request))
        return Response(CalendarSerializer(calendar_of_unit(unit_id)).data)

    def _put(self, request: Request, unit_id: int | None) -> Response:
        _require_admin(actor_of(request))
        given = CalendarInput(data=request.data)
        given.is_valid(raise_exception=True)
        set_calendar(unit_id=unit_id, actor=actor_of(request), **given.validated_data)
        return Response(CalendarSerializer(calendar_of_unit(unit_id)).data)


class SiteCalendarView(CalendarView):
    """The hours that hold where a unit keeps none of its own."""

    @extend_schema(operation_id="site_calendar_get", responses=CalendarSerializer)
    def get(self, request: Request) -> Response:
        return self._get(request, None)

    @extend_schema(operation_id="site_calendar_set", request=CalendarInput, responses=CalendarSerializer)
    @idempotent
    def put(self, request: Request) -> Response:
        return self._put(request, None)


class UnitCalendarView(CalendarView):
    """A unit's own hours."""

    @extend_schema(operation_id="units_calendar_get", responses=CalendarSerializer)
    def get(self, request: Request, unit_id: int) -> Response:
        return self._get(request, unit_id)

    @extend_schema(operation_id="units_calendar_set", request=CalendarInput, responses=CalendarSerializer)
    @idempotent
    def put(self, request: Request, unit_id: int) -> Response:
        return self._put(request, unit_id)
