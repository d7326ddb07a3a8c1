"""Workers say that they live, and learn how many cameras are theirs to watch."""

from datetime import timedelta

from django.db import connection
from django.db.models import Count
from django.db.models.functions import Now

from video.models import Camera, CameraLease, VideoWorker
from video.rules.spreading import Standing, shares

ALIVE = timedelta(seconds=15)
"""A worker says so every five seconds; one that does not is not counted on."""
_FORGOTTEN = timedelta(minutes=10)

_REPORT = """
    INSERT INTO video_videoworker (holder, capacity, since, seen_at)
    VALUES (%(holder)s, %(capacity)s, statement_timestamp(), statement_timestamp())
        ON CONFLICT (holder) DO UPDATE SET capacity = excluded.capacity, seen_at = excluded.seen_at
"""


def report_worker(*, holder: str, capacity: int) -> None:
    """The worker lives and can take so many cameras."""
    with connection.cursor() as cursor:
        cursor.execute(_REPORT, {"holder": holder, "capacity": capacity})


def share_of(holder: str) -> int:
    """How many cameras the worker should hold now: its fair part of all that are to be watched. Three queries."""
    living = VideoWorker.objects.filter(seen_at__gt=Now() - ALIVE).values_list("holder", "capacity")
    held = dict(
        CameraLease.objects.filter(expires_at__gt=Now(), camera__enabled=True)
        .exclude(holder="")
        .values_list("holder")
        .annotate(held=Count("camera_id"))
    )
    workers = {name: Standing(capacity, held.get(name, 0)) for name, capacity in living}
    return shares(Camera.objects.filter(enabled=True).count(), workers).get(holder, 0)


def forget_worker(*, holder: str) -> None:
    """The worker stops: its cameras are for the others."""
    VideoWorker.objects.filter(holder=holder).delete()


def forget_dead_workers() -> int:
    """Those not heard of for long; how many."""
    return VideoWorker.objects.filter(seen_at__lt=Now() - _FORGOTTEN).delete()[0]
