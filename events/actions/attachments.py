"""Handing uploads to an event."""

from collections.abc import Collection

from core.actor import Actor
from events.errors import UnknownAttachment
from events.models import Attachment, Event


def attach(ids: Collection[int], *, event: Event, purpose: str, actor: Actor) -> list[Attachment]:
    """Give the actor's own unattached uploads to the event; UnknownAttachment where one is missing or another's."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    uploads = Attachment.objects.select_for_update().filter(pk__in=wanted, event=None)
    if not actor.is_system:
        uploads = uploads.filter(uploader_id=actor.user_id)
    found = list(uploads.order_by("pk"))
    if len(found) != len(wanted):
        raise UnknownAttachment(ids=sorted(set(wanted) - {row.pk for row in found}))
    for row in found:
        row.event, row.purpose, row.erase_after = event, purpose, None
    Attachment.objects.bulk_update(found, ["event", "purpose", "erase_after"])
    return found
