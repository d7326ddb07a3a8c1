"""What a camera sees just now, for the page on which its zones are drawn."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.requests import actor_of
from core.redis import Unreachable
from video.actions.previews import ask_preview
from video.policies import require_watching
from video.preview_shapes import CameraPreview
from video.queries.cameras import visible_camera
from video.queries.previews import preview_of, waiting_preview


class CameraPreviewView(APIView):
    """Boxes that the camera's worker sees now, and how near each zone is to an alert. While it is asked for, at least
    every eight seconds, the worker says what it sees and takes stills more often; it stops by itself afterwards."""

    @extend_schema(operation_id="cameras_preview", responses=CameraPreview)
    def get(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        camera = visible_camera(actor, camera_id)
        require_watching(actor, camera.area_path)
        try:
            ask_preview(camera.pk)
            preview = preview_of(camera)
        except Unreachable:
            preview = waiting_preview(camera, is_possible=False)
        response = Response(preview.model_dump(mode="json"))
        response["Cache-Control"] = "no-store"
        return response
