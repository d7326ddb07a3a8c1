"""Who comes for a place: the grid's own workers on duty, else those of the grids around it, else the nearest."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point

from core.clock import now
from dispatch.models import Position, Responder
from dispatch.models.responder import ResponderQuerySet
from dispatch.queries.responders import Kind, busy_with, nearest
from grids.queries.neighbours import neighbours_of

Relation = Literal["own", "neighbour", "nearest"]
FAR = 10_000_000


@dataclass(frozen=True)
class Answerer:
    """Somebody on duty; `distance_m` is None where no position is known."""

    responder: Responder
    of: Relation
    distance_m: int | None
    busy_with: str | None


def answering(
    *,
    grid_path: str,
    lng: float,
    lat: float,
    limit: int = 5,
    exclude_user_ids: Collection[int] = (),
    among: ResponderQuerySet | None = None,
) -> list[Answerer]:
    """Grid workers on duty for a place (degrees): own grid first, then the neighbours, then the nearest of all.

    Within each, the nearest first and those whose position is not known last. A place outside every grid has only the
    nearest. `among` narrows to what somebody may see.
    """
    neighbours = neighbours_of(grid_path)
    workers = (Responder.objects if among is None else among).active().on_duty(now()).filter(kind=Kind.GRID_WORKER)
    close = list(
        workers.filter(area_path__in=[grid_path, *neighbours])
        .exclude(user_id__in=list(exclude_user_ids))
        .select_related("unit", "user", "team")
    )
    here = Point(lng, lat, srid=4326)
    positions = Position.objects.filter(responder__in=close).annotate(distance=Distance("point", here))
    metres = {position.responder_id: round(position.distance.m) for position in positions}
    close.sort(key=lambda one: (one.area_path != grid_path, metres.get(one.pk, FAR), one.pk))
    found: list[Answerer] = []
    busy = busy_with([one.pk for one in close])
    for one in close[:limit]:
        of: Relation = "own" if one.area_path == grid_path else "neighbour"
        found.append(Answerer(one, of, metres.get(one.pk), busy.get(one.pk)))
    if len(found) < limit:
        known = {one.pk for one in close}
        others = nearest(lng, lat, limit + len(known), [Kind.GRID_WORKER], True, exclude_user_ids, among)
        far = [Answerer(one.responder, "nearest", one.distance_m, one.busy_with) for one in others]
        found += [one for one in far if one.responder.pk not in known][: limit - len(found)]
    return found
