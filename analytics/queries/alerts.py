"""Alerts for the wall: the open ones, and behind them those whose event is being worked on."""

from datetime import timedelta

from django.db.models import Case, Count, Q, Value, When

from analytics.queries.scope import WallScope
from analytics.shapes import WallAlerts
from core.clock import now
from events.lifecycle import OPEN_STATES
from events.models import Alert
from events.models.catalogue import Level
from events.queries.floods import flood_of
from events.queries.rows import alert_row
from events.shapes import AlertFlood, AlertRow

LONGEST_LIST = 20
LISTED_WHILE_HANDLED = timedelta(hours=24)
"""A confirmed alert older than this is followed as its event, not as an alarm."""


def wall_alerts(scope: WallScope) -> WallAlerts:
    """Counts by level and how many nobody has seen, of the open ones, the list, and whether there is a flood: six
    statements at most.

    A confirmed alert stays listed, behind the open ones, until its event ends or a day has passed.
    """
    inside = Alert.objects.filter(scope.within)
    by_level: dict[int, int] = {int(level): 0 for level in Level}
    unseen = recovered = shelved = 0
    off_shelf, nobody_saw = Q(shelved_until=None), Q(shelved_until=None, acknowledged_at=None)
    rows = (
        inside.open()
        .values("level")
        .annotate(
            number=Count("pk", filter=off_shelf),
            shelved=Count("shelved_until"),
            unseen=Count("pk", filter=nobody_saw & Q(recovered_at=None)),
            recovered=Count("pk", filter=nobody_saw & Q(recovered_at__isnull=False)),
        )
    )
    for row in rows.order_by():
        by_level[row["level"]] += row["number"]
        unseen += row["unseen"]
        recovered += row["recovered"]
        shelved += row["shelved"]
    is_seen = Case(
        When(acknowledged_at=None, recovered_at=None, then=Value(0)),
        When(acknowledged_at=None, then=Value(1)),
        default=Value(2),
    )
    listed = inside.off_shelf().select_related("acknowledged_by", "shelved_by")
    urgent = listed.order_by(is_seen, "level", "-found_at", "-id")[:LONGEST_LIST]
    handled = (
        inside.filter(state="confirmed", event__state__in=OPEN_STATES, found_at__gte=now() - LISTED_WHILE_HANDLED)
        .select_related("acknowledged_by", "shelved_by")
        .order_by("level", "-found_at", "-id")[:LONGEST_LIST]
    )
    items = [AlertRow.model_validate(alert_row(alert)) for alert in [*urgent, *handled][:LONGEST_LIST]]
    return WallAlerts(
        unacknowledged=unseen,
        recovered=recovered,
        shelved=shelved,
        flood=AlertFlood.model_validate(flood_of(inside)),
        by_level=by_level,
        items=items,
    )
