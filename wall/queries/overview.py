"""The overview of an area for leaders: the wall's figures, and the areas right below it."""

from collections import Counter
from datetime import datetime

from django.db.models import Count, Q

from analytics.queries.event_figures import CLOSED_STATES, assessed, events_of, late_at
from analytics.queries.scope import WallScope, scope_of
from analytics.queries.snapshot import wall_snapshot
from analytics.rules.days import today_of
from analytics.rules.rates import Closings, closed_rate
from core.actor import Actor
from core.clock import local, now
from core.errors import NotFound
from events.lifecycle import OPEN_STATES
from grids.models import Area, AreaLevel
from wall.shapes import Overview, OverviewArea, OverviewChild

BELOW = {
    AreaLevel.CITY: AreaLevel.DISTRICT,
    AreaLevel.DISTRICT: AreaLevel.STREET,
    AreaLevel.STREET: AreaLevel.COMMUNITY,
    AreaLevel.COMMUNITY: AreaLevel.GRID,
}
"""What an area is looked at by; a grid is looked at by its events."""


def overview(actor: Actor, asked: str | None = None) -> Overview:
    """The area asked for, or the one of the actor's first grant."""
    scope = scope_of(actor, asked)
    area = Area.objects.filter(path=scope.path).first()
    if area is None:
        raise NotFound()
    snapshot = wall_snapshot(actor, scope.path)
    return Overview(
        area=_brief(area),
        trail=[_brief(one) for one in _trail(actor, area)],
        children=children_of(scope, area),
        snapshot=snapshot,
    )


def _brief(area: Area) -> OverviewArea:
    return OverviewArea(path=area.path, name=area.name, level=area.level)


def _trail(actor: Actor, area: Area) -> list[Area]:
    """The areas above this one that the actor may look at too, from the top."""
    labels = area.path.split(".")
    above = [".".join(labels[:depth]) for depth in range(1, len(labels))]
    granted = [grant.area_path for grant in actor.grants if grant.area_path]
    seen = [path for path in above if any(path == one or path.startswith(f"{one}.") for one in granted)]
    return list(Area.objects.filter(path__in=seen).order_by("path"))


def children_of(scope: WallScope, area: Area, at: datetime | None = None) -> list[OverviewChild]:
    """Figures of the areas right below: two statements beside the one that names them."""
    level = BELOW.get(AreaLevel(area.level))
    if level is None:
        return []
    at = at or now()
    children = list(Area.objects.filter(path__startswith=f"{area.path}.", level=level).order_by("code"))
    key = f"{level}_id"
    received, open_, overdue = _running(scope, key, at)
    closings = _closings(scope, key, at)
    none = Closings(0, 0, 0)
    return [
        OverviewChild(
            path=child.path,
            name=child.name,
            level=child.level,
            received=received[child.pk],
            open=open_[child.pk],
            overdue=overdue[child.pk],
            closed_rate=closed_rate(closings.get(child.pk, none)),
        )
        for child in children
    ]


Figures = tuple[Counter[int | None], Counter[int | None], Counter[int | None]]


def _running(scope: WallScope, key: str, at: datetime) -> Figures:
    """Received today, open, and open past the limit, by the area of one level."""
    today = today_of(local(at))
    is_open = Q(state__in=OPEN_STATES)
    rows = (
        events_of(scope)
        .filter(is_open | Q(reported_at__gte=today.start))
        .values(key)
        .annotate(
            received=Count("pk", filter=Q(reported_at__gte=today.start)),
            open=Count("pk", filter=is_open),
            overdue=Count("pk", filter=is_open & ~Q(due_kind="") & Q(due_at__lt=at)),
        )
        .order_by()
    )
    counted: Figures = (Counter(), Counter(), Counter())
    for row in rows:
        for figure, name in zip(counted, ("received", "open", "overdue"), strict=True):
            figure[row[key]] = row[name]
    return counted


def _closings(scope: WallScope, key: str, at: datetime) -> dict[int | None, Closings]:
    """Closings of the last 30 days by the area of one level, by the same rule as the wall's rates."""
    is_closed = Q(state__in=CLOSED_STATES)
    rows = (
        assessed(events_of(scope), at)
        .filter(is_exempt=False)
        .annotate(is_late=late_at(at))
        .values(key)
        .annotate(
            closed=Count("pk", filter=is_closed),
            closed_on_time=Count("pk", filter=is_closed & Q(is_late=False)),
            open_late=Count("pk", filter=~is_closed & Q(is_late=True)),
        )
        .order_by()
    )
    return {row[key]: Closings(row["closed"], row["closed_on_time"], row["open_late"]) for row in rows}
