"""Teams of grids and their lists over HTTP, and the grids where somebody is missing."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.fields import IdField
from core.api.idempotency import idempotent
from core.api.requests import actor_of
from core.errors import NotFound
from dispatch.actions.grid_teams import (
    EntryContent,
    edit_entry,
    name_member,
    release_member,
    remove_entry,
    write_entry,
)
from dispatch.models import DutyEntry, GridTeamMember
from dispatch.queries.grid_teams import entries_for, gaps_below, lines_of, team_of, visible_grid
from dispatch.responsibility_shapes import DutyLine, DutyLines, Gaps, GridTeam
from grids.models import Area


class GridQuery(serializers.Serializer[Any]):
    grid_path = serializers.CharField(max_length=120)


class GapsQuery(serializers.Serializer[Any]):
    under = serializers.CharField(max_length=120, required=False, default="")


class DutyListQuery(serializers.Serializer[Any]):
    area_path = serializers.CharField(max_length=120)
    level = serializers.ChoiceField(choices=("grid", "micro_grid"), default="grid")


class NewMemberSerializer(serializers.Serializer[Any]):
    grid_path = serializers.CharField(max_length=120)
    post = serializers.ChoiceField(choices=GridTeamMember.Post.values)
    responder_id = IdField(required=False, allow_null=True, default=None)
    name = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    unit_name = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    phone = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    since = serializers.DateField(required=False, allow_null=True, default=None)


class DutyEntrySerializer(serializers.Serializer[Any]):
    area_path = serializers.CharField(max_length=120)
    level = serializers.ChoiceField(choices=("grid", "micro_grid"))
    kind = serializers.ChoiceField(choices=DutyEntry.Kind.values)
    group = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    title = serializers.CharField(max_length=120)
    post = serializers.ChoiceField(choices=GridTeamMember.Post.values)
    times = serializers.IntegerField(min_value=1, max_value=99, default=1)
    per = serializers.ChoiceField(choices=DutyEntry.Per.values)
    rank = serializers.IntegerField(min_value=0, max_value=9_999, default=0)
    makes_tasks = serializers.BooleanField(default=False, help_text="somebody is sent on a patrol when it is due")


class DutyVersionSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1)


class EditDutyEntrySerializer(DutyVersionSerializer, DutyEntrySerializer):
    """The whole line as it should be."""


def _read(kind: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    body = kind(data=data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def _line(entry: DutyEntry, code: int = status.HTTP_200_OK) -> Response:
    return Response(lines_of([entry])[0].model_dump(mode="json"), status=code)


class GridTeamView(APIView):
    """The team of a grid: 1+3+N, what it lacks, and what it has to do."""

    @extend_schema(operation_id="grid_teams_get", parameters=[GridQuery], responses=GridTeam)
    def get(self, request: Request) -> Response:
        path = _read(GridQuery, request.query_params)["grid_path"]
        return Response(team_of(visible_grid(path, actor_of(request))).model_dump(mode="json"))


class GridTeamMembersView(APIView):
    """Somebody joins the team of a grid."""

    @extend_schema(operation_id="grid_teams_name", request=NewMemberSerializer, responses={201: GridTeam})
    @idempotent
    def post(self, request: Request) -> Response:
        body, actor = _read(NewMemberSerializer, request.data), actor_of(request)
        name_member(actor=actor, **body)
        team = team_of(visible_grid(body["grid_path"], actor))
        return Response(team.model_dump(mode="json"), status=status.HTTP_201_CREATED)


class GridTeamMemberView(APIView):
    """Somebody leaves the team of a grid."""

    @extend_schema(operation_id="grid_teams_release", responses={204: None})
    @idempotent
    def delete(self, request: Request, member_id: int) -> Response:
        release_member(member_id=member_id, actor=actor_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class CoverageGapsView(APIView):
    """Grids that lack a leader, a full-time worker, or anybody on duty now."""

    @extend_schema(operation_id="responsibility_gaps", parameters=[GapsQuery], responses=Gaps)
    def get(self, request: Request) -> Response:
        under = _read(GapsQuery, request.query_params)["under"]
        return Response(gaps_below(actor_of(request), under).model_dump(mode="json"))


class DutyListsView(APIView):
    """The lists in force for the grids of an area, with what is written for every area above it."""

    @extend_schema(operation_id="duty_lists_get", parameters=[DutyListQuery], responses=DutyLines)
    def get(self, request: Request) -> Response:
        query = _read(DutyListQuery, request.query_params)
        path = query["area_path"]
        if not Area.objects.visible_to(actor_of(request)).filter(path=path).exists():
            raise NotFound()
        return Response(DutyLines(items=entries_for(path, query["level"])).model_dump(mode="json"))

    @extend_schema(operation_id="duty_lists_write", request=DutyEntrySerializer, responses={201: DutyLine})
    @idempotent
    def post(self, request: Request) -> Response:
        content = EntryContent(**_read(DutyEntrySerializer, request.data))
        return _line(write_entry(content=content, actor=actor_of(request)), status.HTTP_201_CREATED)


class DutyEntryView(APIView):
    """One line of a list."""

    @extend_schema(operation_id="duty_lists_edit", request=EditDutyEntrySerializer, responses=DutyLine)
    @idempotent
    def put(self, request: Request, entry_id: int) -> Response:
        body = _read(EditDutyEntrySerializer, request.data)
        version = body.pop("version")
        return _line(
            edit_entry(entry_id=entry_id, version=version, content=EntryContent(**body), actor=actor_of(request))
        )

    @extend_schema(operation_id="duty_lists_remove", parameters=[DutyVersionSerializer], responses={204: None})
    @idempotent
    def delete(self, request: Request, entry_id: int) -> Response:
        version = _read(DutyVersionSerializer, request.query_params)["version"]
        remove_entry(entry_id=entry_id, version=version, actor=actor_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
