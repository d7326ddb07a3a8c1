"""Celery doors of the register of sensors."""

from celery import shared_task

from sensors.actions.sensor_places import PLACE_TASK, place_sensors


@shared_task(name=PLACE_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def place_sensors_task(area_ids: list[int]) -> int:
    """Areas that were drawn anew hold other sensors now."""
    return place_sensors(area_ids)
