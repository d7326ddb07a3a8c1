"""What watching takes and yields: for the people who run the cameras, and for Prometheus."""

import hmac

import redis
from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.actor import SYSTEM, Actor
from core.api.requests import actor_of
from core.redis import Unreachable
from video.errors import FiguresNotThere
from video.policies import require_any_camera_admin
from video.queries.exposition import CONTENT_TYPE, exposition
from video.queries.figures import video_load
from video.worker_shapes import VideoLoad


def load_for(actor: Actor) -> VideoLoad:
    try:
        return video_load(actor)
    except (redis.RedisError, *Unreachable) as error:
        raise FiguresNotThere() from error


class VideoLoadView(APIView):
    """The workers and how the cameras that one may see are keeping up."""

    @extend_schema(operation_id="video_load", responses=VideoLoad)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        require_any_camera_admin(actor)
        return Response(load_for(actor).model_dump(mode="json"))


class VideoMetricsView(APIView):
    """The same for Prometheus, which shows the token of METRICS_TOKEN; people who run cameras need none."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="video_metrics", responses={(200, "text/plain"): OpenApiTypes.STR})
    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(exposition(load_for(_reader(request))), content_type=CONTENT_TYPE)


def _reader(request: Request) -> Actor:
    """The whole site for who knows the token, else the person's own part of it."""
    token, given = settings.METRICS_TOKEN, request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(token.encode(), given.encode()):
        return SYSTEM
    if not request.user.is_authenticated:
        raise NotAuthenticated
    actor = actor_of(request)
    require_any_camera_admin(actor)
    return actor
