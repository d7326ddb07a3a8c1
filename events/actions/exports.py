"""Asking for an export and calling it off, and what happens to old ones."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction

from accounts.models import User
from core.actor import SYSTEM, Actor
from core.clock import now
from core.errors import NotFound
from core.history.record import append
from core.lifecycle import Change
from events.errors import TooManyExports
from events.export_lifecycle import EXPORT, OWNER, ExportMove
from events.live import publish_export
from events.models import ExportJob
from events.models.export_job import EXPORT_KIND

RUN_TASK = "events.run_export"
FOLDER = "exports"
KEPT_FOR = timedelta(days=7)
MOST_QUEUED = 3
MOST_ROWS = {ExportJob.Format.XLSX: 100_000, ExportJob.Format.CSV: 100_000, ExportJob.Format.PDF: 5_000}
MOST_ATTEMPTS = 3
SILENT_FOR = timedelta(minutes=3)
"""A run that gave no sign for so long is taken for dead: putting a long workbook together says nothing for a while."""
WAITS_LONG = timedelta(seconds=30)


@transaction.atomic
def ask_export(
    *,
    actor: Actor,
    kind: str,
    format: str,
    filters: dict[str, Any],
    language: str = "zh",  # noqa: A002
) -> ExportJob:
    """The list as it is filtered now becomes a file in the background; the rights are those of its owner then."""
    if actor.user_id is None:  # files belong to people
        raise NotFound()
    lock_owner(actor.user_id)
    if ExportJob.objects.filter(owner_id=actor.user_id, state="queued").count() >= MOST_QUEUED:
        raise TooManyExports(most=MOST_QUEUED)
    at = now()
    job = ExportJob(
        owner_id=actor.user_id,
        kind=kind,
        format=format,
        filters=filters,
        language=language,
        most=MOST_ROWS[ExportJob.Format(format)],
        created_at=at,
        expires_at=at + KEPT_FOR,
    )
    change = EXPORT.apply(ExportMove.ASK, job, actor=actor, roles=(OWNER,))
    job.save()
    note_change(job, actor, change, first=True)
    send_on_commit(job.pk)
    return job


@transaction.atomic
def cancel_export(*, export_id: int, actor: Actor) -> ExportJob:
    """The owner does not need it any more; a run notices within a second or two, and leaves no file."""
    job = ExportJob.objects.visible_to(actor).select_for_update(no_key=True).filter(pk=export_id).first()
    if job is None:
        raise NotFound()
    change = EXPORT.apply(ExportMove.CANCEL, job, actor=actor, roles=(OWNER,))
    job.ended_at = now()
    job.save()
    note_change(job, actor, change)
    send_next()
    return job


@transaction.atomic
def take_up_exports() -> bool:
    """Runs whose worker died begin again, or are told as failed after the last attempt; True where one that nobody
    thought of was sent.
    """
    at = now()
    silent = ExportJob.objects.filter(state="running", seen_at__lt=at - SILENT_FOR)
    for job in silent.select_for_update(skip_locked=True, no_key=True):
        if job.attempt < MOST_ATTEMPTS:
            change = EXPORT.apply(ExportMove.TAKE_UP, job, actor=SYSTEM)
            job.written = 0
        else:
            change = EXPORT.apply(ExportMove.FAIL, job, actor=SYSTEM)
            job.problem, job.ended_at = ExportJob.Problem.INTERRUPTED, at
        job.save()
        note_change(job, SYSTEM, change)
        transaction.on_commit(partial(part_of(job).unlink, missing_ok=True))
    if ExportJob.objects.filter(state="running").exists():
        return False
    forgotten = ExportJob.objects.filter(state="queued", created_at__lt=at - WAITS_LONG).exists()
    if forgotten:
        send_next()
    return forgotten


@transaction.atomic
def erase_old_exports(*, batch: int = 500) -> int:
    """Erase exports past their time with their files. The number erased."""
    old = list(ExportJob.objects.select_for_update(skip_locked=True).filter(expires_at__lt=now())[:batch])
    ExportJob.objects.filter(pk__in=[job.pk for job in old]).delete()
    for job in old:
        part_of(job).unlink(missing_ok=True)
        if job.path:
            (Path(settings.MEDIA_ROOT) / job.path).unlink(missing_ok=True)
    return len(old)


def lock_owner(owner_id: int) -> User:
    """Whatever begins or counts the exports of a person waits here for the other."""
    return User.objects.select_for_update(no_key=True).get(pk=owner_id)


def path_of(job: ExportJob) -> str:
    """Relative to the media folder; another run writes another file."""
    return f"{FOLDER}/{job.pk}-{job.attempt}.{job.format}"


def part_of(job: ExportJob) -> Path:
    """Where the present run writes until it is complete."""
    return Path(settings.MEDIA_ROOT) / f"{path_of(job)}.part"


def note_change(job: ExportJob, actor: Actor, change: Change, *, first: bool = False) -> None:
    """What was taken away by whom is kept for good; the screens of the owner are told."""
    facts = {"kind": job.kind, "format": job.format, "rows": job.written, "attempt": job.attempt}
    words = {"filters": job.filters} if first else {}
    append(
        subject_kind=EXPORT_KIND,
        subject_id=job.pk,
        actor=actor,
        change=change,
        facts=facts,
        personal=words,
        first=first,
    )
    publish_export(job, change.move)


def send_on_commit(export_id: int) -> None:
    transaction.on_commit(partial(current_app.send_task, RUN_TASK, args=[export_id]), robust=True)


def send_next() -> None:
    """The oldest of those that wait, whosever it is."""
    waiting = ExportJob.objects.filter(state="queued").order_by("created_at", "id")
    next_one = waiting.values_list("pk", flat=True).first()
    if next_one is not None:
        send_on_commit(next_one)
