"""处置: how long every step takes, for half of the events and for nine of ten."""

from datetime import timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F

from analytics.queries.asked import Asked, within
from analytics.queries.measures import MEASURES
from core.actor import Actor

STEPS = {
    "accept": "accept_minutes",
    "verify": "verify_minutes",
    "dispatch": "dispatch_minutes",
    "sign": "sign_minutes",
    "handle": "handle_minutes",
    "check": "check_minutes",
    "close": "close_minutes",
    "whole": "whole_minutes",
}
"""Each step's measure says from which moment to which, and of which events."""


class Percentile(Aggregate):
    """The span that so large a share of the rows does not exceed."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, expression: Any, share: float, **extra: Any) -> None:
        super().__init__(expression, share=repr(float(share)), **extra)


def handling(asked: Asked, actor: Actor) -> dict[str, Any]:
    """One statement for each step."""
    return {"steps": [_step(name, measure, asked, actor) for name, measure in STEPS.items()]}


def _step(name: str, measure: str, asked: Asked, actor: Actor) -> dict[str, Any]:
    chosen = MEASURES[measure]
    assert chosen.between is not None
    since, until = chosen.between
    rows = chosen.table._default_manager.filter(
        within(asked, actor, chosen.table), chosen.rows(asked.period.begins, asked.period.counted_until)
    ).exclude(**{since: None})
    span = ExpressionWrapper(F(until) - F(since), output_field=DurationField())
    found = rows.aggregate(
        number=Count("pk"),
        median=Percentile(span, 0.5, output_field=DurationField()),
        ninetieth=Percentile(span, 0.9, output_field=DurationField()),
    )
    return {
        "step": name,
        "measure": measure,
        "events": found["number"],
        "median_minutes": _minutes(found["median"]),
        "ninetieth_minutes": _minutes(found["ninetieth"]),
    }


def _minutes(span: timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds() / 60, 1)
