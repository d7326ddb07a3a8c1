"""Drawing masks: in which parts of a camera's picture nothing is looked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from core.actor import Actor
from core.errors import StaleVersion
from video.actions.cameras import lock_camera, locked_part, note_zone_change
from video.actions.zone_checks import checked_polygon
from video.errors import invalid
from video.live import publish_camera
from video.models import Camera, CameraLease, Mask
from video.policies import require_camera_admin

MOST_MASKS = 20


@transaction.atomic
def create_mask(
    *, camera_id: int, name: str, polygon: Sequence[Sequence[float]], actor: Actor, hides: bool = False
) -> Mask:
    """A new mask, for all zones of the camera; one that hides is shown to nobody.

    Raises SelfCrossingZone, Invalid, Forbidden.
    """
    camera = lock_camera(camera_id)
    role = require_camera_admin(actor, camera.area_path)
    if camera.masks.count() >= MOST_MASKS:
        raise invalid("name", "too_many", f"最多 {MOST_MASKS} 个屏蔽区。", f"A camera has at most {MOST_MASKS} masks.")
    mask = Mask(camera=camera, name=name, polygon=polygon, hides=hides)
    _check(mask)
    mask.save(force_insert=True)
    _drop_open_still(mask)
    note_zone_change(camera, "draw_mask", role, actor, {"mask": mask.pk, "name": mask.name, "hides": mask.hides})
    return mask


@transaction.atomic
def edit_mask(*, mask_id: int, changes: Mapping[str, Any], actor: Actor, version: int | None = None) -> Mask:
    """Changes name, polygon or whether it hides. Raises StaleVersion when `version` is not the present one."""
    mask = locked_part(Mask, mask_id)
    role = require_camera_admin(actor, mask.camera.area_path)
    if version is not None and version != mask.version:
        raise StaleVersion(current_version=mask.version)
    for field in ("name", "polygon", "hides"):
        if field in changes:
            setattr(mask, field, changes[field])
    _check(mask)
    mask.version += 1
    mask.save()
    _drop_open_still(mask)
    note_zone_change(mask.camera, "edit_mask", role, actor, {"mask": mask.pk, "fields": sorted(changes)})
    return mask


@transaction.atomic
def remove_mask(*, mask_id: int, actor: Actor) -> None:
    """From now on its part of the picture is looked at again."""
    mask = locked_part(Mask, mask_id)
    role = require_camera_admin(actor, mask.camera.area_path)
    note_zone_change(mask.camera, "remove_mask", role, actor, {"mask": mask.pk, "name": mask.name})
    mask.delete()


def _drop_open_still(mask: Mask) -> None:
    """The newest picture was taken before this was hidden: nobody is shown it any more, the next one follows soon.
    Screens that show it are told."""
    if mask.hides:
        CameraLease.objects.filter(camera_id=mask.camera_id).update(still_path="", still_at=None)
        publish_camera(Camera.objects.select_related("lease").get(pk=mask.camera_id))


def _check(mask: Mask) -> None:
    mask.name = mask.name.strip()
    if not mask.name:
        raise invalid("name", "required", "请填写名称。", "A name is needed.")
    if Mask.objects.filter(camera=mask.camera, name=mask.name).exclude(pk=mask.pk).exists():
        raise invalid("name", "duplicate", "该摄像机已有同名屏蔽区。", "This camera has a mask of that name already.")
    mask.polygon = checked_polygon(mask.polygon)
