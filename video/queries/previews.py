"""What a camera sees just now, and which cameras are asked."""

from pydantic import ValidationError

from core import redis
from core.clock import now
from video.models import Camera
from video.preview_shapes import CameraPreview, SeenPreview
from video.previews import preview_key, requests_key
from video.queries.cameras import still_url
from video.queries.states import shown_state


def asked_previews() -> frozenset[int]:
    """Cameras whose preview somebody looks at now. Raises what the client raises when Redis is away."""
    asked = redis.client().zrangebyscore(requests_key(), now().timestamp(), "+inf")
    return frozenset(int(str(each)) for each in asked)


def preview_of(camera: Camera) -> CameraPreview:
    """What its present holder saw last, if that was within seconds. Raises what the client raises without Redis."""
    seen = _seen(camera.pk)
    if seen is None or seen.generation != camera.lease.generation:
        return waiting_preview(camera)
    return waiting_preview(camera).model_copy(
        update={"state": "live", "at": seen.at, "boxes": seen.boxes, "zones": seen.zones}
    )


def waiting_preview(camera: Camera, *, is_possible: bool = True) -> CameraPreview:
    """Nothing is seen yet, or previews cannot be passed on; the picture is there all the same."""
    return CameraPreview(
        state="waiting" if is_possible else "unavailable",
        still_url=still_url(camera),
        still_at=camera.lease.still_at,
        camera_state=shown_state(camera, camera.lease, now()),
    )


def _seen(camera_id: int) -> SeenPreview | None:
    told = redis.client().get(preview_key(camera_id))
    try:
        return SeenPreview.model_validate_json(str(told)) if told else None
    except ValidationError:  # said by a worker of another release
        return None
