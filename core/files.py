"""Where files lie: in the media folder, and in the site's store once they have been moved there.

Names come from content, so a name means the same in both places. Whoever reads takes what is nearer.
"""

from pathlib import Path
from typing import IO, Protocol, cast

from django.conf import settings
from django.core.files.storage import storages

from core.errors import DomainError

ALIAS = "attachments"


class StoreUnavailable(DomainError):
    """`reason`: unreachable, refused, no_bucket, not_allowed, tls or failed."""

    code, status = "file_store_unavailable", 503
    zh = "附件存储暂时无法访问（{reason}），请稍后重试；管理员可运行 manage.py attachment_store check 查看处理办法。"
    en = (
        "The store of attachments cannot be used just now ({reason}). Try again in a moment; "
        "manage.py attachment_store check tells an administrator what to do."
    )


class Store(Protocol):
    """What a store of attachments does; every one of these may raise StoreUnavailable."""

    def put(self, path: str, file: Path, content_type: str) -> None:
        """The same content under the same name again changes nothing."""

    def fetch(self, path: str) -> IO[bytes]:
        """From its beginning. Raises FileNotFoundError."""

    def holds(self, path: str) -> bool: ...

    def erase(self, path: str) -> None:
        """Also where there is none."""

    def place(self) -> str:
        """Host and bucket, for people; without the login."""


def store() -> Store | None:
    """The site's store; None where attachments stay in the media folder."""
    if settings.STORAGES[ALIAS]["BACKEND"].startswith("django."):
        return None
    return cast(Store, storages[ALIAS])


def below_media(path: str) -> Path | None:
    """The file in the media folder; None where there is none, or the path leads out of it."""
    root = Path(settings.MEDIA_ROOT).resolve()
    file = (root / path).resolve()
    return file if file.is_relative_to(root) and file.is_file() else None


def open_file(path: str) -> IO[bytes] | None:
    """Its content from wherever it lies; None where it is nowhere. Raises StoreUnavailable."""
    if file := below_media(path):
        return file.open("rb")
    elsewhere = store()
    if elsewhere is None:
        return None
    try:
        return elsewhere.fetch(path)
    except FileNotFoundError:
        return None
