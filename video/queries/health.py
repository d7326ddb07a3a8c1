"""What /health says of cameras and models."""

from pathlib import Path
from typing import Any

from django.conf import settings

from core.clock import now
from video.detectors.store import model_states
from video.models import Camera
from video.queries.states import shown_state

_WELL = frozenset({"online", "connecting"})


def camera_health() -> dict[str, Any]:
    """How many cameras are online, and which enabled ones are not well and why."""
    at = now()
    states = [
        (camera, shown_state(camera, camera.lease, at))
        for camera in Camera.objects.filter(enabled=True).select_related("lease")
    ]
    failing = [
        {"code": camera.code, "state": state, "detail": camera.lease.state_detail if state != "unassigned" else ""}
        for camera, state in states
        if state not in _WELL
    ]
    return {"online": sum(state == "online" for _, state in states), "failing": failing}


def model_health() -> list[dict[str, str]]:
    """What is missed is told as missing; a model the site can do without, or has not chosen, is only an offer."""
    return [
        {
            "name": model.name,
            "state": "offered" if model.state == "missing" and not model.needed else model.state,
            "detail": model.detail,
        }
        for model in model_states(Path(settings.MODEL_DIR), settings.MODEL_LICENCES)
    ]
