"""Keeping what cameras saw, for as long as the site wants it, and no longer."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from core.clock import now
from video.actions.leases import holds
from video.models import DetectionBlock
from video.pipeline.plans import DetectionsSeen


@transaction.atomic
def write_detections(seen: DetectionsSeen, *, holder: str) -> DetectionBlock | None:
    """A block of what a camera saw; None when another worker holds the camera by now, or the site keeps none."""
    if settings.DETECTIONS_KEPT_DAYS <= 0:
        return None
    if not holds(camera_id=seen.camera_id, holder=holder, generation=seen.generation):
        return None
    return DetectionBlock.objects.create(
        camera_id=seen.camera_id,
        run=seen.run,
        began_at=seen.began_at,
        ended_at=seen.ended_at,
        looks=seen.looks,
        things=seen.things,
        brightness=seen.brightness,
        data=seen.data,
    )


def erase_old_detections(*, batch: int = 20_000) -> int:
    """What is older than the site keeps it, some at a time so that no other write waits; how many blocks."""
    before = now() - timedelta(days=settings.DETECTIONS_KEPT_DAYS)
    old = list(DetectionBlock.objects.filter(ended_at__lt=before).values_list("pk", flat=True)[:batch])
    return DetectionBlock.objects.filter(pk__in=old).delete()[0]
