"""重复: the same kind of case at the same place, three times and more within thirty days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, FloatField, Func, Max, Min, Q, QuerySet

from accounts.scope import area_grants, within_areas
from analytics.queries.asked import Asked
from analytics.queries.scope import scope_of
from analytics.rules.places import Place, Spot, places_of
from core.actor import Actor
from events.models import Event, EventType

SPAN = timedelta(days=30)
AT_LEAST = 3
NEAR_METRES = 50
"""A place is the circle in which most cases of a kind lie, and what touches it: see `places_of`."""
AS_LISTED = 1e-6
"""Degrees: a place is asked for by its point, which may have been written down with six digits."""
MOST = 200
NOT_REAL = ("rejected", "merged", "cancelled")
"""A report that was merged is the same case told twice, not the case again."""


class Repeated(NamedTuple):
    """A kind, where it came again, and the rows of spots of which the place is made."""

    kind: str
    place: Place
    rows: Sequence[Mapping[str, Any]]
    centre: Mapping[str, Any]


class Degrees(Func):
    """One of the two coordinates of a point."""

    template = "%(function)s((%(expressions)s)::geometry)"
    output_field = FloatField()


def _reported(asked: Asked, actor: Actor) -> QuerySet[Event]:
    ends = asked.period.counted_until
    if asked.area is None and not area_grants(actor):
        inside = Q(pk__in=Event.objects.visible_to(actor).values("pk"))
    else:
        inside = scope_of(actor, asked.area).within if asked.area else within_areas(actor, key_fields=True)
    chosen = {"type_code": asked.type_code, "source": asked.source, "lead_unit_id": asked.unit}
    narrowed = Q(**{name: value for name, value in chosen.items() if value})
    return Event.objects.filter(inside & narrowed, reported_at__gte=ends - SPAN, reported_at__lt=ends).exclude(
        state__in=NOT_REAL
    )


def _repeated(events: QuerySet[Event], **more: Any) -> Iterable[Repeated]:
    """The places of every kind, from one statement: what lies at exactly one point is one row of it."""
    rows = (
        events.annotate(x=Degrees("point", function="ST_X"), y=Degrees("point", function="ST_Y"))
        .values("type_code", "x", "y")
        .annotate(
            number=Count("pk"), first=Min("reported_at"), last=Max("reported_at"), label=Max("area_label"), **more
        )
        .order_by("x", "y", "type_code")  # numbers first: sorting by words took most of the time
    )
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        kinds.setdefault(row["type_code"], []).append(row)
    for kind, spots in kinds.items():
        if sum(row["number"] for row in spots) < AT_LEAST:
            continue
        points = [Spot(row["x"], row["y"], row["number"]) for row in spots]
        for place in places_of(points, metres=NEAR_METRES, at_least=AT_LEAST):
            yield Repeated(kind, place, [spots[one] for one in place.members], spots[place.centre])


def repeats(asked: Asked, actor: Actor) -> dict[str, Any]:
    """The places, those with most cases first: two statements."""
    found = [_place(one) for one in _repeated(_reported(asked, actor))]
    found.sort(key=lambda place: (place["count"], place["last_at"]), reverse=True)
    names = dict(EventType.objects.current().values_list("code", "name"))
    return {
        "since": asked.period.counted_until - SPAN,
        "until": asked.period.counted_until,
        "is_truncated": len(found) > MOST,
        "places": [{**place, "type_name": names.get(place["type_code"], place["type_code"])} for place in found[:MOST]],
    }


def _place(one: Repeated) -> dict[str, Any]:
    first: datetime = min(row["first"] for row in one.rows)
    return {
        "lng": one.centre["x"],
        "lat": one.centre["y"],
        "type_code": one.kind,
        "area_label": one.centre["label"],
        "count": one.place.count,
        "first_at": first,
        "last_at": max(row["last"] for row in one.rows),
    }


def events_at(asked: Asked, actor: Actor, *, lng: float, lat: float, kind: str) -> QuerySet[Event]:
    """The cases of the place to which this spot belongs, as many as its number; none where it belongs to none."""
    reported = _reported(asked, actor).filter(type_code=kind)
    inside: list[int] = []
    for one in _repeated(reported, ids=ArrayAgg("pk")):
        if any(abs(row["x"] - lng) < AS_LISTED and abs(row["y"] - lat) < AS_LISTED for row in one.rows):
            inside = [pk for row in one.rows for pk in row["ids"]]
    return Event.objects.filter(pk__in=inside).select_related("type", "lead_unit", "taken_by")
