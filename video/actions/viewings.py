"""Watching a camera live: begun, prolonged and ended. The rows are the log, so they have no history beside them,
and no screen but the administrators' list shows them.
"""

from django.db import transaction

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from events.models import Event
from video.errors import PurposeNeeded, ViewingOver
from video.models import Camera, CameraViewing
from video.policies import require_watching
from video.rules.viewing import LOG_KEPT, OVER_AFTER, PURPOSE_ASKED


@transaction.atomic
def open_viewing(
    *, camera: Camera, actor: Actor, purpose: str = "", event_id: int | None = None, way: str = CameraViewing.Way.LIVE
) -> CameraViewing:
    """Somebody begins to watch a camera that they see. Raises Forbidden, PurposeNeeded, or NotFound for the event."""
    if actor.user_id is None:
        raise NotFound()
    require_watching(actor, camera.area_path)
    if event_id is not None and not Event.objects.visible_to(actor).filter(pk=event_id).exists():
        raise NotFound()
    if camera.source_kind in PURPOSE_ASKED and not purpose.strip() and event_id is None:
        raise PurposeNeeded()
    at = now()
    return CameraViewing.objects.create(
        camera=camera,
        camera_code=camera.code,
        camera_name=camera.name,
        area_path=camera.area_path,
        user_id=actor.user_id,
        started_at=at,
        last_at=at,
        way=way,
        purpose=purpose.strip(),
        event_id=event_id,
    )


@transaction.atomic
def keep_viewing(*, viewing_id: int, actor: Actor, way: str | None = None) -> CameraViewing:
    """Still watching: the log goes on, and the right to watch is looked at again.

    Raises NotFound (not one's own, or the camera is out of sight now), Forbidden, ViewingOver.
    """
    viewing = _own(viewing_id, actor)
    at = now()
    if viewing.is_over or at - viewing.last_at > OVER_AFTER:
        raise ViewingOver()
    seen = Camera.objects.visible_to(actor).filter(pk=viewing.camera_id or 0)
    camera = seen.first()
    if camera is None:
        raise NotFound()
    require_watching(actor, camera.area_path)
    viewing.last_at = at
    viewing.way = way or viewing.way
    viewing.save(update_fields=["last_at", "way"])
    return viewing


@transaction.atomic
def close_viewing(*, viewing_id: int, actor: Actor) -> None:
    """The tile was closed. Said twice, it is as if said once."""
    viewing = _own(viewing_id, actor)
    at = now()
    if viewing.is_over:
        return
    if at - viewing.last_at <= OVER_AFTER:
        viewing.last_at = at
    viewing.is_over = True
    viewing.save(update_fields=["last_at", "is_over"])


def forget_old_viewings() -> int:
    """Rows older than the log is kept for are deleted, and those that nobody ended are marked as over. How many."""
    at = now()
    CameraViewing.objects.filter(is_over=False, last_at__lt=at - OVER_AFTER).update(is_over=True)
    return CameraViewing.objects.filter(last_at__lt=at - LOG_KEPT).delete()[0]


def _own(viewing_id: int, actor: Actor) -> CameraViewing:
    rows = CameraViewing.objects.select_for_update()
    viewing = rows.filter(pk=viewing_id, user_id=actor.user_id or 0).first()
    if viewing is None:
        raise NotFound()
    return viewing
