"""告警泛滥: are there more new alerts than a seat can read, and what are they about?"""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q

from core.clock import now
from events.models.alert import AlertQuerySet
from events.queries.alarm_rules import alarm_rules

MOST_GROUPS = 50


def flood_of(alerts: AlertQuerySet) -> dict[str, Any]:
    """Of `alerts`, which are cut to a scope: the new ones against the rules, and while that is a flood the open ones by
    place and cause, the worst first: two statements, three in a flood.
    """
    rules = alarm_rules()
    new = alerts.filter(found_at__gte=now() - timedelta(minutes=rules.flood_minutes)).count()
    is_flood = new > rules.flood_count
    return {
        "is_flood": is_flood,
        "new": new,
        "above": rules.flood_count,
        "minutes": rules.flood_minutes,
        "groups": _groups(alerts.off_shelf()) if is_flood else [],
    }


def _groups(alerts: AlertQuerySet) -> list[dict[str, Any]]:
    """The street is where the label of every area below it begins."""
    rows = (
        alerts.values("street_path", "type_code", "type_name")
        .annotate(
            worst=Min("level"),
            count=Count("pk"),
            unacknowledged=Count("pk", filter=Q(acknowledged_at=None, recovered_at=None)),
            newest_at=Max("found_at"),
            label=Min("area_label"),
        )
        .filter(count__gt=1)
        .order_by("worst", "-count", "type_code")
    )
    return [
        {
            "street_path": row["street_path"],
            "place": row["label"].split(" ")[0],
            "type_code": row["type_code"],
            "type_name": row["type_name"],
            "level": row["worst"],
            "count": row["count"],
            "unacknowledged": row["unacknowledged"],
            "newest_at": row["newest_at"],
        }
        for row in rows[:MOST_GROUPS]
    ]
