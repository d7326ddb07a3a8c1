"""Who can be sent: the one who answers for a grid, and the nearest on duty (PostGIS, nearest first by index)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.gis.db.models import PointField
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.db.models import Exists, F, FloatField, Func, OuterRef, Q, QuerySet, Value

from core.clock import now
from dispatch.models import DutyShift, FieldTask, Position, Responder
from dispatch.models.responder import ResponderQuerySet
from grids.queries.lineage import heir_of
from grids.queries.neighbours import neighbours_of

Kind = Responder.Kind


@dataclass(frozen=True)
class NearResponder:
    """A responder with the straight-line distance in metres; `busy_with` is the title of the open task longest held."""

    responder: Responder
    lng: float
    lat: float
    position_at: datetime
    distance_m: int
    on_duty: bool
    busy_with: str | None


class Nearness(Func):
    """The KNN operator, which the index on geography serves."""

    template = "%(expressions)s"
    arg_joiner = " <-> "
    output_field = FloatField()


def responsible_worker(grid_path: str, *, exclude_user_ids: Collection[int] = ()) -> Responder | None:
    """The grid worker who answers for exactly this grid, first appointed first; on duty or not.

    For a grid that was merged away: who answers for the one that took its ground.
    """
    workers = Responder.objects.active().filter(kind=Kind.GRID_WORKER)
    workers = workers.exclude(user_id__in=list(exclude_user_ids)).order_by("id")
    found = workers.filter(area_path=grid_path).first()
    if found is None and (heir := heir_of(grid_path)) is not None:
        found = workers.filter(area_path=heir).first()
    return found


def nearest(
    lng: float,
    lat: float,
    limit: int = 10,
    kinds: Collection[str] | None = None,
    on_duty: bool = True,
    exclude_user_ids: Collection[int] = (),
    among: ResponderQuerySet | None = None,
    called: str = "",
) -> list[NearResponder]:
    """The responders nearest to a point (degrees), nearest first: two statements.

    Only those with a position; with `on_duty`, only those on duty now; `among` narrows to a scope,
    `called` to names with these words in them.
    """
    here, at = Point(lng, lat, srid=4326), now()
    on_shift = Exists(DutyShift.objects.covering(at).filter(responder=OuterRef("responder_id")))
    positions = Position.objects.filter(responder__is_active=True).annotate(is_on_duty=on_shift)
    if on_duty:
        positions = positions.filter(is_on_duty=True)
    if kinds is not None:
        positions = positions.filter(responder__kind__in=list(kinds))
    if exclude_user_ids:
        positions = positions.exclude(responder__user_id__in=list(exclude_user_ids))
    if among is not None:
        positions = positions.filter(responder__in=among)
    if called:
        positions = positions.filter(responder__name__icontains=called)
    place = Value(here, output_field=PointField(geography=True, srid=4326))
    rows = list(
        positions.select_related("responder__unit", "responder__user", "responder__team")
        .annotate(distance=Distance("point", here))
        .order_by(Nearness(F("point"), place))[:limit]
    )
    busy = busy_with([row.responder_id for row in rows])
    return [
        NearResponder(
            responder=row.responder,
            lng=row.point.x,
            lat=row.point.y,
            position_at=row.at,
            distance_m=round(row.distance.m),
            on_duty=row.is_on_duty,
            busy_with=busy.get(row.responder_id),
        )
        for row in rows
    ]


def busy_with(responder_ids: Collection[int]) -> dict[int, str]:
    """responder id → title of the open task it has held longest."""
    open_tasks = FieldTask.objects.open().filter(assignee_id__in=list(responder_ids)).order_by("-issued_at", "-id")
    return dict(open_tasks.values_list("assignee_id", "title"))


def choose_verifier(
    *, area_path: str, lng: float, lat: float, exclude_user_ids: Collection[int] = ()
) -> Responder | None:
    """Who verifies at this place: the grid's responsible worker on duty, else the nearest on duty of the grids around
    it, else the nearest grid worker on duty.

    With nobody on duty the responsible worker is asked all the same; None where the grid has none.
    """
    responsible = responsible_worker(area_path, exclude_user_ids=exclude_user_ids)
    if responsible is not None and is_on_duty(responsible.pk):
        return responsible
    around = neighbours_of(area_path)
    known = Responder.objects.filter(area_path__in=around)
    found = nearest(lng, lat, 1, [Kind.GRID_WORKER], True, exclude_user_ids, known) if around else []
    found = found or nearest(lng, lat, 1, [Kind.GRID_WORKER], exclude_user_ids=exclude_user_ids)
    return found[0].responder if found else responsible


def choose_checker(
    *, area_path: str, lng: float, lat: float, exclude_user_ids: Collection[int] = ()
) -> Responder | None:
    """Who checks the result: the nearest collector on duty who is not one of the handlers.

    With none on duty, a collector whose area covers the place; None where there is none either.
    """
    found = nearest(lng, lat, 1, [Kind.COLLECTOR], exclude_user_ids=exclude_user_ids)
    return found[0].responder if found else _covering(area_path, Kind.COLLECTOR, exclude_user_ids).first()


def is_on_duty(responder_id: int) -> bool:
    return Responder.objects.active().on_duty(now()).filter(pk=responder_id).exists()


def _covering(area_path: str, kind: str, exclude_user_ids: Collection[int]) -> QuerySet[Responder]:
    """Responders whose area covers `area_path`, those of the smallest area first."""
    labels = area_path.split(".")
    ancestors = [".".join(labels[: depth + 1]) for depth in range(len(labels))]
    found = Responder.objects.active().filter(Q(area_path__in=ancestors), kind=kind)
    return found.exclude(user_id__in=list(exclude_user_ids)).order_by("-area_path", "id")
