"""Taking a file of boundaries from a request into a folder of its own, in pieces and never more than allowed."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from django.conf import settings

from grids.importing.errors import FileRefused, FileTooLarge

_PIECE_BYTES = 1 << 20


class Pieces(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class ReceivedFile:
    path: Path
    size: int
    sha256: str


@contextmanager
def received(stream: Pieces, announced: int) -> Iterator[ReceivedFile]:
    """The file, for as long as the block lasts. One that is announced too large is refused before it is read; one
    that becomes too large, at that moment."""
    _require_size(announced)
    folder = Path(settings.VAR_DIR) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as name:
        path = Path(name) / "received"
        digest, size = hashlib.sha256(), 0
        with path.open("wb") as file:
            while piece := stream.read(_PIECE_BYTES):
                size += len(piece)
                _require_size(size)
                digest.update(piece)
                file.write(piece)
        if not size:
            raise FileRefused("nothing_sent", "文件是空的，请重新选择。", "The file is empty. Choose another one.")
        yield ReceivedFile(path, size, digest.hexdigest())


def _require_size(size: int) -> None:
    limit = settings.BOUNDARY_UPLOAD_MAX_BYTES
    if size > limit:
        raise FileTooLarge(limit=limit >> 20, limit_bytes=limit)
