"""Celery doors of the register."""

from datetime import timedelta

from celery import shared_task

from registry.actions.building_places import PLACE_TASK, place_buildings
from registry.actions.component_imports import RUN_TASK, take_up_imports
from registry.actions.run_import import run_import

TIMETABLE = {"registry.take_up_imports": timedelta(minutes=1)}


@shared_task(name=RUN_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def run_import_task(import_id: int) -> bool:
    """A file of components that somebody has started."""
    return run_import(import_id)


@shared_task(name="registry.take_up_imports", ignore_result=True)  # type: ignore[untyped-decorator]
def take_up_imports_task() -> int:
    """Imports whose worker was killed, or whose turn nobody noticed."""
    return take_up_imports()


@shared_task(name=PLACE_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def place_buildings_task(grid_ids: list[int]) -> int:
    """Grids that were drawn anew hold other buildings now."""
    return place_buildings(grid_ids)
