"""Previews: a page asks for what a camera sees, its worker says it, and both are forgotten within seconds.

Nothing here is history: it lives in Redis only, and without Redis there is no preview and nothing else is amiss.
"""

from core import redis
from core.clock import now
from video.pipeline.plans import PreviewSeen
from video.preview_shapes import CameraPreviewBox, CameraPreviewZone, SeenPreview
from video.previews import ASKED_FOR, KEPT, preview_key, requests_key


def ask_preview(camera_id: int) -> None:
    """Somebody looks for the next seconds; the camera's worker hears of it within one."""
    present = now().timestamp()
    pipe = redis.client().pipeline(transaction=False)
    pipe.zadd(requests_key(), {str(camera_id): present + ASKED_FOR.total_seconds()})
    pipe.zremrangebyscore(requests_key(), 0, present)
    pipe.execute()


def write_preview(seen: PreviewSeen) -> None:
    """What the camera sees now. Readers pass over what another than the present holder of the camera says."""
    value = SeenPreview(
        generation=seen.generation,
        at=seen.at,
        boxes=[
            CameraPreviewBox(
                track=box.track,
                label=box.label,
                score=round(box.score, 3),
                box=tuple(round(side, 4) for side in box.box),  # type: ignore[arg-type]  # four sides stay four
            )
            for box in seen.boxes
        ],
        zones=[
            CameraPreviewZone(
                id=zone.zone_id,
                is_watched=zone.is_watched,
                is_dark=zone.is_dark,
                holds=zone.holds,
                counting=list(zone.counting),
                lasted_seconds=round(zone.progress.lasted_seconds, 1),
                needed_seconds=zone.progress.needed_seconds,
                seen=zone.progress.seen,
                needed=zone.progress.needed,
            )
            for zone in seen.zones
        ],
    )
    redis.client().set(preview_key(seen.camera_id), value.model_dump_json(), px=KEPT)
