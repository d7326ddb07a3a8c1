"""告警质量: how many alarms a seat has to look at, which sources are noisy, what stands unseen, the shares by level.

The targets are those of EEMUA 191: one alarm in ten minutes for a seat, and 5, 15 and 80 % of critical, urgent and
other ones.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Avg, Count, Max, Q, QuerySet, Sum
from django.db.models.functions import Extract, Floor

from accounts.models import User
from accounts.scope import area_grants, within_areas
from analytics.queries.asked import Asked
from analytics.queries.scope import scope_of
from core.actor import Actor
from events.models import Alert
from events.models.alert import AlertQuerySet
from events.models.catalogue import Level

BIN = timedelta(minutes=10)
FLOOD_ABOVE = 10
MOST = 10
STANDS_TOO_LONG = timedelta(hours=24)
TARGETS = {Level.CRITICAL: 0.05, Level.URGENT: 0.15}
REST = 0.8


def alarms(asked: Asked, actor: Actor) -> dict[str, Any]:
    """About twenty statements at the most: a seat with many alarms costs no more than one with few."""
    everything = Alert.objects.filter(_inside(asked, actor))
    if asked.type_code:
        everything = everything.filter(type_code=asked.type_code)
    begins, ends = asked.period.begins, asked.period.counted_until
    raised = everything.filter(found_at__gte=begins, found_at__lt=ends)
    bins = max(1, round((ends - begins) / BIN))
    return {
        "rate": _rate(raised, bins),
        "operators": _operators(everything.filter(acknowledged_at__gte=begins, acknowledged_at__lt=ends)),
        "noisy": _noisy(raised),
        "standing": _standing(everything, ends - STANDS_TOO_LONG),
        "levels": _levels(raised),
    }


def _inside(asked: Asked, actor: Actor) -> Q:
    if asked.area:
        return scope_of(actor, asked.area).within
    return within_areas(actor, key_fields=True) if area_grants(actor) else Q(pk__in=[])


def _in_bins(alerts: QuerySet[Alert], moment: str) -> Any:
    """How many in each ten minutes in which there were any."""
    place = Floor(Extract(moment, "epoch") / BIN.total_seconds())
    return alerts.annotate(bin=place).values("bin").annotate(number=Count("pk")).order_by()


def _rate(raised: QuerySet[Alert], bins: int) -> dict[str, Any]:
    found = _in_bins(raised, "found_at").aggregate(
        raised=Sum("number"), peak=Max("number"), floods=Count("bin", filter=Q(number__gt=FLOOD_ABOVE))
    )
    total = found["raised"] or 0
    return {
        "raised": total,
        "mean_in_ten_minutes": round(total / bins, 3) if total else None,
        "peak_in_ten_minutes": found["peak"],
        "flood_share": round(found["floods"] / bins, 4) if total else None,
    }


def _operators(seen: QuerySet[Alert]) -> list[dict[str, Any]]:
    """Who acknowledged most; the mean is over the ten minutes in which they acknowledged any."""
    rows = seen.exclude(acknowledged_by=None).values("acknowledged_by").annotate(number=Count("pk"))
    busiest = list(rows.order_by("-number", "acknowledged_by")[:MOST])
    names = dict(User.objects.filter(pk__in=[row["acknowledged_by"] for row in busiest]).values_list("pk", "name"))
    found = []
    for row in busiest:
        own = _in_bins(seen.filter(acknowledged_by=row["acknowledged_by"]), "acknowledged_at")
        figures = own.aggregate(peak=Max("number"), mean=Avg("number"))
        found.append(
            {
                "id": row["acknowledged_by"],
                "name": names.get(row["acknowledged_by"], ""),
                "acknowledged": row["number"],
                "mean_in_ten_minutes": round(float(figures["mean"]), 2),
                "peak_in_ten_minutes": figures["peak"],
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
            confirmed=Count("pk", filter=Q(state="confirmed")),
            dismissed=Count("pk", filter=Q(state="dismissed")),
            camera=Max("camera_name"),
            place=Max("area_label"),
            title=Max("title"),
        )
        .order_by("-seen", "source", "rule", "subject_id")[:MOST]
    )
    return [
        {
            # As a list of sources out of service calls it: the title begins with the rule, the place follows.
            **{name: value for name, value in row.items() if name != "title"},
            "rule_name": row["title"].split(" · ")[0],
            "false_rate": round(row["dismissed"] / decided, 4)
            if (decided := row["confirmed"] + row["dismissed"])
            else None,
        }
        for row in rows
    ]


def _standing(everything: AlertQuerySet, since: Any) -> dict[str, Any]:
    old = everything.open().filter(found_at__lt=since)
    rows = old.order_by("found_at", "id").values("id", "title", "level", "area_label", "found_at")[:MOST]
    return {"count": old.count(), "oldest": list(rows)}


def _levels(raised: QuerySet[Alert]) -> list[dict[str, Any]]:
    counts = dict(raised.values("level").annotate(number=Count("pk")).values_list("level", "number").order_by())
    total = sum(counts.values())
    rows = [(level.name.lower(), counts.get(level, 0), target) for level, target in TARGETS.items()]
    rows.append(("other", total - sum(number for _, number, _ in rows), REST))
    return [
        {"level": name, "count": number, "share": round(number / total, 4) if total else None, "target": target}
        for name, number, target in rows
    ]
