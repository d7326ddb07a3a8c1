"""The video page over HTTP: which cameras there are, leave to watch one, and the log of watching."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.roles import ROLE_NAMES
from core.api.pages import PageQuery, page_of
from core.api.requests import actor_of
from core.clock import now
from core.errors import Forbidden
from video.actions.viewings import close_viewing, keep_viewing, open_viewing
from video.api.cameras import body_of
from video.api.viewing_serializers import (
    KeepViewingSerializer,
    NewViewingSerializer,
    TileQuerySerializer,
    ViewingQuerySerializer,
)
from video.models import CameraViewing
from video.policies import CAMERA_ROLES
from video.queries.cameras import visible_camera
from video.queries.viewing import Asked, camera_tree, place_of_event, tile_list, viewing_rows
from video.rules.tickets import Ticket, session_mark, sign
from video.rules.viewing import LOG_KEPT, TICKET_LASTS
from video.viewing_shapes import CameraTree, NearPlace, OpenViewing, TileCameraList, ViewingPage


def leave_to_watch(request: Request, viewing: CameraViewing) -> OpenViewing:
    """A ticket for this viewing and this session, for a minute."""
    until = now() + TICKET_LASTS
    key = request._request.session.session_key or ""
    ticket = Ticket(viewing.camera_id or 0, viewing.pk, session_mark(key), int(until.timestamp()))
    return OpenViewing(
        id=viewing.pk,
        camera_id=ticket.camera_id,
        ticket=sign(ticket, settings.SECRET_KEY),
        ticket_until=until - timedelta(microseconds=until.microsecond),
        base=f"/watch/{ticket.camera_id}",
    )


class TileCameraListView(APIView):
    """Cameras for the video page: by area, group, kind of source, words, ids, or nearest to a place or an event."""

    @extend_schema(operation_id="video_cameras", parameters=[TileQuerySerializer], responses=TileCameraList)
    def get(self, request: Request) -> Response:
        query = TileQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        values, actor = query.validated_data, actor_of(request)
        near = None
        if "event" in values:
            near = place_of_event(actor, values["event"])
        elif "lng" in values and "lat" in values:
            near = NearPlace(lng=values["lng"], lat=values["lat"], event_id=None, label="")
        asked = Asked(
            area=values.get("area", ""),
            group=values.get("group"),
            kind=values.get("kind", ""),
            words=values.get("q", ""),
            ids=values.get("ids", ()),
            near=near,
            limit=values["limit"],
        )
        return Response(tile_list(actor, asked).model_dump(mode="json"))


class CameraTreeView(APIView):
    """How many cameras each street, community, group and kind of source has, of those the person sees."""

    @extend_schema(operation_id="video_tree", responses=CameraTree)
    def get(self, request: Request) -> Response:
        return Response(camera_tree(actor_of(request)).model_dump(mode="json"))


class CameraViewingsView(APIView):
    """Begin to watch a camera."""

    @extend_schema(operation_id="viewings_open", request=NewViewingSerializer, responses={201: OpenViewing})
    def post(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        camera = visible_camera(actor, camera_id)
        viewing = open_viewing(camera=camera, actor=actor, **body_of(NewViewingSerializer, request))
        return Response(leave_to_watch(request, viewing).model_dump(mode="json"), status=status.HTTP_201_CREATED)


class ViewingView(APIView):
    """One's own viewing: go on, or end it."""

    @extend_schema(operation_id="viewings_close", responses={204: None})
    def delete(self, request: Request, viewing_id: int) -> Response:
        close_viewing(viewing_id=viewing_id, actor=actor_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ViewingKeepView(APIView):
    """Still watching: another ticket, for as long again."""

    @extend_schema(operation_id="viewings_keep", request=KeepViewingSerializer, responses=OpenViewing)
    def post(self, request: Request, viewing_id: int) -> Response:
        values = body_of(KeepViewingSerializer, request)
        viewing = keep_viewing(viewing_id=viewing_id, actor=actor_of(request), **values)
        return Response(leave_to_watch(request, viewing).model_dump(mode="json"))


class ViewingListView(APIView):
    """Who watched which camera, newest first; for administrators of the area."""

    @extend_schema(operation_id="viewings_list", parameters=[PageQuery, ViewingQuerySerializer], responses=ViewingPage)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        if not actor.has_role(*CAMERA_ROLES):
            raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in sorted(CAMERA_ROLES)))
        query = ViewingQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        viewings = CameraViewing.objects.visible_to(actor).select_related("user")
        if camera := query.validated_data.get("camera"):
            viewings = viewings.filter(camera_id=camera)
        if words := query.validated_data.get("q"):
            names = Q(camera_name__icontains=words) | Q(camera_code__icontains=words)
            viewings = viewings.filter(names | Q(user__name__icontains=words))
        page = page_of(viewings, request, order=("-started_at", "-id"), shape=viewing_rows)
        body = ViewingPage(items=page.items, next=page.next, kept_days=LOG_KEPT.days)
        return Response(body.model_dump(mode="json"))
