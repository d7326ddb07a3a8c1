"""A formula before it is saved: what it makes of last month, beside the one in force; and what it was before."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from analytics.models import Indicator
from analytics.queries.asked import Asked, last_month
from analytics.queries.formulas import read_formula
from analytics.queries.indicators import labels_of, measured
from analytics.rules.formulas import Formula
from core.actor import Actor
from core.errors import NotFound
from core.history.record import of_subject

SUBJECT_KIND = "indicator"


def indicator_called(code: str) -> Indicator:
    found = Indicator.objects.filter(code=code).first()
    if found is None:
        raise NotFound()
    return found


def trial(code: str, text: str, actor: Actor, today: date, subject: str | None = None) -> dict[str, Any]:
    """Last month by the formula in force and by `text`, for every area, department or post; FormulaInvalid where it
    cannot be computed. Nothing is saved.
    """
    row = indicator_called(code)
    old, new = read_formula(row.formula, code=code), read_formula(text, code=code)
    asked = Asked(subject or row.subjects[0], last_month(today))
    numbers = measured(asked, actor, {*old.measures, *new.measures}, asked.period)
    labels = labels_of(asked, [key for key in numbers if key is not None])
    rows = [
        {"key": key, "name": labels[key], **_both(old, new, found)} for key, found in numbers.items() if key in labels
    ]
    return {
        "subject": asked.subject,
        "first": asked.period.first,
        "last": asked.period.last,
        "formula": new.text,
        "in_force": old.text,
        "unit": row.unit,
        "rows": sorted(rows, key=lambda one: str(one["name"])),
        "whole": _both(old, new, numbers.get(None, {})),
    }


def _both(old: Formula, new: Formula, numbers: Mapping[str, float]) -> dict[str, float | None]:
    return {"old": _value(old, numbers), "new": _value(new, numbers)}


def _value(read: Formula, numbers: Mapping[str, float]) -> float | None:
    value = read.value({name: numbers.get(name, 0.0) for name in read.measures})
    return None if value is None else round(value, 4)


def versions(code: str) -> list[dict[str, Any]]:
    """What was changed by whom, newest first; the last one is what was there before the first change."""
    row = indicator_called(code)
    changes = [one for one in reversed(of_subject(SUBJECT_KIND, row.pk)) if "formula" in one.facts.get("now", {})]
    found = [
        {"formula": one.facts["now"]["formula"], "at": one.at, "by": (one.personal or {}).get("actor_name", "")}
        for one in changes
    ]
    first = changes[-1].facts["before"]["formula"] if changes else row.formula
    return [*found, {"formula": first, "at": None, "by": ""}]
