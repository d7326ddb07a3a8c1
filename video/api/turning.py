"""Turning a camera over HTTP: a step, a stop, and the views that it remembers."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.actor import Actor
from core.api.requests import actor_of
from video.actions.turning import go_to_preset, presets_of, save_preset, turn
from video.api.cameras import body_of
from video.api.registry_serializers import GoToSerializer, MotionSerializer, PresetNameSerializer
from video.gateways.protocol import STOP, Motion
from video.models import CameraTurning
from video.policies import camera_role
from video.queries.cameras import visible_camera
from video.running.stopping import stop_later
from video.viewing_shapes import HeadView, HeadViews, Turning


def _answer(held: CameraTurning) -> Response:
    body = Turning(camera_id=held.camera_id, held_until=held.held_until, stops_at=held.moves_until)
    return Response(body.model_dump(mode="json"))


def _turned(camera_id: int, motion: Motion, actor: Actor) -> Response:
    """A device that did not answer may turn all the same: it is stopped later, whatever came of this."""
    try:
        return _answer(turn(camera_id=camera_id, motion=motion, actor=actor))
    finally:
        stop_later(camera_id)


class HeadMoveView(APIView):
    """Turns or zooms for a step of 1.5 s; said again before that, it goes on."""

    @extend_schema(operation_id="cameras_turn", request=MotionSerializer, responses=Turning)
    def post(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        visible_camera(actor, camera_id)
        motion = Motion(**body_of(MotionSerializer, request))
        return _turned(camera_id, motion, actor)


class HeadStopView(APIView):
    @extend_schema(operation_id="cameras_turn_stop", request=None, responses=Turning)
    def post(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        visible_camera(actor, camera_id)
        return _turned(camera_id, STOP, actor)


class HeadPresetsView(APIView):
    """The views that the device remembers: asked now."""

    @extend_schema(operation_id="cameras_head_presets", responses=HeadViews)
    def get(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        camera = visible_camera(actor, camera_id)
        items = [HeadView(token=one.token, name=one.name) for one in presets_of(camera_id=camera_id, actor=actor)]
        may_save = camera_role(actor, camera.area_path) is not None
        return Response(HeadViews(items=items, may_save=may_save).model_dump(mode="json"))

    @extend_schema(operation_id="cameras_head_presets_save", request=PresetNameSerializer, responses={201: HeadView})
    def post(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        visible_camera(actor, camera_id)
        saved = save_preset(camera_id=camera_id, actor=actor, **body_of(PresetNameSerializer, request))
        body = HeadView(token=saved.token, name=saved.name)
        return Response(body.model_dump(mode="json"), status=status.HTTP_201_CREATED)


class HeadGoToView(APIView):
    @extend_schema(operation_id="cameras_head_go_to", request=GoToSerializer, responses=Turning)
    def post(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        visible_camera(actor, camera_id)
        return _answer(go_to_preset(camera_id=camera_id, actor=actor, **body_of(GoToSerializer, request)))
