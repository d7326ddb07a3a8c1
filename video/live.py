"""What the eyes tell the screens: the newest state of each camera, never a history of it, and that one is gone."""

from typing import ClassVar

from core.clock import now
from core.live.latest import latest_type, publish_latest
from core.live.publish import Audience, LiveUpdate, area_audience, publish
from video.models import Camera
from video.queries.states import shown_state
from video.shapes import CameraStateValue

CAMERA_STATE = latest_type("camera.state")


def audience_of(camera: Camera) -> Audience:
    """Who covers the camera's area: the same rule as `Camera.objects.visible_to`."""
    return area_audience(camera.area_path)


class CameraRemoved(LiveUpdate):
    """A camera was taken away: who could see it is told that it is gone."""

    type: ClassVar[str] = "camera.removed"
    subject_kind: ClassVar[str] = "camera"


def publish_removal(camera: Camera) -> None:
    publish(CameraRemoved(id=camera.pk, version=camera.version), before=audience_of(camera))


def publish_camera(camera: Camera) -> None:
    """The state of the camera (with its lease) as it is stored now."""
    lease = camera.lease
    value = CameraStateValue(
        id=camera.pk,
        state=shown_state(camera, lease, now()),
        state_since=lease.state_since,
        reason=lease.state_reason,
        detail=lease.state_detail,
        problems=lease.problems,
        still_at=lease.still_at,
        fps=lease.fps,
    )
    publish_latest(CAMERA_STATE, camera.pk, value.model_dump(mode="json"), audience_of(camera))
