"""What the workers told of themselves and their cameras."""

from typing import Any, cast

from core.actor import Actor
from core.redis import client
from video.actions.figures import figures_key
from video.models import Camera, VideoWorker
from video.worker_shapes import ShownCameraFigures, VideoLoad, WorkerFigures, WorkerTotals


def told_figures() -> list[WorkerFigures]:
    """Of every worker that told something of late, by name. Raises what the Redis client raises."""
    holders = list(VideoWorker.objects.order_by("holder").values_list("holder", flat=True))
    if not holders:
        return []
    texts = cast("list[Any]", client().mget([figures_key(holder) for holder in holders]))
    return [WorkerFigures.model_validate_json(text) for text in texts if text]


def video_load(actor: Actor) -> VideoLoad:
    """All workers, and their figures of the cameras that the actor may see."""
    told = told_figures()
    names = {pk: (code, name) for pk, code, name in Camera.objects.visible_to(actor).values_list("pk", "code", "name")}
    cameras = [
        ShownCameraFigures(**figures.model_dump(), code=names[pk][0], name=names[pk][1], holder=worker.holder)
        for worker in told
        for figures in worker.of_cameras
        if (pk := figures.camera_id) in names
    ]
    totals = [WorkerTotals.model_validate(worker.model_dump(exclude={"of_cameras"})) for worker in told]
    return VideoLoad(workers=totals, cameras=sorted(cameras, key=lambda camera: camera.code))
