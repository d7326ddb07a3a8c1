"""The kernel's doors for Celery."""

from datetime import timedelta

from celery import shared_task

from core.api.idempotency import erase_old_answers
from core.clock import now
from core.deadlines.firing import fire_crossed
from core.history.seal import seal_finished_rows
from core.live.latest import forget_old_values

TIMETABLE = {
    "core.fire_deadlines": timedelta(seconds=2),
    "core.seal_history": timedelta(minutes=1),
    "core.forget_old_latest_values": timedelta(minutes=10),
    "core.erase_old_answers": timedelta(hours=1),
}


@shared_task(name="core.fire_deadlines", ignore_result=True)  # type: ignore[untyped-decorator]
def fire_deadlines() -> None:
    """Fire every threshold that has been crossed."""
    while fire_crossed(at=now()):
        pass


@shared_task(name="core.seal_history", ignore_result=True)  # type: ignore[untyped-decorator]
def seal_history() -> None:
    seal_finished_rows()


@shared_task(name="core.erase_old_answers", ignore_result=True)  # type: ignore[untyped-decorator]
def erase_old_idempotency_answers() -> None:
    erase_old_answers()


@shared_task(name="core.forget_old_latest_values", ignore_result=True)  # type: ignore[untyped-decorator]
def forget_old_latest_values() -> None:
    forget_old_values()
