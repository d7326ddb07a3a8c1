"""Celery doors of accounts."""

from datetime import timedelta

from celery import shared_task

from accounts.actions.calendars import follow_calendars

TIMETABLE = {"accounts.follow_calendars": timedelta(seconds=15)}


@shared_task(name="accounts.follow_calendars", ignore_result=True)  # type: ignore[untyped-decorator]
def follow_calendars_task() -> int:
    """Running clocks count by the hours their department keeps now."""
    return follow_calendars()
