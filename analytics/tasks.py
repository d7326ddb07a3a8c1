"""Celery doors of analytics."""

from datetime import timedelta

from celery import shared_task

from analytics.actions.lives import read_new_history
from analytics.actions.risk import judge_risk

TIMETABLE = {
    "analytics.read_new_history": timedelta(minutes=1),
    "analytics.judge_risk": timedelta(hours=1),
}


@shared_task(name="analytics.read_new_history", ignore_result=True)  # type: ignore[untyped-decorator]
def read_new_history_task() -> int:
    """The assessment counts what has happened since."""
    return read_new_history()


@shared_task(name="analytics.judge_risk", ignore_result=True)  # type: ignore[untyped-decorator]
def judge_risk_task() -> int:
    """Where a place is at risk, by what history says now."""
    return judge_risk().found
