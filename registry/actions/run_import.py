"""Reading a file of components into the register: batch by batch beside it, then all of it at once."""

import csv
import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from numpy.typing import NDArray

from core.actor import SYSTEM, Actor
from core.clock import now
from core.errors import Language
from grids.actions.datasets import COMPONENTS, mark_changed
from registry.actions.component_imports import fault_row, note_change, owner_of, send_next, work_lock
from registry.component_policies import is_steward
from registry.errors import ImportUnreadable
from registry.import_lifecycle import IMPORT, ImportMove
from registry.importing.faults import Fault
from registry.importing.ground import Ground, ground_for
from registry.importing.staging import Staging
from registry.importing.tables import Table, open_table
from registry.importing.understanding import understand
from registry.models import ComponentImport

logger = logging.getLogger(__name__)

BATCH = 50_000
KEPT_FAULTS = 100
MOST_FAULTS_WRITTEN = 200_000
FAULT_HEADINGS = {
    "zh": ("行", "列", "原值", "问题"),
    "en": ("row", "column", "value", "what is wrong"),
}


class Stopped(Exception):
    """The import was cancelled: what was read is thrown away."""


def run_import(import_id: int, *, language: Language = "zh", batch: int = BATCH) -> bool:
    """Bring the file in; True where this call did. May be called any number of times: whoever comes second does
    nothing. Each batch is a transaction beside the register; the merge is one, so the register is never half changed,
    and a run that was killed begins anew.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", work_lock(import_id))
        if not cursor.fetchone()[0]:
            return False
    try:
        begun = _begin(import_id)
        return begun is not None and _run(*begun, language=language, batch=batch)
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", work_lock(import_id))
        with suppress(DatabaseError), transaction.atomic():
            send_next()


@transaction.atomic
def _begin(import_id: int) -> tuple[ComponentImport, Actor] | None:
    job = ComponentImport.objects.select_for_update(no_key=True).filter(pk=import_id, state="queued").first()
    if job is None or ComponentImport.objects.filter(state="running").exists():
        return None
    owner = owner_of(job)
    actor = owner.as_actor()
    job.started_at = job.seen_at = now()
    if not owner.is_active or not is_steward(actor):
        change = IMPORT.apply(ImportMove.FAIL, job, actor=SYSTEM)
        job.problem, job.ended_at = ComponentImport.Problem.NOT_ALLOWED, now()
    else:
        change = IMPORT.apply(ImportMove.RUN, job, actor=SYSTEM)
        job.attempt, job.read, job.refused = job.attempt + 1, 0, 0
    job.save()
    note_change(job, SYSTEM, change)
    return (job, actor) if job.state == "running" else None


def _run(job: ComponentImport, actor: Actor, *, language: Language, batch: int) -> bool:
    staging = Staging(job.pk)
    faults_path = Path(settings.MEDIA_ROOT) / f"{job.path}.faults.csv"
    try:
        with faults_path.open("w", encoding="utf-8-sig", newline="") as file:
            faults = _FaultBook(csv.writer(file), language)
            told = _stage(job, actor, staging, faults, batch)
        _finish(job, staging, told, faults, faults_path)
    except Stopped:
        logger.info("import %s is not wanted any more", job.pk)
        faults_path.unlink(missing_ok=True)
        return False
    except ImportUnreadable as refused:
        _fail(job, ComponentImport.Problem.UNREADABLE, refused.detail(language))
        return False
    except Exception:
        logger.exception("import %s failed", job.pk)
        _fail(job, ComponentImport.Problem.FAULT, "")
        return False
    finally:
        with suppress(DatabaseError):
            staging.drop()
    (Path(settings.MEDIA_ROOT) / job.path).unlink(missing_ok=True)
    return True


class _FaultBook:
    """Refused rows: all of them into a file, the first ones onto the job."""

    def __init__(self, writer: Any, language: Language) -> None:
        self.first: list[dict[str, Any]] = []
        self.rows = 0
        self._writer, self._language = writer, language
        writer.writerow(FAULT_HEADINGS[language])

    def add(self, found: list[Fault]) -> None:
        for fault in found:
            row = fault_row(fault, self._language)
            if len(self.first) < KEPT_FAULTS:
                self.first.append(row)
            if self.rows < MOST_FAULTS_WRITTEN:
                self._writer.writerow([row["row"], row["column"], _harmless(row["value"]), row["message"]])
            self.rows += 1


def _stage(job: ComponentImport, actor: Actor, staging: Staging, faults: _FaultBook, batch: int) -> frozenset[str]:
    """All good rows beside the register; the keys of the columns that the file has."""
    _, table = open_table(Path(settings.MEDIA_ROOT) / job.path)
    if not table.is_readable:
        raise ImportUnreadable(problem_zh="表头有误。", problem_en="The headings are wrong.")
    titles = {column.key: title for _, column, title in table.columns}
    ground = ground_for(actor)
    codes: list[NDArray[np.int64]] = []
    rows: list[NDArray[np.int64]] = []
    staging.create()
    with _without_collecting():
        _read(job, table, ground, staging, faults, titles, codes, rows, batch)
    title = titles.get("code", "code")
    if not ground.may.all():
        faults.add(
            [Fault(row, title, "held_elsewhere", code) for row, code in staging.drop_held_elsewhere(ground.kept)]
        )
    repeated = _repeated(codes, rows)
    if repeated:
        later = staging.drop_later_ones(staging.codes_at(repeated))
        faults.add([Fault(row, title, "duplicate_in_file", code, str(first)) for row, code, first in later])
    return frozenset(titles)


def _read(
    job: ComponentImport,
    table: Table,
    ground: Ground,
    staging: Staging,
    faults: _FaultBook,
    titles: dict[str, str],
    codes: list[NDArray[np.int64]],
    rows: list[NDArray[np.int64]],
    batch: int,
) -> None:
    for found in table.batches(batch):
        understood = understand(found, ground, datum=job.datum, titles=titles)
        codes.append(understood.codes)
        rows.append(understood.row_numbers)
        faults.add(understood.faults)
        with transaction.atomic():
            if understood.count:
                staging.add(understood.lines)
            _tell(job, read=understood.count + len(understood.faults), refused=faults.rows)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Rows come and go by hundreds of thousands and refer to nothing in circles: looking for such costs a third."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _repeated(codes: list[NDArray[np.int64]], rows: list[NDArray[np.int64]]) -> list[int]:
    """Rows whose code stands in another one too."""
    every = np.concatenate(codes) if codes else np.empty(0, np.int64)
    order = np.argsort(every, kind="stable")
    same = every[order][1:] == every[order][:-1]
    numbers = np.concatenate(rows)[order] if rows else every
    found: list[int] = np.unique(np.concatenate([numbers[:-1][same], numbers[1:][same]])).tolist() if len(every) else []
    return found


@transaction.atomic
def _finish(
    job: ComponentImport, staging: Staging, told: frozenset[str], faults: _FaultBook, faults_path: Path
) -> None:
    """The merge and what is told of it, together."""
    held = _held(job)
    merged = staging.merge(told)
    change = IMPORT.apply(ImportMove.FINISH, held, actor=SYSTEM)
    held.created, held.updated, held.unchanged = merged.created, merged.updated, merged.unchanged
    held.refused, held.faults = faults.rows, faults.first
    held.total = held.read
    held.ended_at = held.seen_at = now()
    if faults.rows:
        held.faults_path = str(faults_path.relative_to(settings.MEDIA_ROOT))
    else:
        transaction.on_commit(lambda: faults_path.unlink(missing_ok=True))
    held.save()
    note_change(held, SYSTEM, change)
    mark_changed(COMPONENTS)


def _held(job: ComponentImport) -> ComponentImport:
    """The row, locked, while it is this run's."""
    mine = ComponentImport.objects.filter(pk=job.pk, state="running", attempt=job.attempt)
    held = mine.select_for_update(no_key=True).first()
    if held is None:
        raise Stopped
    return held


def _tell(job: ComponentImport, *, read: int, refused: int) -> None:
    held = _held(job)
    held.read, held.refused, held.seen_at = held.read + read, refused, now()
    held.version += 1
    held.save(update_fields=["read", "refused", "seen_at", "version"])


@transaction.atomic
def _fail(job: ComponentImport, problem: str, detail: str) -> None:
    with suppress(Stopped):
        held = _held(job)
        change = IMPORT.apply(ImportMove.FAIL, held, actor=SYSTEM)
        held.problem, held.detail, held.ended_at = problem, detail[:300], now()
        held.save()
        note_change(held, SYSTEM, change)


def _harmless(value: str) -> str:
    """A value that a spreadsheet would take for a formula is shown as text."""
    return f"'{value}" if value.startswith(("=", "+", "@", "-")) and not value[1:2].isdigit() else value
