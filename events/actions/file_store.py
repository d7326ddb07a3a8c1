"""Moving attachments to the site's store, behind the backs of people: nothing waits for it, and nothing needs it.

A file is written to the media folder first, by whoever took it, and its row with it; that never asks the store. From
there it is put into the store and stays where it is until `tidy_media`. Names come from content, so that doing
any of this again changes nothing: a store that was down gets what waited, once.
"""

import hashlib
import logging
import shutil
import socket
import time
import zlib
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from core.alone import alone
from core.files import Store, StoreUnavailable, below_media, store
from events.models import Attachment

log = logging.getLogger(__name__)

_LOCK = 7_120_917
_BATCH = 200
_FOLDERS = ("attachments", "evidence")
_LOOKED_FOR_ELSEWHERE = 20
STAYS_SECONDS = 3600.0
"""A file stays in the media folder for so long after it was last written: it may be just about to be used again."""


RESTS_SECONDS = 60.0
_rests_until = float("-inf")


def store_files(*, seconds: float = 30.0, is_patient: bool = False) -> int:
    """Put what waits in this machine's media folder into the store; the number put. Where the store does not answer it
    is left for the next time; who is patient does not ask it again for a minute, because asking may take seconds."""
    to = store()
    if to is None or (is_patient and time.monotonic() < _rests_until):
        return 0
    with alone(_LOCK, _whose()) as is_mine:
        return _store_waiting(to, time.monotonic() + seconds) if is_mine else 0


def _store_waiting(to: Store, deadline: float) -> int:
    global _rests_until
    put, last, absent = 0, 0, 0
    try:
        while time.monotonic() < deadline:
            rows = list(Attachment.objects.filter(in_store=False, pk__gt=last).order_by("pk")[:_BATCH])
            if not rows:
                break
            for row in rows:
                last = row.pk
                is_here = below_media(row.path) is not None
                absent += not is_here
                if is_here or absent <= _LOOKED_FOR_ELSEWHERE:
                    put += _put(row, to)
        _rests_until = float("-inf")
    except StoreUnavailable as problem:
        _rests_until = time.monotonic() + RESTS_SECONDS
        log.warning("attachments wait in the media folder: the store at %s is %s", to.place(), problem.extra["reason"])
    return put


def _put(row: Attachment, to: Store) -> bool:
    """False where a file of it is on another machine, or the row is gone meanwhile: then nothing is left there."""
    files = _files_of(row)
    for path, content_type in files:
        file = below_media(path)
        if file is not None:
            to.put(path, file, content_type)
        elif not to.holds(path):
            return False
    if Attachment.objects.filter(pk=row.pk).update(in_store=True):
        return True
    for path, _ in files:
        if not _is_used(path):
            to.erase(path)
    return False


def tidy_media(*, stays_seconds: float = STAYS_SECONDS) -> int:
    """Remove files from the media folder that lie in the store, and those that nothing has taken for a day; the number
    removed. Only where there is a store: else the folder is all there is."""
    if store() is None:
        return 0
    removed = 0
    for file in [file for name in _FOLDERS for file in (Path(settings.MEDIA_ROOT) / name).rglob("*") if file.is_file()]:
        age = time.time() - file.stat().st_mtime
        if age < stays_seconds:
            continue
        rows = _using(file.relative_to(settings.MEDIA_ROOT).as_posix())
        states = set(rows.values_list("in_store", flat=True))
        if states == {True} or (not states and age > max(stays_seconds, 24 * 3600)):
            file.unlink(missing_ok=True)
            removed += 1
    return removed


def bring_back() -> int:
    """All that lies in the store comes back to the media folder and is erased there; the number of attachments. For a
    site that gives its store up; while this runs, nothing else may move files.

    Raises StoreUnavailable; what came back until then stays back.
    """
    source = store()
    if source is None:
        return 0
    count = 0
    for row in Attachment.objects.filter(in_store=True).order_by("pk").iterator(chunk_size=_BATCH):
        _fetch(row.path, row.sha256, source)
        if row.thumb_path:
            _fetch(row.thumb_path, Path(row.thumb_path).stem, source)
        Attachment.objects.filter(pk=row.pk).update(in_store=False)
        for path, _ in _files_of(row):
            if not _using(path).filter(in_store=True).exists():
                source.erase(path)
        count += 1
    return count


def erase_file(path: str, *, in_store: bool) -> None:
    """From wherever it lies. Raises StoreUnavailable, before anything is gone."""
    elsewhere = store()
    if in_store and elsewhere is not None:
        elsewhere.erase(path)
    if file := below_media(path):
        file.unlink(missing_ok=True)


def _fetch(path: str, digest: str, source: Store) -> None:
    if below_media(path):
        return
    target = Path(settings.MEDIA_ROOT) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    with source.fetch(path) as content, unfinished.open("wb") as file:
        shutil.copyfileobj(content, file)
    if hashlib.sha256(unfinished.read_bytes()).hexdigest() != digest:
        unfinished.unlink()
        raise StoreUnavailable(reason="failed")
    unfinished.replace(target)


def _files_of(row: Attachment) -> list[tuple[str, str]]:
    files = [(row.path, row.content_type)]
    return [*files, (row.thumb_path, "image/jpeg")] if row.thumb_path else files


def _using(path: str) -> QuerySet[Attachment]:
    return Attachment.objects.filter(Q(path=path) | Q(thumb_path=path))


def _is_used(path: str) -> bool:
    return _using(path).exists()


def _whose() -> int:
    """One mover per media folder at a time: two would only do the same twice."""
    return zlib.crc32(f"{socket.gethostname()}:{settings.MEDIA_ROOT}".encode()) - 2**31
