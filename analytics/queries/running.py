"""运行: what came and what was closed day by day, how old the open ones are, and what the coming week may bring."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from analytics.models import EventLife
from analytics.queries.asked import Asked, Period, within
from analytics.queries.measures import MEASURES
from analytics.rules.forecast import error_of_last_week, forecast
from core.actor import Actor
from core.clock import CITY_ZONE, local, now

AGES = ((1, "day"), (3, "three_days"), (7, "week"), (30, "month"), (None, "older"))
"""How old open events are: up to so many days."""
LOOKED_BACK = timedelta(days=63)


def running(asked: Asked, actor: Actor) -> dict[str, Any]:
    """Six statements, whatever their rows."""
    lives = EventLife.objects.filter(within(asked, actor, EventLife))
    return {
        "days": _days(lives, asked.period),
        "ages": _ages(lives, asked.period.counted_until),
        "totals": _totals(lives, asked.period),
        "before": _totals(lives, asked.period.before()),
        **_coming(lives, asked.period),
    }


def _by_day(lives: QuerySet[EventLife], field: str, **also: Q) -> dict[date, Any]:
    day = TruncDate(field, tzinfo=CITY_ZONE)
    sums = {name: Count("pk", filter=condition) for name, condition in also.items()}
    rows = lives.annotate(day=day).values("day").annotate(number=Count("pk"), **sums).order_by("day")
    return {row["day"]: row for row in rows}


def _days(lives: QuerySet[EventLife], period: Period) -> list[dict[str, Any]]:
    span = (period.begins, period.counted_until)
    came = _by_day(lives.filter(MEASURES["reported"].rows(*span)), "reported_at")
    closed = _by_day(
        lives.filter(MEASURES["closed"].rows(*span)), "closed_at", on_time=MEASURES["closed_on_time"].rows(*span)
    )
    none = {"number": 0, "on_time": 0}
    found = []
    for place in range(period.days):
        day = period.first + timedelta(days=place)
        ended = closed.get(day, none)
        share = round(ended["on_time"] / ended["number"], 4) if ended["number"] else None
        found.append(
            {"day": day, "received": came.get(day, none)["number"], "closed": ended["number"], "on_time_rate": share}
        )
    return found


def _ages(lives: QuerySet[EventLife], at: datetime) -> list[dict[str, Any]]:
    """Events that were open at that moment, by the days since they were reported."""
    sums = {name: Count("pk", filter=so_old) for name, so_old in ages_at(at).items()}
    counts = lives.filter(open_at(at)).aggregate(**sums)
    return [{"age": name, "open": counts[name]} for _, name in AGES]


def open_at(at: datetime) -> Q:
    """Runs that had begun and not ended at that moment."""
    return Q(reported_at__lt=at) & (Q(ended_at=None) | Q(ended_at__gte=at))


def ages_at(at: datetime) -> dict[str, Q]:
    """The name of an age → the runs that were so old at that moment."""
    found, newer = {}, at
    for days, name in AGES:
        older = at - timedelta(days=days) if days is not None else None
        younger_than = Q(reported_at__gte=older) if older is not None else Q()
        found[name] = Q(reported_at__lt=newer) & younger_than
        newer = older or newer
    return found


def _totals(lives: QuerySet[EventLife], period: Period) -> dict[str, Any]:
    names = ("reported", "closed", "closed_on_time", "should_close", "suspended")
    sums = {name: MEASURES[name].aggregate(period.begins, period.counted_until) for name in names}
    counts = lives.aggregate(**sums)
    should = counts["should_close"] - counts["suspended"]
    return {
        "received": counts["reported"],
        "closed": counts["closed"],
        "on_time_rate": round(counts["closed_on_time"] / should, 4) if should else None,
    }


def _coming(lives: QuerySet[EventLife], period: Period) -> dict[str, Any]:
    """The week after the period, or after yesterday: a day that has not ended says nothing yet."""
    last = min(period.last, local(now()).date() - timedelta(days=1))
    since = datetime.combine(last + timedelta(days=1), time(), CITY_ZONE) - LOOKED_BACK
    until = datetime.combine(last + timedelta(days=1), time(), CITY_ZONE)
    came = _by_day(lives.filter(reported_at__gte=since, reported_at__lt=until), "reported_at")
    if not came:
        return {"forecast": [], "last_week_error": None}
    first = min(came)
    numbers = [
        came[day]["number"] if (day := first + timedelta(days=n)) in came else 0 for n in range((last - first).days + 1)
    ]
    ahead = [{"day": last + timedelta(days=place + 1), **one._asdict()} for place, one in enumerate(forecast(numbers))]
    return {"forecast": ahead, "last_week_error": error_of_last_week(numbers)}
