"""Celery doors of grids."""

from datetime import timedelta

from celery import shared_task

from grids.actions.draft_moves import bring_into_force

TIMETABLE = {"grids.bring_into_force": timedelta(seconds=10)}


@shared_task(name="grids.bring_into_force", ignore_result=True)  # type: ignore[untyped-decorator]
def bring_into_force_task() -> int:
    """Drafts that were approved for a time that has come; returns how many are in force now."""
    return len(bring_into_force())
