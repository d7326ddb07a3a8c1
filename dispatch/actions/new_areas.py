"""What a publication of boundaries does to those who can be sent."""

from collections.abc import Mapping

from dispatch.models import DutyShift, Responder, Team
from grids.queries.locate import location_of
from grids.queries.staff import WorkerCounts


def follow_areas(*, moved: Mapping[str, str]) -> None:
    """Responders, teams and seats of an area that was closed answer for the area that took most of its ground.

    Tasks they hold keep the place they were issued for. Within the publication's transaction.
    """
    for closed, heir in moved.items():
        place = {"area_path": heir, **location_of(heir).keys}
        Responder.objects.filter(area_path=closed).update(**place)
        Team.objects.filter(area_path=closed).update(**place)
        DutyShift.objects.filter(area_path=closed).update(area_path=heir)


def workers_in(paths: list[str]) -> WorkerCounts:
    """path → active grid workers who answer for exactly this area."""
    counts: WorkerCounts = {}
    workers = Responder.objects.active().filter(kind=Responder.Kind.GRID_WORKER, area_path__in=paths)
    for path in workers.values_list("area_path", flat=True):
        counts[path] = counts.get(path, 0) + 1
    return counts
