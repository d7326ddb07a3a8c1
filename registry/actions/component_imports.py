"""Bringing a file of components, looking at it, starting and calling off its import."""

import os
import secrets
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from celery import current_app
from django.conf import settings
from django.db import connection, transaction

from accounts.models import User
from core.actor import SYSTEM, Actor
from core.clock import now
from core.errors import Language, NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from registry.component_policies import require_any_steward
from registry.errors import ImportHasNothing, ImportTooLarge, TooManyImports
from registry.import_lifecycle import IMPORT, OWNER, ImportMove
from registry.importing.ground import ground_for
from registry.importing.tables import Table, open_table
from registry.importing.understanding import understand
from registry.models import IMPORT_KIND, ComponentImport

RUN_TASK = "registry.run_import"
FOLDER = "imports"
MOST_WAITING = 3
MOST_ATTEMPTS = 3
LOOKED_AT = 1000
SHOWN_ROWS, SHOWN_FAULTS = 20, 50


def bring_file(
    *, file: BinaryIO, name: str, size: int, datum: str, actor: Actor, language: Language
) -> ComponentImport:
    """The file is kept and looked at; nothing of it is in the register yet. ImportUnreadable where it is no table."""
    require_any_steward(actor)
    if actor.user_id is None:
        raise NotFound()
    if size > settings.COMPONENT_UPLOAD_MAX_BYTES:
        raise ImportTooLarge(limit_mb=settings.COMPONENT_UPLOAD_MAX_BYTES // 1024 // 1024)
    if ComponentImport.objects.filter(owner_id=actor.user_id, state__in=("queued", "running")).count() >= MOST_WAITING:
        raise TooManyImports(most=MOST_WAITING)
    path = _keep(file)
    try:
        return record_file(path=path, name=name, datum=datum, actor=actor, language=language)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@transaction.atomic
def record_file(*, path: Path, name: str, datum: str, actor: Actor, language: Language) -> ComponentImport:
    """A file below the media folder becomes an import that waits to be started."""
    format_, table = open_table(path)
    assert actor.user_id is not None
    job = ComponentImport(
        owner_id=actor.user_id,
        file_name=name[-120:],
        format=format_,
        datum=datum,
        path=str(path.relative_to(settings.MEDIA_ROOT)),
        size=path.stat().st_size,
        total=table.total,
        preview=preview_of(table, datum=datum, actor=actor, language=language),
        created_at=now(),
    )
    change = IMPORT.apply(ImportMove.BRING, job, actor=actor, roles=(OWNER,))
    job.save()
    note_change(job, actor, change, first=True)
    return job


@transaction.atomic
def start_import(*, import_id: int, version: int, actor: Actor) -> ComponentImport:
    """The owner has looked at it: the rows go into the register in the background."""
    job = _own(import_id, actor)
    require_any_steward(actor)
    if job.version != version:
        raise StaleVersion(current_version=job.version)
    if not job.preview.get("may_start"):
        raise ImportHasNothing()
    change = IMPORT.apply(ImportMove.START, job, actor=actor, roles=(OWNER,))
    job.save()
    note_change(job, actor, change)
    send_on_commit(job.pk)
    return job


@transaction.atomic
def cancel_import(*, import_id: int, actor: Actor) -> ComponentImport:
    """Not wanted any more. One that runs notices at its next batch; the register is as it was."""
    job = _own(import_id, actor)
    change = IMPORT.apply(ImportMove.CANCEL, job, actor=actor, roles=(OWNER,))
    job.ended_at = now()
    job.save()
    note_change(job, actor, change)
    transaction.on_commit(partial((Path(settings.MEDIA_ROOT) / job.path).unlink, missing_ok=True))
    return job


@transaction.atomic
def take_up_imports() -> int:
    """An import whose worker died begins again, or is told as failed; whether one runs is told by its lock. How many
    were sent.
    """
    sent = 0
    for job in ComponentImport.objects.filter(state="running").select_for_update(skip_locked=True):
        if _is_at_work(job.pk):
            continue
        if job.attempt < MOST_ATTEMPTS:
            change = IMPORT.apply(ImportMove.TAKE_UP, job, actor=SYSTEM)
        else:
            change = IMPORT.apply(ImportMove.FAIL, job, actor=SYSTEM)
            job.problem, job.ended_at = ComponentImport.Problem.INTERRUPTED, now()
        job.save()
        note_change(job, SYSTEM, change)
    if not ComponentImport.objects.filter(state="running").exists():
        sent += send_next()
    return sent


def preview_of(table: Table, *, datum: str, actor: Actor, language: Language) -> dict[str, Any]:
    """What the first rows say, and what is wrong with them or with the headings."""
    titles = {column.key: title for _, column, title in table.columns}
    faults, rows = list(table.faults), []
    if table.is_readable:
        batch = next(table.batches(LOOKED_AT), None)
        if batch is not None:
            faults += understand(batch, ground_for(actor), datum=datum, titles=titles).faults
            shown = range(min(SHOWN_ROWS, len(batch.rows)))
            rows = [{key: values[at] for key, values in batch.texts.items()} for at in shown]
            if batch.lng is not None and batch.lat is not None:
                for at in shown:
                    rows[at] |= {"lng": f"{batch.lng[at]:.6f}", "lat": f"{batch.lat[at]:.6f}"}
    return {
        "columns": [{"key": column.key, "title": title, "column": column.zh} for _, column, title in table.columns],
        "ignored": table.ignored,
        "rows": rows,
        "faults": [fault_row(fault, language) for fault in faults[:SHOWN_FAULTS]],
        "may_start": table.is_readable and bool(rows or table.total),
    }


def fault_row(fault: Any, language: Language) -> dict[str, Any]:
    return {
        "row": fault.row,
        "column": fault.column,
        "code": fault.code,
        "message": fault.message(language),
        "value": fault.value,
    }


def note_change(job: ComponentImport, actor: Actor, change: Change, *, first: bool = False) -> None:
    """Who brought what into the register is kept for good."""
    counts = {name: getattr(job, name) for name in ("read", "created", "updated", "unchanged", "refused")}
    append(
        subject_kind=IMPORT_KIND,
        subject_id=job.pk,
        actor=actor,
        change=change,
        facts={"format": job.format, "size": job.size, "attempt": job.attempt, **counts},
        personal={"file": job.file_name} if first else {},
        first=first,
    )


def send_on_commit(import_id: int) -> None:
    transaction.on_commit(partial(current_app.send_task, RUN_TASK, args=[import_id]), robust=True)


def send_next() -> int:
    """The oldest of those that wait."""
    waiting = ComponentImport.objects.filter(state="queued").order_by("created_at", "id")
    next_one = waiting.values_list("pk", flat=True).first()
    if next_one is None:
        return 0
    send_on_commit(next_one)
    return 1


def work_lock(import_id: int) -> tuple[int, int]:
    """The advisory lock that a run holds as long as its connection lives."""
    return 7_120_935, import_id


def _is_at_work(import_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", work_lock(import_id))
        return not cursor.fetchone()[0]


def _own(import_id: int, actor: Actor) -> ComponentImport:
    job = ComponentImport.objects.visible_to(actor).select_for_update(no_key=True).filter(pk=import_id).first()
    if job is None:
        raise NotFound()
    return job


def _keep(file: BinaryIO) -> Path:
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{secrets.token_hex(12)}.part"
    with path.open("wb") as kept:
        while chunk := file.read(1024 * 1024):
            kept.write(chunk)
        kept.flush()
        os.fsync(kept.fileno())
    return path


def owner_of(job: ComponentImport) -> User:
    return User.objects.get(pk=job.owner_id)
