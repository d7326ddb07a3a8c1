"""The rules of risk as their administrator sees them, and what a draft would have found in the last weeks."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from accounts.queries.site_settings import who_set
from analytics.models import EventLife, RiskRule
from analytics.queries.measures import MEASURES
from analytics.queries.risk import at_risk, history_begins
from analytics.rules.risk_rules import BOUNDS, HIGHEST, LEVELS
from core.clock import now

RISK_RULE_KIND = "risk_rule"
FIELDS = (
    "kind", "name", "name_en", "statistic", "measure", "levels", "type_codes", "citizens_only", "window_days",
    "compared", "minimum", "attention", "warning", "alarm", "is_on",
)  # fmt: skip
WEEKS = 4
RANKS = (1, 2, 3)


def event_measures() -> list[str]:
    """What a rule may look at: counts of events, neither stints nor sums of minutes."""
    return [name for name, one in MEASURES.items() if one.table is EventLife and one.between is None]


def plain_rule(row: RiskRule) -> dict[str, Any]:
    """As the history keeps it."""
    return {name: getattr(row, name) for name in FIELDS}


def risk_rules(*, may_edit: bool) -> dict[str, Any]:
    """Every rule, with what it may be made of: one statement."""
    return {
        "items": [_shape(row) for row in RiskRule.objects.select_related("set_by")],
        "measures": [{"name": name, "zh": MEASURES[name].zh, "en": MEASURES[name].en} for name in event_measures()],
        "bounds": [vars(bound) for bound in BOUNDS],
        "highest": HIGHEST,
        "may_edit": may_edit,
    }


def _shape(row: RiskRule) -> dict[str, Any]:
    return {"code": row.code, **plain_rule(row), **who_set(row)}


def try_rule(code: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a draft would have found at each of the last four weeks' ends, beside the rule in force.

    `events` are those behind the findings of the narrowest level, where each is counted once. One statement for each
    level and one for each week, twice where there is a rule in force.
    """
    at = now()
    since = history_begins() or at
    draft, held = RiskRule(code=code, **values), RiskRule.objects.filter(code=code).first()
    rules = {"then": draft if draft.is_on else None, "now": held if held and held.is_on else None}
    narrowest = {key: max(rule.levels, key=LEVELS.index) for key, rule in rules.items() if rule}
    moments = [at - timedelta(weeks=week) for week in range(WEEKS)]
    return {
        "weeks": [
            {"at": moment} | {key: _counts(rule, narrowest.get(key, ""), moment, since) for key, rule in rules.items()}
            for moment in moments
        ],
        "levels": [
            {"level": level}
            | {
                key: _counts(rule, level if rule and level in rule.levels else "", at, since)
                for key, rule in rules.items()
            }
            for level in LEVELS
        ],
    }


def _counts(rule: RiskRule | None, level: str, at: datetime, since: datetime) -> dict[str, Any]:
    """Places and their events by rank; nothing where no rule looks at the level."""
    found, is_cut = at_risk(rule, level, at, since) if rule and level else ([], False)
    return {
        "places": [sum(place.rank == rank for place in found) for rank in RANKS],
        "events": [sum(place.current for place in found if place.rank == rank) for rank in RANKS],
        "is_truncated": is_cut,
    }
