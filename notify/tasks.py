"""Celery doors of notify."""

from datetime import timedelta

from celery import shared_task

from notify.actions.deliver import send_due
from notify.actions.expand import expand_notices
from notify.actions.receipts import erase_old_messages

TIMETABLE = {
    "notify.expand": timedelta(seconds=1),
    "notify.send_due": timedelta(seconds=5),
    "notify.erase_old": timedelta(hours=1),
}


@shared_task(name="notify.expand", ignore_result=True)  # type: ignore[untyped-decorator]
def expand() -> None:
    """Messages of all waiting notices."""
    while expand_notices():
        pass


@shared_task(name="notify.send_due", ignore_result=True)  # type: ignore[untyped-decorator]
def send() -> None:
    """Whatever is due on the channels that leave the house."""
    while send_due():
        pass


@shared_task(name="notify.erase_old", ignore_result=True)  # type: ignore[untyped-decorator]
def erase_old() -> int:
    """Messages past their time."""
    return erase_old_messages()
