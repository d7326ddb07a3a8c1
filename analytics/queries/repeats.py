"""重复: the same kind of case at the same place, three times and more within thirty days."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.geos import Polygon
from django.db.models import Count, Func, Max, Min, Q, QuerySet

from accounts.scope import area_grants, within_areas
from analytics.queries.asked import Asked
from analytics.queries.scope import scope_of
from core.actor import Actor
from events.models import Event, EventType

SPAN = timedelta(days=30)
AT_LEAST = 3
CELL = 0.001
"""Degrees: a place is about a hundred metres wide."""
MOST = 200
NOT_REAL = ("rejected", "merged", "cancelled")
"""A report that was merged is the same case told twice, not the case again."""


class Cell(Func):
    """The place a point lies in, by its middle."""

    template = f"ST_SnapToGrid((%(expressions)s)::geometry, {CELL})"
    output_field = GeometryField(srid=4326)


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


def repeats(asked: Asked, actor: Actor) -> dict[str, Any]:
    """The places, those with most cases first: two statements."""
    rows = (
        _reported(asked, actor)
        .annotate(cell=Cell("point"))
        .values("cell", "type_code")
        .annotate(number=Count("pk"), first=Min("reported_at"), last=Max("reported_at"), label=Max("area_label"))
        .filter(number__gte=AT_LEAST)
        .order_by("-number", "-last")[: MOST + 1]
    )
    found = list(rows)
    names = dict(EventType.objects.current().values_list("code", "name"))
    return {
        "since": asked.period.counted_until - SPAN,
        "until": asked.period.counted_until,
        "is_truncated": len(found) > MOST,
        "places": [_place(row, names) for row in found[:MOST]],
    }


def _place(row: Any, names: dict[str, str]) -> dict[str, Any]:
    first: datetime = row["first"]
    return {
        "lng": round(row["cell"].x, 6),
        "lat": round(row["cell"].y, 6),
        "type_code": row["type_code"],
        "type_name": names.get(row["type_code"], row["type_code"]),
        "area_label": row["label"],
        "count": row["number"],
        "first_at": first,
        "last_at": row["last"],
    }


def events_at(asked: Asked, actor: Actor, *, lng: float, lat: float, kind: str) -> QuerySet[Event]:
    """The cases of one place, as many as its number."""
    snapped = _reported(asked, actor).annotate(cell=Cell("point")).filter(type_code=kind)
    half = CELL / 2
    return snapped.filter(cell__coveredby=_box(lng - half, lat - half, lng + half, lat + half)).select_related(
        "type", "lead_unit", "taken_by"
    )


def _box(west: float, south: float, east: float, north: float) -> Any:
    box = Polygon.from_bbox((west, south, east, north))
    box.srid = 4326
    return box
