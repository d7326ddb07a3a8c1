"""Is it reported already? What somebody from the public may know of open events nearby."""

from typing import Any, cast

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D

from events.models import Category, Event, ReportGroup
from events.queries.public_rules import public_rules
from events.queries.public_track import stage_of
from events.receipts import near_token

SHOWN = 6


def near_public(lng: float, lat: float) -> list[dict[str, Any]]:
    """Open events around the point, nearest first: what kind, how far, which stage, and a word to join them by.

    Street things only: governance matters and disputes concern people, and stay out, as do numbers, texts and photos.
    """
    here = Point(lng, lat, srid=4326)
    found = (
        Event.objects.open()
        .filter(point__dwithin=(here, D(m=public_rules().show_near_metres)))
        .exclude(type__category=Category.GOVERNANCE)
        .exclude(type__report_group=ReportGroup.DISPUTE)
        .select_related("type")
        .annotate(distance=Distance("point", here))
        .order_by("distance", "pk")[:SHOWN]
    )
    return [
        {
            "token": near_token(event.pk),
            "kind": event.type.name,
            "distance_m": round(distance.m),
            "stage": stage_of(event),
            "reported_at": event.reported_at,
        }
        for event, distance in ((row, cast(Any, row).distance) for row in found)
    ]
