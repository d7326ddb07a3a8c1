"""Keeping what a machine recorded as attachments."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from core.files import below_media
from events.models import Attachment

KEPT_FOR = timedelta(days=30)
"""Recordings that no alert has in the end are erased after this time; for the others see `actions.retention`."""

_CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}


def keep_evidence(
    still_path: str | None, clip_path: str | None, *, at: datetime
) -> tuple[Attachment | None, Attachment | None]:
    """Attachments for a still and a clip that lie below the media folder; None where there is no such file."""
    return _keep(still_path, Attachment.Kind.STILL, at), _keep(clip_path, Attachment.Kind.CLIP, at)


def discard_evidence(*paths: str | None) -> None:
    """Remove recorded files that no alert has taken: a finding that only counts up keeps the first one's pictures."""
    recorded = {path for path in paths if path}
    kept = set(Attachment.objects.filter(path__in=recorded).values_list("path", flat=True))
    for path in recorded - kept:
        if file := below_media(path):
            file.unlink(missing_ok=True)


def _keep(path: str | None, kind: Attachment.Kind, at: datetime) -> Attachment | None:
    if not path:
        return None
    file = below_media(path)
    if file is None:
        return None
    content = file.read_bytes()
    return Attachment.objects.create(
        kind=kind,
        purpose=Attachment.Purpose.EVIDENCE,
        path=file.relative_to(Path(settings.MEDIA_ROOT).resolve()).as_posix(),
        content_type=_CONTENT_TYPES.get(file.suffix.lower(), "application/octet-stream"),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        blurred=True,
        created_at=at,
        erase_after=at + KEPT_FOR,
    )
