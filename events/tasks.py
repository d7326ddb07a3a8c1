"""Celery doors of events."""

import subprocess
import sys
from datetime import timedelta

from celery import shared_task
from django.conf import settings

from core.clock import now
from events.actions.alert_recovery import expire_alerts
from events.actions.alert_shelving import return_shelved
from events.actions.contacts import erase_contacts
from events.actions.escalation_steps import RESCHEDULE_TASK, reschedule_clocks
from events.actions.exports import RUN_TASK, erase_old_exports, take_up_exports
from events.actions.file_store import store_files, tidy_media
from events.actions.numbers import drop_old_sequences
from events.actions.retention import erase_past_their_time
from events.actions.run_export import run_export
from events.actions.self_handling import ask_due_audits
from events.actions.settle import settle_automatically
from events.actions.suspension import resume_due
from events.queries.suggestions import is_due

TRAINING_SECONDS = 3600
TURN_SECONDS = 6.0
"""What goes through many files lets the clocks have their worker back after this, and goes on next time."""
TIMETABLE = {
    "events.settle_automatically": timedelta(seconds=5),
    "events.erase_contacts": timedelta(hours=1),
    "events.resume_suspended": timedelta(minutes=1),
    "events.ask_due_audits": timedelta(minutes=10),
    "events.expire_alerts": timedelta(minutes=1),
    "events.return_shelved": timedelta(seconds=10),
    "events.erase_old_files": timedelta(minutes=10),
    "events.store_files": timedelta(seconds=10),
    "events.tidy_media": timedelta(hours=1),
    "events.take_up_exports": timedelta(minutes=1),
    "events.drop_old_sequences": timedelta(hours=12),
    "events.train_suggestions": timedelta(minutes=30),
}


@shared_task(name="events.expire_alerts", ignore_result=True)  # type: ignore[untyped-decorator]
def expire_alerts_task() -> int:
    """Alerts that are over and acknowledged, and those that nobody decided and nothing was seen of for a day."""
    return expire_alerts()


@shared_task(name="events.return_shelved", ignore_result=True)  # type: ignore[untyped-decorator]
def return_shelved_task() -> int:
    """Alerts whose time on the shelf is over."""
    return return_shelved()


@shared_task(name=RESCHEDULE_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def reschedule_clocks_task(subject_kind: str, clock: str) -> int:
    """Running clocks wait for the thresholds that an administrator has set."""
    return reschedule_clocks(subject_kind, clock)


@shared_task(name="events.erase_old_files", ignore_result=True)  # type: ignore[untyped-decorator]
def erase_old_files_task() -> int:
    """Uploads that no event took, recordings past the days of their kind, and exports past their week."""
    return erase_past_their_time(seconds=TURN_SECONDS) + erase_old_exports()


@shared_task(name="events.store_files", ignore_result=True)  # type: ignore[untyped-decorator]
def store_files_task() -> int:
    """Attachments go from the media folder to the site's store; nothing to do where there is none."""
    return store_files(seconds=TURN_SECONDS, is_patient=True)


@shared_task(name="events.tidy_media", ignore_result=True)  # type: ignore[untyped-decorator]
def tidy_media_task() -> int:
    """What lies in the store need not lie in the media folder for ever."""
    return tidy_media()


@shared_task(name=RUN_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def run_export_task(export_id: int) -> bool:
    """A list that somebody asked for as a file."""
    return run_export(export_id)


@shared_task(name="events.take_up_exports", ignore_result=True)  # type: ignore[untyped-decorator]
def take_up_exports_task() -> bool:
    """Exports whose worker was killed, or whose turn nobody noticed."""
    return take_up_exports()


@shared_task(name="events.train_suggestions", ignore_result=True)  # type: ignore[untyped-decorator]
def train_suggestions_task() -> int:
    """Once a day, and soon after the first start: learn from the events filed since. In a process of its own, whose
    memory goes back when it ends.
    """
    if not is_due(now()):
        return 0
    ran = subprocess.run(
        [sys.executable, "manage.py", "train_suggestions"], cwd=settings.BASE_DIR, check=False, timeout=TRAINING_SECONDS
    )
    return ran.returncode


@shared_task(name="events.drop_old_sequences", ignore_result=True)  # type: ignore[untyped-decorator]
def drop_old_sequences_task() -> int:
    """Number sequences of days that are over."""
    return drop_old_sequences()


@shared_task(name="events.resume_suspended", ignore_result=True)  # type: ignore[untyped-decorator]
def resume_suspended_task() -> int:
    """Suspended events whose day has come."""
    return resume_due()


@shared_task(name="events.erase_contacts", ignore_result=True)  # type: ignore[untyped-decorator]
def erase_contacts_task() -> int:
    """Names and phones of reporters that nobody needs any more."""
    return erase_contacts()


@shared_task(name="events.ask_due_audits", ignore_result=True)  # type: ignore[untyped-decorator]
def ask_due_audits_task() -> int:
    """Self-handled events of the sample that nobody has been asked to look at, or nobody went to."""
    return ask_due_audits()


@shared_task(name="events.settle_automatically", ignore_result=True)  # type: ignore[untyped-decorator]
def settle_automatically_task() -> int:
    """Alerts and events that may go on without a person, above a measured precision; any number of workers at once."""
    return settle_automatically().total()
