"""Alerts for the wall: the open ones, and behind them those whose event is being worked on."""

from datetime import timedelta

from django.db.models import Case, Count, Value, When

from analytics.queries.scope import WallScope
from analytics.shapes import WallAlerts
from core.clock import now
from events.lifecycle import OPEN_STATES
from events.models import Alert
from events.models.catalogue import Level
from events.queries.rows import alert_row
from events.shapes import AlertRow

LONGEST_LIST = 20
LISTED_WHILE_HANDLED = timedelta(hours=24)
"""A confirmed alert older than this is followed as its event, not as an alarm."""


def wall_alerts(scope: WallScope) -> WallAlerts:
    """Counts by level and how many nobody has seen, of the open ones; and the list: three statements.

    A confirmed alert stays listed, behind the open ones, until its event ends or a day has passed.
    """
    inside = Alert.objects.filter(scope.within)
    alerts = inside.open()
    by_level: dict[int, int] = {int(level): 0 for level in Level}
    unseen = 0
    for row in alerts.values("level").annotate(number=Count("pk"), seen=Count("acknowledged_at")).order_by():
        by_level[row["level"]] += row["number"]
        unseen += row["number"] - row["seen"]
    is_seen = Case(When(acknowledged_at=None, then=Value(0)), default=Value(1))
    urgent = alerts.select_related("acknowledged_by").order_by(is_seen, "level", "-found_at", "-id")[:LONGEST_LIST]
    handled = (
        inside.filter(state="confirmed", event__state__in=OPEN_STATES, found_at__gte=now() - LISTED_WHILE_HANDLED)
        .select_related("acknowledged_by")
        .order_by("level", "-found_at", "-id")[:LONGEST_LIST]
    )
    items = [AlertRow.model_validate(alert_row(alert)) for alert in [*urgent, *handled][:LONGEST_LIST]]
    return WallAlerts(unacknowledged=unseen, by_level=by_level, items=items)
