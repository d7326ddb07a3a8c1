"""Celery doors of grids."""

from datetime import timedelta

from celery import shared_task

from grids.actions.boundary_reading import READ_TASK, read_file, take_up_files
from grids.actions.draft_moves import bring_into_force
from grids.actions.unit_grids import MAP_TASK, RUN_TASK, make_for_run, map_unit_grids

TIMETABLE = {
    "grids.bring_into_force": timedelta(seconds=10),
    "grids.take_up_boundary_files": timedelta(minutes=1),
}


@shared_task(name="grids.bring_into_force", ignore_result=True)  # type: ignore[untyped-decorator]
def bring_into_force_task() -> int:
    """Drafts that were approved for a time that has come; returns how many are in force now."""
    return len(bring_into_force())


@shared_task(name=RUN_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def make_unit_grids_task(run_id: int) -> None:
    """Unit grids that somebody asked for, community by community."""
    make_for_run(run_id)


@shared_task(name=MAP_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def map_unit_grids_task(community_ids: list[int]) -> None:
    """A publication gave these communities other governance grids: the shares of their unit grids are reckoned anew."""
    map_unit_grids(community_ids)


@shared_task(name=READ_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def read_boundary_file_task(import_id: int) -> bool:
    """A file of boundaries that is too large to be read while somebody waits for the answer."""
    return read_file(import_id)


@shared_task(name="grids.take_up_boundary_files", ignore_result=True)  # type: ignore[untyped-decorator]
def take_up_boundary_files_task() -> int:
    """Files whose worker was killed, or whose turn nobody noticed."""
    return take_up_files()
