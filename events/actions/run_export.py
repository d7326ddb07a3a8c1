"""Writing an exported list: by one worker at a time, with progress, and never twice."""

import errno
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from core.actor import SYSTEM, Actor
from core.clock import now
from core.prepared import prepared
from events.actions.exports import lock_owner, note_change, part_of, path_of, send_next
from events.export_lifecycle import EXPORT, ExportMove
from events.exporting.csv_file import CsvWriter
from events.exporting.pdf_file import PdfWriter
from events.exporting.sheet import Sheet, Writer
from events.exporting.xlsx_file import XlsxWriter
from events.live import publish_export
from events.models import ExportJob
from events.queries.exports import listed, row_of, sheet_of, truncated_note

logger = logging.getLogger(__name__)

BATCH = 1000
LOOKS_EVERY = 100
"""Rows between two looks at the clock."""
TOLD_EVERY = timedelta(seconds=1)
WRITERS: dict[str, Callable[[Path, Sheet], Writer]] = {"xlsx": XlsxWriter, "pdf": PdfWriter, "csv": CsvWriter}

BEGINNING = 7_120_916
"""The advisory lock of whoever begins an export: one runs at a time in the whole house, for its worker shares a queue
with the clocks, and a day of reports must not hold them up.
"""
_ONE_AT_A_TIME = prepared("SELECT pg_advisory_xact_lock($1)", count=1, types=("bigint",))


class Stopped(Exception):
    """The export was cancelled, or another run has taken it up: this one leaves nothing."""


def run_export(export_id: int) -> bool:
    """Write the file; True where this call did. May be called any number of times: whoever comes second does nothing.

    Each part is a transaction of its own: the progress is seen while the file is written, and a killed worker leaves a
    running export that `take_up_exports` finds.
    """
    begun = _begin(export_id)
    if begun is None:
        return False
    job, actor = begun
    part = part_of(job)
    try:
        _write(job, actor, part)
    except Stopped:
        logger.info("export %s is not wanted any more", export_id)
        return False
    except Exception as error:
        logger.exception("export %s failed", export_id)
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        with suppress(Stopped):
            _end(job, ExportMove.FAIL, problem=ExportJob.Problem.NO_ROOM if full else ExportJob.Problem.FAULT)
        return False
    finally:
        part.unlink(missing_ok=True)
        with transaction.atomic():
            send_next()
    return True


@transaction.atomic
def _begin(export_id: int) -> tuple[ExportJob, Actor] | None:
    found = ExportJob.objects.filter(pk=export_id, state="queued").values_list("owner_id", flat=True).first()
    if found is None:
        return None
    _ONE_AT_A_TIME.fetch_one((BEGINNING,))
    owner = lock_owner(found)
    job = ExportJob.objects.select_for_update(no_key=True).filter(pk=export_id, state="queued").first()
    if job is None or ExportJob.objects.filter(state="running").exists():
        return None
    at = now()
    if not owner.is_active:
        change = EXPORT.apply(ExportMove.FAIL, job, actor=SYSTEM)
        job.problem, job.ended_at = ExportJob.Problem.NOT_ALLOWED, at
    else:
        change = EXPORT.apply(ExportMove.START, job, actor=SYSTEM)
        job.attempt, job.written, job.started_at, job.seen_at = job.attempt + 1, 0, at, at
    job.save()
    note_change(job, SYSTEM, change)
    return (job, owner.as_actor()) if owner.is_active else None


def _write(job: ExportJob, actor: Actor, part: Path) -> None:
    rows = listed(job, actor)
    job.total = rows.count()
    _tell(job)
    part.parent.mkdir(parents=True, exist_ok=True)
    sheet = sheet_of(job, actor)
    writer = WRITERS[job.format](part, sheet)
    try:
        # One statement behind a cursor of the server: the list is of one moment, and never in memory as a whole.
        for found in rows[: job.most].iterator(chunk_size=BATCH):
            row = row_of(job, found)
            writer.add([column.read(row, sheet.language) for column in sheet.columns])
            job.written += 1
            if job.written % LOOKS_EVERY == 0 and job.seen_at and now() - job.seen_at >= TOLD_EVERY:
                _tell(job)
        _tell(job)
        writer.finish(truncated_note(job))
    except BaseException:
        writer.abandon()
        raise
    target = Path(settings.MEDIA_ROOT) / path_of(job)
    part.replace(target)
    try:
        _end(job, ExportMove.FINISH, path=path_of(job), size=target.stat().st_size)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


@transaction.atomic
def _own(job: ExportJob) -> ExportJob:
    """The row, locked, while it is this run's."""
    mine = ExportJob.objects.filter(pk=job.pk, state="running", attempt=job.attempt)
    held = mine.select_for_update(no_key=True).first()
    if held is None:
        raise Stopped
    return held


@transaction.atomic
def _tell(job: ExportJob) -> None:
    """How far it is, for the owner's screens and as a sign of life."""
    held = _own(job)
    held.total, held.written, held.seen_at = job.total, job.written, now()
    held.version += 1
    held.save(update_fields=["total", "written", "seen_at", "version"])
    publish_export(held, "progress")
    job.seen_at = held.seen_at


@transaction.atomic
def _end(job: ExportJob, move: str, **values: Any) -> None:
    held = _own(job)
    change = EXPORT.apply(move, held, actor=SYSTEM)
    held.written, held.ended_at = job.written, now()
    for name, value in values.items():
        setattr(held, name, value)
    held.save()
    note_change(held, SYSTEM, change)
