"""告警质量: how many alarms a seat has to look at, which sources are noisy, what stands unseen, the shares by level.

The targets are those of EEMUA 191: one alarm in ten minutes for a seat, and 5, 15 and 80 % of critical, urgent and
other ones.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from accounts.models import User
from analytics.queries.alarm_sets import (
    FLOOD_ABOVE,
    LEVELS,
    TEN_MINUTES,
    begin_of,
    bin_of,
    in_tens,
    set_of,
)
from analytics.queries.asked import Asked
from core.actor import Actor
from events.lifecycle import ALERT
from events.models import Alert
from events.models.alert import AlertQuerySet

MOST = 10
MOST_RULES = 20
TARGETS = {"critical": 0.05, "urgent": 0.15, "other": 0.8}
STATES = tuple(state for state in ALERT.states if state)
VERDICTS = {
    "confirmed": Count("pk", filter=Q(state="confirmed")),
    "dismissed": Count("pk", filter=Q(state="dismissed")),
}


def alarms(asked: Asked, actor: Actor) -> dict[str, Any]:
    """About twenty statements at the most: a seat with many alarms costs no more than one with few.

    What each number counts is said by `alarm_sets.alerts_behind`, which lists it.
    """
    raised = set_of(asked, actor, "raised")
    bins = max(1, round((asked.period.counted_until - asked.period.begins) / TEN_MINUTES))
    return {
        "rate": _rate(raised, bins),
        "states": _states(raised),
        "operators": _operators(set_of(asked, actor, "acknowledged")),
        "noisy": _noisy(raised),
        "rules": _rules(raised),
        "standing": _standing(set_of(asked, actor, "standing")),
        "levels": _levels(raised),
    }


def _rate(raised: QuerySet[Alert], bins: int) -> dict[str, Any]:
    tens = in_tens(raised, "found_at")
    is_flood = Q(number__gt=FLOOD_ABOVE)
    found = tens.aggregate(
        raised=Sum("number"), floods=Count("bin", filter=is_flood), flooded=Sum("number", filter=is_flood)
    )
    busiest = [(begin_of(row["bin"]), row["number"]) for row in tens.order_by("-number", "bin")[:MOST]]
    peak_at, peak = busiest[0] if busiest else (None, None)
    total = found["raised"] or 0
    return {
        "raised": total,
        "mean_in_ten_minutes": round(total / bins, 3) if total else None,
        "peak_in_ten_minutes": peak,
        "peak_at": peak_at,
        "flood_share": round(found["floods"] / bins, 4) if total else None,
        "floods": found["floods"],
        "flooded": found["flooded"] or 0,
        "worst_floods": [{"at": at, "count": number} for at, number in busiest if number > FLOOD_ABOVE],
    }


def _states(raised: QuerySet[Alert]) -> list[dict[str, Any]]:
    counts = dict(raised.values("state").annotate(number=Count("pk")).values_list("state", "number").order_by())
    return [{"state": state, "count": counts.get(state, 0)} for state in STATES]


def _operators(seen: QuerySet[Alert]) -> list[dict[str, Any]]:
    """Who acknowledged most; the mean is over the ten minutes in which they acknowledged any."""
    rows = seen.values("acknowledged_by").annotate(
        number=Count("pk"), tens=Count(bin_of("acknowledged_at"), distinct=True)
    )
    busiest = list(rows.order_by("-number", "acknowledged_by")[:MOST])
    names = dict(User.objects.filter(pk__in=[row["acknowledged_by"] for row in busiest]).values_list("pk", "name"))
    found = []
    for row in busiest:
        own = in_tens(seen.filter(acknowledged_by=row["acknowledged_by"]), "acknowledged_at")
        peak = own.order_by("-number", "bin")[0]
        found.append(
            {
                "id": row["acknowledged_by"],
                "name": names.get(row["acknowledged_by"], ""),
                "acknowledged": row["number"],
                "mean_in_ten_minutes": round(row["number"] / row["tens"], 2),
                "peak_in_ten_minutes": peak["number"],
                "peak_at": begin_of(peak["bin"]),
            }
        )
    return found


def _noisy(raised: QuerySet[Alert]) -> list[dict[str, Any]]:
    """By how often each was seen; what people made of them stands beside it."""
    rows = (
        raised.values("source", "rule", "subject_kind", "subject_id")
        .annotate(
            alerts=Count("pk"),
            seen=Sum("seen_count"),
            camera=Max("camera_name"),
            place=Max("area_label"),
            title=Max("title"),
            **VERDICTS,
        )
        .order_by("-seen", "source", "rule", "subject_kind", "subject_id")[:MOST]
    )
    return [_judged(row) for row in rows]


def _rules(raised: QuerySet[Alert]) -> list[dict[str, Any]]:
    """By algorithm or rule: how many it raised, and what people made of them."""
    rows = (
        raised.values("source", "rule")
        .annotate(alerts=Count("pk"), title=Max("title"), **VERDICTS)
        .order_by("-alerts", "source", "rule")[:MOST_RULES]
    )
    return [_judged(row) for row in rows]


def _judged(row: Mapping[str, Any]) -> dict[str, Any]:
    """As a list of sources out of service calls it: the title begins with the rule, the place follows."""
    decided = row["confirmed"] + row["dismissed"]
    return {
        **{name: value for name, value in row.items() if name != "title"},
        "rule_name": row["title"].split(" · ")[0],
        "false_rate": round(row["dismissed"] / decided, 4) if decided else None,
    }


def _standing(old: AlertQuerySet) -> dict[str, Any]:
    rows = old.order_by("found_at", "id").values("id", "title", "level", "area_label", "found_at")[:MOST]
    return {"count": old.count(), "oldest": list(rows)}


def _levels(raised: QuerySet[Alert]) -> list[dict[str, Any]]:
    counts = raised.aggregate(**{name: Count("pk", filter=which) for name, which in LEVELS.items()})
    total = sum(counts.values())
    return [
        {
            "level": name,
            "count": counts[name],
            "share": round(counts[name] / total, 4) if total else None,
            "target": target,
        }
        for name, target in TARGETS.items()
    ]
