"""The wall that somebody acts on: seen by them, not revoked, at the version they looked at."""

from core.actor import Actor
from core.errors import NotFound, StaleVersion
from wall.errors import WallRevoked
from wall.models import WallDevice


def lock_wall(wall_id: int, actor: Actor, version: int | None) -> WallDevice:
    """`version` is None where the last word counts, as with a remote control."""
    rows = WallDevice.objects.visible_to(actor).select_related("scene", "paired_by")
    row = rows.select_for_update(of=("self",)).filter(pk=wall_id).first()
    if row is None:
        raise NotFound()
    if row.state == WallDevice.State.REVOKED:
        raise WallRevoked()
    if version is not None and row.version != version:
        raise StaleVersion(current_version=row.version)
    return row
