"""Open alerts for the wall."""

from django.db.models import Case, Count, Value, When

from analytics.queries.scope import WallScope
from analytics.shapes import WallAlerts
from events.models import Alert
from events.models.catalogue import Level
from events.queries.rows import alert_row
from events.shapes import AlertRow

LONGEST_LIST = 20


def wall_alerts(scope: WallScope) -> WallAlerts:
    """Counts by level, how many nobody has seen, and the most urgent: two statements."""
    alerts = Alert.objects.open().filter(scope.within)
    by_level: dict[int, int] = {int(level): 0 for level in Level}
    unseen = 0
    for row in alerts.values("level").annotate(number=Count("pk"), seen=Count("acknowledged_at")).order_by():
        by_level[row["level"]] += row["number"]
        unseen += row["number"] - row["seen"]
    is_seen = Case(When(acknowledged_at=None, then=Value(0)), default=Value(1))
    urgent = alerts.select_related("acknowledged_by").order_by(is_seen, "level", "-found_at", "-id")[:LONGEST_LIST]
    items = [AlertRow.model_validate(alert_row(alert)) for alert in urgent]
    return WallAlerts(unacknowledged=unseen, by_level=by_level, items=items)
