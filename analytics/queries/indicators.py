"""The assessment: every indicator of every area, department or post."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Case, F, QuerySet, Value, When
from django.db.models.expressions import Combinable

from accounts.models import OrgUnit, User
from analytics.models import Indicator, LivesMark
from analytics.queries.asked import Asked, Period, heirs_of, key_of, within
from analytics.queries.formulas import indicator_shape, readable
from analytics.queries.measures import MEASURES, Measure
from core.actor import Actor
from grids.models import Area


def read_until() -> datetime | None:
    """History counts up to here."""
    return LivesMark.objects.filter(pk=1).values_list("read_at", flat=True).first()


def measured(asked: Asked, actor: Actor, names: Iterable[str], period: Period) -> dict[int | None, dict[str, float]]:
    """Subject key → measure → number, with the whole under None: two statements for each table."""
    found: dict[int | None, dict[str, float]] = {}
    chosen = [MEASURES[name] for name in names]
    for table in {measure.table for measure in chosen}:
        key = key_of(asked, actor, table)
        if key is None:
            continue
        own = [measure for measure in chosen if measure.table is table]
        sums = {measure.name: measure.aggregate(period.begins, period.counted_until) for measure in own}
        manager: QuerySet[Any] = table._default_manager.filter(within(asked, actor, table))
        grouped = manager.exclude(**{key: None}).annotate(subject_key=_subject(asked, key))
        for row in grouped.values("subject_key").annotate(**sums).order_by("subject_key"):
            found.setdefault(row["subject_key"], {}).update(_numbers(row, own))
        found.setdefault(None, {}).update(_numbers(manager.exclude(**{key: None}).aggregate(**sums), own))
    return found


def _subject(asked: Asked, key: str) -> Combinable:
    """The column that names the subject. By present boundaries what happened in an area that was merged away counts for
    the one that holds most of its ground today; by those of then, for the area as it was.
    """
    whens = [When(**{key: old}, then=Value(heir)) for old, heir in heirs_of(asked).items()]
    return Case(*whens, default=F(key), output_field=BigIntegerField()) if whens else F(key)


def _numbers(row: Mapping[str, Any], measures: Iterable[Measure]) -> dict[str, float]:
    return {m.name: round(row[m.name].total_seconds() / 60, 1) if m.between and row[m.name] else float(row[m.name] or 0)
            for m in measures}  # fmt: skip


def indicators_for(subject: str) -> list[Indicator]:
    return [row for row in Indicator.objects.filter(is_on=True) if subject in row.subjects]


def assessment(asked: Asked, actor: Actor, compare: str | None = None) -> dict[str, Any]:
    """The table: a row for each subject with something to count, each indicator with its value and its measures."""
    chosen = indicators_for(asked.subject)
    formulas = readable(chosen)
    names = sorted({name for read in formulas.values() for name in read.measures})
    now_ = measured(asked, actor, names, asked.period)
    earlier = _earlier(asked.period, compare)
    then = measured(asked, actor, names, earlier) if earlier else {}
    labels = labels_of(asked, [key for key in now_ if key is not None])

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
        "indicators": [indicator_shape(row, formulas[row.code]) for row in chosen if row.code in formulas],
        "rows": sorted(rows, key=lambda row: str(row["name"])),
        "whole": cells(now_.get(None, {}), then.get(None, {}) if earlier else None),
    }


def _earlier(period: Period, compare: str | None) -> Period | None:
    return {"before": period.before, "year": period.year_before}[compare]() if compare else None


def _filled(numbers: Mapping[str, float], names: Iterable[str]) -> dict[str, float]:
    return {name: numbers.get(name, 0.0) for name in names}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def labels_of(asked: Asked, keys: list[int]) -> dict[int | None, str]:
    if asked.subject == "area":
        return dict(Area.objects.filter(pk__in=keys).values_list("pk", "name"))
    if asked.subject == "department":
        return dict(OrgUnit.objects.filter(pk__in=keys).values_list("pk", "name"))
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))
