"""Celery doors of events."""

from datetime import timedelta

from celery import shared_task

from events.actions.alert_decisions import expire_alerts
from events.actions.numbers import drop_old_sequences
from events.actions.uploads import erase_old_files

TIMETABLE = {
    "events.expire_alerts": timedelta(minutes=5),
    "events.erase_old_files": timedelta(hours=1),
    "events.drop_old_sequences": timedelta(hours=12),
}


@shared_task(name="events.expire_alerts", ignore_result=True)  # type: ignore[untyped-decorator]
def expire_alerts_task() -> int:
    """Open alerts that nobody decided and nothing was seen of for a day."""
    return expire_alerts()


@shared_task(name="events.erase_old_files", ignore_result=True)  # type: ignore[untyped-decorator]
def erase_old_files_task() -> int:
    """Uploads that no event took, and evidence past its retention."""
    return erase_old_files()


@shared_task(name="events.drop_old_sequences", ignore_result=True)  # type: ignore[untyped-decorator]
def drop_old_sequences_task() -> int:
    """Number sequences of days that are over."""
    return drop_old_sequences()
