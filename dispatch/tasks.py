"""Celery doors of dispatch."""

from datetime import timedelta

from celery import shared_task

from core.clock import now
from dispatch.actions.task_moves import time_out_due

TIMETABLE = {"dispatch.time_out_tasks": timedelta(seconds=10)}


@shared_task(name="dispatch.time_out_tasks", ignore_result=True)  # type: ignore[untyped-decorator]
def time_out_tasks() -> int:
    """Every ten seconds: end the field tasks whose limit has passed."""
    return time_out_due(at=now())
