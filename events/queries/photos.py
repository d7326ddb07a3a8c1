"""Pictures of events from before anybody handled them: are there any, and for the phone of who holds a task."""

from collections.abc import Collection
from typing import Any

from events.models import Attachment, Event
from events.queries.rows import attachment_shape

BEFORE = (
    Attachment.Purpose.EVIDENCE,
    Attachment.Purpose.REPORT,
    Attachment.Purpose.VERIFICATION,
    Attachment.Purpose.BEFORE,
)
"""What shows the place as it was found: a phone's report, what a verification brought, what a camera saw."""
PICTURES = (Attachment.Kind.PHOTO, Attachment.Kind.STILL)


def shows_before(event: Event) -> bool:
    """Is there a picture of how it was found? One statement."""
    return Attachment.objects.filter(event=event, purpose__in=BEFORE, kind__in=PICTURES).exists()


def before_photos_of(event_ids: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """event id → its pictures from before the handling, oldest first; one statement."""
    rows = Attachment.objects.filter(event_id__in=event_ids, purpose__in=BEFORE, kind__in=PICTURES).order_by("id")
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows.select_related("uploader"):
        if row.event_id is not None:
            found.setdefault(row.event_id, []).append(
                attachment_shape(row, row.uploader.name if row.uploader else None)
            )
    return found
