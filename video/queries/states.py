"""How a camera is doing, put together from its configuration and its lease."""

from datetime import datetime
from typing import cast

from video.models import Camera, CameraLease
from video.shapes import CameraStateName


def shown_state(camera: Camera, lease: CameraLease, at: datetime) -> CameraStateName:
    """disabled: nobody wants it watched; unassigned: no worker holds it; else what its worker said last."""
    if not camera.enabled:
        return "disabled"
    if not lease.is_held(at):
        return "unassigned"
    return cast("CameraStateName", str(lease.state))
