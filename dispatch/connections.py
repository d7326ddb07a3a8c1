"""What dispatch declares at start-up to the apps below it."""

from dispatch.actions.grid_teams import follow_areas as follow_with_teams
from dispatch.actions.new_areas import follow_areas, workers_in
from dispatch.notices import KINDS
from dispatch.queries.duty import off_duty
from grids.queries.staff import register_workers
from grids.signals import areas_published
from notify.duty import register_duty
from notify.kinds import register_kinds


def connect() -> None:
    """Called once, when the apps are ready."""
    register_kinds(KINDS)
    register_duty(off_duty)
    register_workers(workers_in)
    areas_published.connect(_follow_areas, dispatch_uid="dispatch.follow_areas")


def _follow_areas(moved: dict[str, str], **_: object) -> None:
    follow_areas(moved=moved)
    follow_with_teams(moved=moved)
