"""The assessment: every indicator of every area, department or post, and the events behind each number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet

from accounts.models import OrgUnit, User
from accounts.scope import area_grants, unit_ids, within_areas
from analytics.errors import PeriodInvalid, UnknownMeasure
from analytics.models import DepartmentStint, EventLife, Indicator, LivesMark
from analytics.queries.formulas import indicator_shape, read_formula
from analytics.queries.measures import MEASURES, Measure
from analytics.queries.scope import scope_of
from core.actor import Actor
from core.clock import CITY_ZONE
from core.errors import NotFound
from events.models import Event
from events.models.event import EventQuerySet
from grids.models import Area

LONGEST = timedelta(days=366)
BELOW = {"district": "street", "street": "community", "community": "grid", "grid": "grid"}
POSTS: dict[str, dict[type[Model], str]] = {
    "department": {DepartmentStint: "unit_id"},
    "acceptor": {EventLife: "accepted_by_id"},
    "dispatcher": {DepartmentStint: "dispatched_by_id"},
    "checker": {EventLife: "verdict_by_id"},
    "collector": {EventLife: "reported_by_id"},
}


@dataclass(frozen=True)
class Period:
    """Days of the city, the last one included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not timedelta() <= self.last - self.first <= LONGEST:
            raise PeriodInvalid()

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time(), CITY_ZONE)

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.last + timedelta(days=1), time(), CITY_ZONE)

    def before(self) -> "Period":
        """环比: the same number of days just before."""
        days = self.last - self.first + timedelta(days=1)
        return Period(self.first - days, self.last - days)

    def year_before(self) -> "Period":
        """同比: the same days a year earlier."""
        return Period(_a_year_earlier(self.first), _a_year_earlier(self.last))


def _a_year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


@dataclass(frozen=True)
class Asked:
    """Of whom, where and when."""

    subject: str
    period: Period
    area: str | None = None
    type_code: str | None = None


def read_until() -> datetime | None:
    """History counts up to here."""
    return LivesMark.objects.filter(pk=1).values_list("read_at", flat=True).first()


def _level_below(asked: Asked, actor: Actor) -> str:
    path = scope_of(actor, asked.area).path
    level = Area.objects.filter(path=path).values_list("level", flat=True).first()
    if level is None:
        raise NotFound()
    return BELOW.get(level, "district")


def _within(asked: Asked, actor: Actor, table: type[Model]) -> Q:
    """The rows the actor may count: the areas of its posts; a department's desk its own department's stints."""
    if asked.area is None and not area_grants(actor):
        units = unit_ids(actor)
        return Q(unit_id__in=units) if table is DepartmentStint else Q(pk__in=[])
    within = scope_of(actor, asked.area).within if asked.area else within_areas(actor, key_fields=True)
    return within & Q(type_code=asked.type_code) if asked.type_code else within


def _key(asked: Asked, actor: Actor, table: type[Model]) -> str | None:
    if asked.subject == "area":
        return f"{_level_below(asked, actor)}_id"
    return POSTS[asked.subject].get(table)


def measured(asked: Asked, actor: Actor, names: Iterable[str], period: Period) -> dict[int | None, dict[str, float]]:
    """Subject key → measure → number, with the whole under None: two statements for each table."""
    found: dict[int | None, dict[str, float]] = {}
    chosen = [MEASURES[name] for name in names]
    for table in {measure.table for measure in chosen}:
        key = _key(asked, actor, table)
        if key is None:
            continue
        own = [measure for measure in chosen if measure.table is table]
        sums = {measure.name: measure.aggregate(period.begins, period.ends) for measure in own}
        manager: QuerySet[Any] = table._default_manager.filter(_within(asked, actor, table))
        for row in manager.exclude(**{key: None}).values(key).annotate(**sums).order_by(key):
            found.setdefault(row[key], {}).update(_numbers(row, own))
        found.setdefault(None, {}).update(_numbers(manager.exclude(**{key: None}).aggregate(**sums), own))
    return found


def _numbers(row: Mapping[str, Any], measures: Iterable[Measure]) -> dict[str, float]:
    return {m.name: round(row[m.name].total_seconds() / 60, 1) if m.between and row[m.name] else float(row[m.name] or 0)
            for m in measures}  # fmt: skip


def indicators_for(subject: str) -> list[Indicator]:
    return [row for row in Indicator.objects.filter(is_on=True) if subject in row.subjects]


def assessment(asked: Asked, actor: Actor, compare: str | None = None) -> dict[str, Any]:
    """The table: a row for each subject with something to count, each indicator with its value and its measures."""
    chosen = indicators_for(asked.subject)
    formulas = {row.code: read_formula(row.formula) for row in chosen}
    names = sorted({name for read in formulas.values() for name in read.measures})
    now_ = measured(asked, actor, names, asked.period)
    earlier = _earlier(asked.period, compare)
    then = measured(asked, actor, names, earlier) if earlier else {}
    labels = _labels(asked, actor, [key for key in now_ if key is not None])

    def cells(numbers: Mapping[str, float], past: Mapping[str, float] | None) -> dict[str, Any]:
        return {
            code: {
                "value": _rounded(read.value(_filled(numbers, names))),
                "before": _rounded(read.value(_filled(past, names))) if past is not None else None,
                "measures": {name: numbers.get(name, 0) for name in read.measures},
            }
            for code, read in formulas.items()
        }

    rows = [
        {"key": key, "name": labels[key], "cells": cells(numbers, then.get(key, {}) if earlier else None)}
        for key, numbers in now_.items()
        if key in labels and any(numbers.values())
    ]
    return {
        "subject": asked.subject,
        "first": asked.period.first,
        "last": asked.period.last,
        "read_until": read_until(),
        "indicators": [indicator_shape(row) for row in chosen],
        "rows": sorted(rows, key=lambda row: str(row["name"])),
        "whole": cells(now_.get(None, {}), then.get(None, {}) if earlier else None),
    }


def _earlier(period: Period, compare: str | None) -> Period | None:
    return {"before": period.before, "year": period.year_before}[compare]() if compare else None


def _filled(numbers: Mapping[str, float], names: Iterable[str]) -> dict[str, float]:
    return {name: numbers.get(name, 0.0) for name in names}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _labels(asked: Asked, actor: Actor, keys: list[int]) -> dict[int | None, str]:
    if asked.subject == "area":
        return dict(Area.objects.filter(pk__in=keys).values_list("pk", "name"))
    if asked.subject == "department":
        return dict(OrgUnit.objects.filter(pk__in=keys).values_list("pk", "name"))
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))


def events_behind(asked: Asked, actor: Actor, measure: str, key: int | None) -> EventQuerySet:
    """The events that a number counts, within what the actor may see."""
    if measure not in MEASURES:
        raise UnknownMeasure(measure=measure)
    chosen = MEASURES[measure]
    field = _key(asked, actor, chosen.table)
    if field is None:
        raise UnknownMeasure(measure=measure)
    rows: QuerySet[Any] = chosen.table._default_manager.filter(
        _within(asked, actor, chosen.table), chosen.rows(asked.period.begins, asked.period.ends)
    ).exclude(**{field: None})
    if key is not None:
        rows = rows.filter(**{field: key})
    return Event.objects.visible_to(actor).filter(pk__in=rows.values("event_id")).select_related("type", "lead_unit")
