"""What surrounds cameras over HTTP: reasons, groups, accepting a new view."""

from django.db.models import Count
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.problems import language_of
from core.api.requests import actor_of
from video.actions.camera_groups import create_group, edit_group, remove_group
from video.actions.cameras import accept_view
from video.api.cameras import body_of, detail_of
from video.api.registry_serializers import GroupSerializer
from video.models import CameraGroup
from video.policies import any_camera_role
from video.queries.cameras import visible_camera
from video.registry_shapes import GroupList, GroupRow, ReasonList, ReasonShape
from video.rules.health import read_reasons
from video.shapes import CameraDetail


class ReasonListView(APIView):
    """Everything that can be wrong with a camera, in words, with what to do about it."""

    @extend_schema(operation_id="camera_reasons", responses=ReasonList)
    def get(self, request: Request) -> Response:
        language = language_of(request._request)
        items = [
            ReasonShape(
                code=one.code,
                kind=one.kind,
                name=one.name[language],
                remedy=one.remedy[language],
                raise_after=one.raise_after,
                clear_after=one.clear_after,
            )
            for one in read_reasons().values()
        ]
        return Response(ReasonList(items=items).model_dump(mode="json"))


def _row(group: CameraGroup, cameras: int) -> GroupRow:
    return GroupRow(id=group.pk, name=group.name, note=group.note, cameras=cameras)


class GroupListView(APIView):
    """Groups of cameras, by name. `cameras` counts those of the whole site: a number, no camera."""

    @extend_schema(operation_id="camera_groups", responses=GroupList)
    def get(self, request: Request) -> Response:
        groups = CameraGroup.objects.annotate(n=Count("cameras"))
        items = [_row(group, group.n) for group in groups]
        body = GroupList(items=items, may_edit=any_camera_role(actor_of(request)) is not None)
        return Response(body.model_dump(mode="json"))

    @extend_schema(operation_id="camera_groups_create", request=GroupSerializer, responses={201: GroupRow})
    @idempotent
    def post(self, request: Request) -> Response:
        group = create_group(actor=actor_of(request), **body_of(GroupSerializer, request))
        return Response(_row(group, 0).model_dump(mode="json"), status=status.HTTP_201_CREATED)


class GroupView(APIView):
    @extend_schema(operation_id="camera_groups_edit", request=GroupSerializer, responses=GroupRow)
    @idempotent
    def patch(self, request: Request, group_id: int) -> Response:
        changes = body_of(GroupSerializer, request, partial=True)
        group = edit_group(group_id=group_id, actor=actor_of(request), **changes)
        return Response(_row(group, group.cameras.count()).model_dump(mode="json"))

    @extend_schema(operation_id="camera_groups_remove", responses={204: None})
    @idempotent
    def delete(self, request: Request, group_id: int) -> Response:
        remove_group(group_id=group_id, actor=actor_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class CameraViewAcceptView(APIView):
    """The camera was turned on purpose: what it shows now is what it should show."""

    @extend_schema(operation_id="cameras_accept_view", request=None, responses=CameraDetail)
    @idempotent
    def post(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        visible_camera(actor, camera_id)
        accept_view(camera_id=camera_id, actor=actor)
        return detail_of(camera_id, request)
