"""Where a place is at risk: what a rule finds, what a screen shows of it, and the events behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from analytics.models import EventLife, RiskFinding, RiskJudgement, RiskRule
from analytics.queries.measures import CITIZENS, MEASURES
from analytics.queries.scope import scope_of
from analytics.rules.risk import Counted, rank_of, value_of
from core.actor import Actor
from core.errors import NotFound
from events.models import EventType
from grids.models import Area

MOST_FOUND = 200
"""For one rule at one level; those with most events are kept."""
BELOW = {"district": "community_id", "street": "community_id", "community": "grid_id", "grid": "event_id"}
"""Where a matter spreads to; inside a grid every event is another household's."""


def newest_judgement() -> RiskJudgement | None:
    return RiskJudgement.objects.order_by("-judged_at").first()


def history_begins() -> datetime | None:
    """The first report of all: before it nothing is usual."""
    return EventLife.objects.order_by("reported_at").values_list("reported_at", flat=True).first()


@dataclass(frozen=True)
class AtRisk:
    """A place at risk before it is written: its key, its kind of events, what was counted there, and how high it is."""

    area_id: int
    type_code: str
    current: int
    past: tuple[int, ...]
    value: float
    rank: int


def at_risk(rule: RiskRule, level: str, at: datetime, since: datetime) -> tuple[list[AtRisk], bool]:
    """The places of a level that a rule finds at risk at a moment, those with most events first, and whether there were
    too many: one statement.

    Windows that begin before `since`, when nobody reported yet, are not compared with: a new site is not all at risk.
    """
    key, windows = f"{level}_id", windows_of(rule, at, since)
    if rule.statistic == "surge" and len(windows) == 1:
        return [], False
    rows = MEASURES[rule.measure].rows
    sums: dict[str, Any] = {f"past_{n}": Count("pk", filter=rows(*span)) for n, span in enumerate(windows[1:])}
    if rule.statistic == "spread":
        sums["places"] = Count(BELOW[level], filter=rows(*windows[0]), distinct=True)
    counted = (
        _looked_at(rule, windows)
        .exclude(**{key: None})
        .values(key, "type_code")
        .annotate(current=Count("pk", filter=rows(*windows[0])), **sums)
        .filter(current__gte=rule.minimum)
        .order_by("-current", key, "type_code")[: MOST_FOUND + 1]
    )
    found, is_cut = [], False
    for number, row in enumerate(counted):
        is_cut = number == MOST_FOUND
        past = tuple(row[f"past_{n}"] for n in range(len(windows) - 1))
        value = value_of(rule.statistic, Counted(row["current"], past, row.get("places", 0)), rule.minimum)
        rank = rank_of(value, (rule.attention, rule.warning, rule.alarm))
        if rank:
            found.append(AtRisk(row[key], row["type_code"], row["current"], past, value, rank))
    return found[:MOST_FOUND], is_cut


def windows_of(rule: RiskRule, at: datetime, since: datetime) -> list[tuple[datetime, datetime]]:
    """The window that ends at the moment, and those before it, newest first."""
    window = timedelta(days=rule.window_days)
    windows = [(at - window * (place + 1), at - window * place) for place in range(rule.compared + 1)]
    return windows[:1] + [span for span in windows[1:] if span[0] >= since]


def found_by(rule: RiskRule, level: str, at: datetime, since: datetime) -> tuple[list[RiskFinding], bool]:
    """What `at_risk` finds as findings, not saved: three statements."""
    places, is_cut = at_risk(rule, level, at, since)
    areas = Area.objects.in_bulk({place.area_id for place in places})
    names = dict(EventType.objects.current().values_list("code", "name"))
    begins, ends = windows_of(rule, at, since)[0]
    found = [
        RiskFinding(
            rule=rule,
            level=level,
            area_id=place.area_id,
            area_path=areas[place.area_id].path,
            area_name=areas[place.area_id].name,
            type_code=place.type_code,
            type_name=names.get(place.type_code, place.type_code),
            rank=place.rank,
            value=place.value,
            current=place.current,
            past=list(place.past),
            begins=begins,
            ends=ends,
        )
        for place in places
        if place.area_id in areas
    ]
    return found, is_cut


def _looked_at(rule: RiskRule, windows: Sequence[tuple[datetime, datetime]]) -> QuerySet[EventLife]:
    """Only rows that any of the windows may count: the rest is never read."""
    rows = MEASURES[rule.measure].rows
    inside = Q()
    for span in windows:
        inside |= rows(*span)
    return EventLife.objects.filter(inside & _narrowed(rule))


def _narrowed(rule: RiskRule) -> Q:
    chosen = CITIZENS if rule.citizens_only else Q()
    return chosen & Q(type_code__in=rule.type_codes) if rule.type_codes else chosen


def risks(actor: Actor, *, area: str | None = None, kind: str = "", level: str = "") -> QuerySet[RiskFinding]:
    """The newest findings in the actor's areas, the highest first."""
    found = RiskFinding.objects.visible_to(actor).select_related("rule")
    if area:
        path = scope_of(actor, area).path
        found = found.filter(Q(area_path=path) | Q(area_path__startswith=f"{path}."))
    if kind:
        found = found.filter(rule__kind=kind)
    if level:
        found = found.filter(level=level)
    return found.order_by("-rank", "-value", "id")


def risk_shape(found: RiskFinding) -> dict[str, Any]:
    """The finding with its reasons: what was counted, against what, and the threshold it reached."""
    rule = found.rule
    return {
        "id": found.pk,
        "kind": rule.kind,
        "level": found.level,
        "area_path": found.area_path,
        "area_name": found.area_name,
        "type_code": found.type_code,
        "type_name": found.type_name,
        "rank": found.rank,
        "rule": rule.name,
        "rule_en": rule.name_en,
        "statistic": rule.statistic,
        "value": found.value,
        "threshold": (rule.attention, rule.warning, rule.alarm)[found.rank - 1],
        "current": found.current,
        "past": found.past,
        "window_days": rule.window_days,
        "begins": found.begins,
        "ends": found.ends,
    }


def events_at_risk(finding_id: int, actor: Actor) -> tuple[QuerySet[EventLife], str]:
    """The runs that a visible finding counts, as many as its number, and the measure they were counted by."""
    found = RiskFinding.objects.visible_to(actor).select_related("rule").filter(pk=finding_id).first()
    if found is None:
        raise NotFound()
    rule = found.rule
    counted = MEASURES[rule.measure].rows(found.begins, found.ends) & _narrowed(rule)
    place = Q(**{f"{found.level}_id": found.area_id, "type_code": found.type_code})
    return EventLife.objects.filter(counted & place), rule.measure
