"""What the register of sensors hears from the apps below it."""

from functools import partial

from celery import current_app
from django.db import transaction

from grids.signals import areas_published
from sensors.actions.sensor_places import PLACE_TASK


def connect() -> None:
    """Called once, when the apps are ready."""
    areas_published.connect(_areas_published, dispatch_uid="sensors.place_sensors")


def _areas_published(touched: list[int], **_: object) -> None:
    """After the publication, not within it: it must not wait for the sensors of a whole district."""
    if touched:
        transaction.on_commit(partial(current_app.send_task, PLACE_TASK, args=[touched]), robust=True)
