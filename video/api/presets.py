"""A person's arrangements of the video page over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.requests import actor_of
from video.actions.presets import change_preset, drop_preset, save_preset
from video.api.cameras import body_of
from video.api.viewing_serializers import NewPresetSerializer, PresetChangesSerializer
from video.models import VideoPreset
from video.queries.viewing import preset_rows
from video.viewing_shapes import PresetList, PresetRow


class PresetListView(APIView):
    """One's own arrangements, in the order in which they were made: the keys 1–9 choose among them."""

    @extend_schema(operation_id="video_presets_list", responses=PresetList)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        presets = list(VideoPreset.objects.of(actor).order_by("id"))
        return Response(PresetList(items=preset_rows(actor, presets)).model_dump(mode="json"))

    @extend_schema(operation_id="video_presets_save", request=NewPresetSerializer, responses={201: PresetRow})
    @idempotent
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        preset = save_preset(actor=actor, **body_of(NewPresetSerializer, request))
        return Response(preset_rows(actor, [preset])[0].model_dump(mode="json"), status=status.HTTP_201_CREATED)


class PresetView(APIView):
    """One of them."""

    @extend_schema(operation_id="video_presets_change", request=PresetChangesSerializer, responses=PresetRow)
    @idempotent
    def patch(self, request: Request, preset_id: int) -> Response:
        actor = actor_of(request)
        changes = body_of(PresetChangesSerializer, request, partial=True)
        preset = change_preset(preset_id=preset_id, actor=actor, **changes)
        return Response(preset_rows(actor, [preset])[0].model_dump(mode="json"))

    @extend_schema(operation_id="video_presets_drop", responses={204: None})
    @idempotent
    def delete(self, request: Request, preset_id: int) -> Response:
        drop_preset(preset_id=preset_id, actor=actor_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
