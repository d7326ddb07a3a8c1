"""Who watches which camera. Every step is one conditional UPDATE, so two workers never hold the same camera.

Time is the database's own, because it is the only clock that all workers share.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now

from video.live import publish_camera
from video.models import Camera, CameraLease

LEASE = timedelta(seconds=30)
RENEW_EVERY = timedelta(seconds=5)
CLAIM_EVERY = timedelta(seconds=10)

# SKIP LOCKED lets two claimants share the free cameras instead of waiting for each other. The list is materialised:
# a subquery may be run once for each lease, find the next free camera each time, and take more than there is room for.
_CLAIM = """
    WITH free AS MATERIALIZED (
           SELECT one.camera_id
             FROM video_cameralease AS one JOIN video_camera AS camera ON camera.id = one.camera_id
            WHERE camera.enabled AND (one.holder = '' OR one.expires_at <= statement_timestamp())
            ORDER BY camera.priority, one.expires_at NULLS FIRST, one.camera_id
            LIMIT %(room)s
              FOR UPDATE OF one SKIP LOCKED)
    UPDATE video_cameralease AS lease
       SET holder = %(holder)s, generation = lease.generation + 1,
           expires_at = statement_timestamp() + make_interval(secs => %(lease)s),
           state = 'connecting', state_since = statement_timestamp(), state_reason = '', state_detail = '', fps = 0
      FROM free
     WHERE lease.camera_id = free.camera_id
    RETURNING lease.camera_id, lease.generation
"""


def claim(*, holder: str, room: int) -> dict[int, int]:
    """Take up to `room` enabled cameras that nobody holds, important ones first: camera id → generation."""
    if room <= 0:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"holder": holder, "lease": LEASE.total_seconds(), "room": room})
        return dict(cursor.fetchall())


def renew(*, holder: str, generations: Mapping[int, int]) -> set[int]:
    """Prolong the leases still held under these generations; the cameras that are. Missing ones are lost: let go."""
    held = CameraLease.objects.filter(_held_by(holder, generations), camera__enabled=True)
    with transaction.atomic():
        still = set(held.select_for_update(of=("self",)).values_list("camera_id", flat=True))
        CameraLease.objects.filter(camera_id__in=still).update(expires_at=Now() + LEASE)
    return still


def release(*, holder: str, generations: Mapping[int, int]) -> None:
    """Give cameras back at once, so that another worker takes them without waiting for the end of the lease."""
    ended = CameraLease.objects.filter(_held_by(holder, generations))
    ids = list(ended.values_list("camera_id", flat=True))
    ended.update(holder="", expires_at=Now(), fps=0)
    for camera in Camera.objects.filter(pk__in=ids).select_related("lease"):
        publish_camera(camera)


def least_important(camera_ids: Collection[int], most: int) -> list[int]:
    """Up to `most` of these cameras, the ones to be given back first."""
    cameras = Camera.objects.filter(pk__in=camera_ids).order_by("-priority", "-pk")
    return list(cameras.values_list("pk", flat=True)[:most])


def let_expired_go() -> int:
    """Cameras whose worker is no more: their leases are given up, and screens are told that nobody watches. How many.

    A worker that was only paused finds at its next renewal that it holds them no longer.
    """
    with transaction.atomic():
        expired = CameraLease.objects.exclude(holder="").filter(expires_at__lte=Now())
        ids = list(expired.select_for_update(of=("self",), skip_locked=True).values_list("camera_id", flat=True))
        CameraLease.objects.filter(camera_id__in=ids).update(holder="", fps=0)
    for camera in Camera.objects.filter(pk__in=ids).select_related("lease"):
        publish_camera(camera)
    return len(ids)


def holds(*, camera_id: int, holder: str, generation: int) -> bool:
    """Whether a finding made under this lease may still be written; locks the lease against a new holder."""
    leases = CameraLease.objects.select_for_update()
    return bool(leases.filter(camera_id=camera_id, holder=holder, generation=generation).values_list("pk").first())


def _held_by(holder: str, generations: Mapping[int, int]) -> Q:
    condition = Q(pk__in=[])
    for camera_id, generation in generations.items():
        condition |= Q(camera_id=camera_id, generation=generation)
    return condition & Q(holder=holder)
