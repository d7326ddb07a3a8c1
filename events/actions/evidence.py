"""Keeping what a machine recorded as attachments."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from events.models import Attachment

KEPT_FOR = timedelta(days=30)
"""Evidence of alerts that lead to no event is erased after this time."""

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


def _keep(path: str | None, kind: Attachment.Kind, at: datetime) -> Attachment | None:
    if not path:
        return None
    root = Path(settings.MEDIA_ROOT).resolve()
    file = (root / path).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        return None
    content = file.read_bytes()
    return Attachment.objects.create(
        kind=kind,
        purpose=Attachment.Purpose.EVIDENCE,
        path=file.relative_to(root).as_posix(),
        content_type=_CONTENT_TYPES.get(file.suffix.lower(), "application/octet-stream"),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        blurred=True,
        created_at=at,
        erase_after=at + KEPT_FOR,
    )
