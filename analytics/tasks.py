"""Celery doors of analytics."""

from datetime import timedelta

from celery import shared_task

from analytics.actions.lives import read_new_history

TIMETABLE = {"analytics.read_new_history": timedelta(minutes=1)}


@shared_task(name="analytics.read_new_history", ignore_result=True)  # type: ignore[untyped-decorator]
def read_new_history_task() -> int:
    """The assessment counts what has happened since."""
    return read_new_history()
