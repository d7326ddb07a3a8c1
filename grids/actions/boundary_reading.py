"""Reading a file of boundaries: at once where it is small, by a worker, with progress, where it is not."""

import logging
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from celery import current_app
from django.conf import settings
from django.db import connection, transaction

from core.actor import SYSTEM, SYSTEM_ROLE, Actor
from core.history.record import append
from core.lifecycle import Change
from grids.importing.errors import FileRefused
from grids.importing.file_contents import FileContents, contents_of
from grids.models import BoundaryImport, ImportedShape, ImportState

logger = logging.getLogger(__name__)

SUBJECT_KIND = "boundary_import"
READ_TASK = "grids.read_boundary_file"
FOLDER = "imports"
MOST_ATTEMPTS = 3
_WAITING = (ImportState.RECEIVED, ImportState.READING)
_AT_ONCE = 500
_INTERRUPTED = FileRefused(
    "interrupted",
    "读取多次中断，可能是文件过大、内存不足。请删去无关图层或抽稀后重新上传。",
    "Reading broke off several times, perhaps for want of memory. Remove other layers or simplify it, and send again.",
)


class _Dropped(Exception):
    """Somebody does not want the file any more."""


@transaction.atomic
def keep_contents(source: BoundaryImport, contents: FileContents, actor: Actor, role: str) -> BoundaryImport:
    """A new import of a file that was read already."""
    _tell_contents(source, contents)
    source.state = ImportState.READ
    source.save()
    ImportedShape.objects.bulk_create(_shapes(source, contents), batch_size=_AT_ONCE)
    _note(source, actor, role, "read", "", first=True)
    return source


@transaction.atomic
def hand_over(source: BoundaryImport, file: Path, actor: Actor, role: str) -> BoundaryImport:
    """A new import whose file waits for a worker."""
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{secrets.token_hex(12)}.boundaries"
    shutil.move(file, kept)
    source.state, source.path = ImportState.RECEIVED, str(kept.relative_to(settings.MEDIA_ROOT))
    source.save()
    _note(source, actor, role, "receive", "", first=True)
    _send_on_commit(source.pk)
    return source


def read_file(import_id: int) -> bool:
    """Read a file that waits; True where this call did. May be called any number of times: whoever comes second does
    nothing, and one that was killed begins anew, three times in all.
    """
    with _alone(import_id) as alone:
        source = _begin(import_id) if alone else None
        if source is None:
            return False
        try:
            _read(source)
        except FileRefused as refused:
            _refuse(source, refused)
        except _Dropped:
            ImportedShape.objects.filter(source_id=import_id).delete()
        except Exception:
            if source.attempt < MOST_ATTEMPTS:
                raise
            logger.exception("boundary file %s could not be read", import_id)
            _refuse(source, _INTERRUPTED)
        return True


def take_up_files() -> int:
    """Files whose worker was killed, or whose turn nobody noticed, are sent again. How many there are."""
    waiting = BoundaryImport.objects.filter(state__in=_WAITING).order_by("created_at").values_list("pk", flat=True)
    for import_id in waiting:
        current_app.send_task(READ_TASK, args=[import_id])
    return len(waiting)


def forget_file(source: BoundaryImport) -> None:
    """The file goes with the transaction."""
    if source.path:
        transaction.on_commit(partial((Path(settings.MEDIA_ROOT) / source.path).unlink, missing_ok=True))
        source.path = ""


@transaction.atomic
def _begin(import_id: int) -> BoundaryImport | None:
    source = BoundaryImport.objects.select_for_update().filter(pk=import_id, state__in=_WAITING).first()
    if source is None:
        return None
    if source.attempt >= MOST_ATTEMPTS:
        _refuse(source, _INTERRUPTED)
        return None
    source.shapes.all().delete()
    before, source.state = source.state, ImportState.READING
    source.attempt, source.read, source.total = source.attempt + 1, 0, None
    source.save()
    _note(source, SYSTEM, SYSTEM_ROLE, "begin", before)
    return source


def _read(source: BoundaryImport) -> None:
    contents = _contents(Path(settings.MEDIA_ROOT) / source.path)
    total = sum(len(layer.shapes) for layer in contents.layers)
    read = 0
    waiting = _shapes(source, contents)
    while shapes := list(islice(waiting, _AT_ONCE)):
        with transaction.atomic():
            going = BoundaryImport.objects.filter(pk=source.pk, state=ImportState.READING)
            if not going.update(read=read + len(shapes), total=total):
                raise _Dropped
            ImportedShape.objects.bulk_create(shapes)
        read += len(shapes)
    with transaction.atomic():
        now = BoundaryImport.objects.select_for_update().get(pk=source.pk)
        if now.state != ImportState.READING:
            raise _Dropped
        _tell_contents(now, contents)
        now.state = ImportState.READ
        now.version += 1
        forget_file(now)
        now.save()
        _note(now, SYSTEM, SYSTEM_ROLE, "read", ImportState.READING)


def _contents(kept: Path) -> FileContents:
    """What the file holds. Reading unpacks and renames beside what it reads: it gets a folder of its own, so that the
    file itself stays where one who begins anew finds it.
    """
    with TemporaryDirectory(dir=kept.parent) as folder:
        own = Path(folder) / "received"
        os.link(kept, own)
        return contents_of(own)


@transaction.atomic
def _refuse(source: BoundaryImport, refused: FileRefused) -> None:
    now = BoundaryImport.objects.select_for_update().get(pk=source.pk)
    if now.state not in _WAITING:
        return
    before, now.state = now.state, ImportState.REFUSED
    now.problem = {"reason": refused.extra["reason"], "zh": refused.detail("zh"), "en": refused.detail("en")}
    now.version += 1
    forget_file(now)
    now.shapes.all().delete()
    now.save()
    _note(now, SYSTEM, SYSTEM_ROLE, "refuse", before)


def _tell_contents(source: BoundaryImport, contents: FileContents) -> None:
    first = contents.likeliest
    source.format = contents.format
    source.layers = [layer.told for layer in contents.layers]
    source.layer, source.name_field, source.code_field = first.name, first.name_field, first.code_field


def _shapes(source: BoundaryImport, contents: FileContents) -> Iterator[ImportedShape]:
    for layer in contents.layers:
        for shape in layer.shapes:
            yield ImportedShape(
                source=source, layer=layer.name, number=shape.number, attributes=shape.values, wkb=shape.wkb
            )


def _note(source: BoundaryImport, actor: Actor, role: str, move: str, before: str, *, first: bool = False) -> None:
    facts = {"level": source.level, "sha256": source.sha256, "size": source.size, "format": source.format}
    append(
        subject_kind=SUBJECT_KIND,
        subject_id=source.pk,
        actor=actor,
        change=Change(move=move, from_state=before, to_state=source.state, role=role),
        facts={"root": source.root.path, **facts},
        first=first,
    )


def _send_on_commit(import_id: int) -> None:
    transaction.on_commit(partial(current_app.send_task, READ_TASK, args=[import_id]), robust=True)


@contextmanager
def _alone(import_id: int) -> Iterator[bool]:
    """True where nobody else reads this file; held as long as the connection lives."""
    key = (7_120_938, import_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        got = bool(cursor.fetchone()[0])
        try:
            yield got
        finally:
            if got:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)
