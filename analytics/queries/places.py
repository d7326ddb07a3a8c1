"""The streets of the wall's table, its title, and what stands on its map."""

from django.db.models import Q, QuerySet

from accounts.models import OrgUnit
from accounts.queries.site import site
from accounts.scope import covers
from analytics.queries.event_figures import OpenFigures, Received
from analytics.queries.scope import WallScope
from analytics.rules.rates import Closings, closed_rate
from analytics.shapes import StreetFigures, WallEvent
from events.lifecycle import OPEN_STATES
from events.models import Event
from grids.models import Area, AreaLevel

MOST_ON_MAP = 500
NONE_CLOSED = Closings(0, 0, 0)


def title_of(scope: WallScope) -> str:
    """The name of the centre whose area is shown; else the one of the site."""
    here = site()
    own_name = str(here["center_name"]) if here else ""
    if here is not None and covers(scope.path, here["path"]):
        return own_name
    centre = OrgUnit.objects.filter(kind=OrgUnit.Kind.CENTRE, area_path=scope.path, is_active=True).first()
    return centre.name if centre else own_name


def streets_of(
    scope: WallScope, received: Received, open_events: OpenFigures, closings: dict[int | None, Closings]
) -> list[StreetFigures]:
    """Every street of the area, also the quiet ones, by code."""
    inside = Q(pk__in=[])
    for path in scope.paths:
        labels = path.split(".")
        above = [".".join(labels[: depth + 1]) for depth in range(len(labels))]
        inside |= Q(path__startswith=path + ".") | Q(path__in=above)
    return [
        StreetFigures(
            path=street.path,
            name=street.name,
            received=received.by_street[street.pk],
            open=open_events.by_street[street.pk],
            overdue=open_events.overdue_by_street[street.pk],
            closed_rate=closed_rate(closings.get(street.pk, NONE_CLOSED)),
            label=[street.label_point.x, street.label_point.y],
        )
        for street in Area.objects.current().filter(inside, level=AreaLevel.STREET).order_by("code")
    ]


def on_map(events: QuerySet[Event]) -> list[WallEvent]:
    """Open events, the most pressing first, no more than a map can carry."""
    rows = (
        events.filter(state__in=OPEN_STATES)
        .order_by("level", "due_at", "id")
        .only("id", "version", "level", "point", "state", "title", "area_label")
    )
    return [
        WallEvent.model_validate(
            {
                "id": event.pk,
                "version": event.version,
                "level": event.level,
                "lng": event.lng,
                "lat": event.lat,
                "state": event.state,
                "title": event.title,
                "area_label": event.area_label,
            }
        )
        for event in rows[:MOST_ON_MAP]
    ]
