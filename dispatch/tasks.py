"""Celery doors of dispatch."""

from datetime import timedelta

from celery import shared_task

from core.clock import now
from dispatch.actions.duty_rounds import make_due_rounds
from dispatch.actions.task_moves import time_out_due

TIMETABLE = {"dispatch.time_out_tasks": timedelta(seconds=10), "dispatch.make_due_rounds": timedelta(minutes=10)}


@shared_task(name="dispatch.time_out_tasks", ignore_result=True)  # type: ignore[untyped-decorator]
def time_out_tasks() -> int:
    """Every ten seconds: end the field tasks whose limit has passed."""
    return time_out_due(at=now())


@shared_task(name="dispatch.make_due_rounds", ignore_result=True)  # type: ignore[untyped-decorator]
def send_on_rounds() -> int:
    """Every ten minutes: send people on the patrols that their grids' lists make due."""
    return make_due_rounds(at=now())
