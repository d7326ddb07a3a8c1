"""Taking photos in: sniffed by their content, drawn anew so that nothing hidden stays in them, named by their hash."""

import hashlib
import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from PIL import Image, ImageOps

from core.actor import Actor
from core.clock import now
from events.errors import FileTooLarge, NotAnImage
from events.models import Attachment

FOLDER = "attachments"
FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 2560
THUMB_SIDE = 320
MOST_PIXELS = 64_000_000
KEPT_UNATTACHED = timedelta(days=1)


def _drawn(picture: Image.Image, longest: int) -> bytes:
    small = picture.copy()
    small.thumbnail((longest, longest))
    target = BytesIO()
    small.save(target, "JPEG", quality=85, optimize=True)
    return target.getvalue()


def _read(file: BinaryIO) -> Image.Image:
    """The picture, upright, without EXIF; NotAnImage where the content is anything else, whatever its name."""
    try:
        picture = Image.open(file, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise NotAnImage()
        picture.load()
        return ImageOps.exif_transpose(picture).convert("RGB")
    except NotAnImage:
        raise
    except Exception as error:  # damaged content breaks the decoders in more ways than they name
        raise NotAnImage() from error


def _write(content: bytes) -> str:
    """Store by hash below the media folder; the path relative to it."""
    name = hashlib.sha256(content).hexdigest()
    path = Path(FOLDER) / name[:2] / f"{name}.jpg"
    target = Path(settings.MEDIA_ROOT) / path
    try:
        os.utime(target)  # says to `tidy_media` that somebody needs it again
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_suffix(".part")
        temporary.write_bytes(content)
        temporary.replace(target)
    return path.as_posix()


def require_size(size: int) -> None:
    if size > settings.UPLOAD_MAX_BYTES:
        raise FileTooLarge(limit_mb=settings.UPLOAD_MAX_BYTES // (1024 * 1024))


@transaction.atomic
def store_photo(*, file: BinaryIO, size: int, actor: Actor) -> Attachment:
    """Keep a photo that belongs to its uploader until an event takes it; unattached ones are erased after a day."""
    require_size(size)
    picture = _read(file)
    content = _drawn(picture, LONGEST_SIDE)
    width, height = _size_within(picture, LONGEST_SIDE)
    at = now()
    return Attachment.objects.create(
        kind=Attachment.Kind.PHOTO,
        path=_write(content),
        thumb_path=_write(_drawn(picture, THUMB_SIDE)),
        content_type="image/jpeg",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        width=width,
        height=height,
        uploader_id=actor.user_id,
        created_at=at,
        erase_after=at + KEPT_UNATTACHED,
    )


def _size_within(picture: Image.Image, longest: int) -> tuple[int, int]:
    small = picture.copy()
    small.thumbnail((longest, longest))
    return small.width, small.height
