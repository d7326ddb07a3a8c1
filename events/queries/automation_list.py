"""What may happen without a person, as its page shows it: a fixed number of statements."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count

from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from events.models import Alert, AutomaticVerdict, Automation, Condition, RoutingRule
from events.queries.automation import (
    Pair,
    Procedure,
    measure,
    measure_types,
    pair_of,
    procedures,
    why_not,
    why_not_filed,
)
from events.queries.catalogue import catalogue
from events.queries.settling import measure_routing
from events.routing_policies import editing_roles
from events.rules.alerts import OWN_DEVICES
from events.rules.automation import Figure, least_sample_for, shortfall

DAYS = 90
PROPOSED: Mapping[str, Any] = {
    "confirms": True,
    "files": False,
    "min_precision": 0.95,
    "min_sample": 100,
    "window_days": DAYS,
    "audit_percent": 5,
}
"""What the form begins with; nothing holds until somebody has saved it."""


def automation_list(actor: Actor) -> dict[str, Any]:
    """Every source × rule that a scenario names, that somebody wrote limits for, or that found something lately."""
    at = now()
    since = at - timedelta(days=DAYS)
    written = {pair_of(one): one for one in Automation.objects.select_related("edited_by", "switched_by")}
    known = procedures()
    findings = Alert.objects.filter(found_at__gte=since).exclude(subject_kind__in=OWN_DEVICES)
    seen = findings.values_list("source", "rule").distinct().order_by()
    pairs = sorted({*written, *known, *seen})
    roles = editing_roles(actor)
    facts = _Facts(
        figures=measure({pair: at - timedelta(days=_days(written.get(pair))) for pair in pairs}),
        done=_done(since),
        conditions=_conditions(known),
        may_edit=bool(roles),
    )
    automatic = list(RoutingRule.objects.in_force().filter(automatic=True))
    routing = measure_routing([rule.pk for rule in automatic], since)
    return {
        "items": [_shape(pair, written.get(pair), known.get(pair), facts) for pair in pairs],
        "scenarios": _scenarios(since),
        "routing": [
            {"rule_id": rule.pk, "name": rule.name, "figure": figure_shape(routing[rule.pk])} for rule in automatic
        ],
        "days": DAYS,
        "may_edit": bool(roles),
    }


def one_automation(source: str, rule: str, actor: Actor) -> dict[str, Any]:
    """One pair of the list; NotFound where nobody knows of it."""
    pair, at = (source, rule), now()
    found = Automation.objects.select_related("edited_by", "switched_by").filter(source=source, rule=rule).first()
    known = procedures()
    if found is None and pair not in known and not Alert.objects.filter(source=source, rule=rule).exists():
        raise NotFound()
    facts = _Facts(
        figures=measure({pair: at - timedelta(days=_days(found))}),
        done=_done(at - timedelta(days=DAYS)),
        conditions=_conditions(known),
        may_edit=bool(editing_roles(actor)),
    )
    return _shape(pair, found, known.get(pair), facts)


class _Facts:
    """What the rows of the list are made from, read once."""

    def __init__(
        self,
        *,
        figures: Mapping[Pair, Figure],
        done: Mapping[tuple[int, str], int],
        conditions: Mapping[tuple[str, str], str],
        may_edit: bool,
    ) -> None:
        self.figures, self.done, self.conditions, self.may_edit = figures, done, conditions, may_edit


def _days(automation: Automation | None) -> int:
    return automation.window_days if automation else DAYS


def _done(since: datetime) -> dict[tuple[int, str], int]:
    rows = AutomaticVerdict.objects.filter(at__gte=since).values_list("automation_id", "kind").annotate(Count("alert"))
    return {(automation_id, kind): count for automation_id, kind, count in rows.order_by()}


def _conditions(known: Mapping[Pair, Procedure]) -> dict[tuple[str, str], str]:
    """Texts of the conditions that scenarios file under, by (type, condition); one that is gone is missing."""
    rows = Condition.objects.filter(
        type__is_current=True, code__in={one.condition for one in known.values() if one.condition}
    )
    return {(kind, code): text for kind, code, text in rows.values_list("type__code", "code", "text")}


def _shape(pair: Pair, found: Automation | None, procedure: Procedure | None, facts: _Facts) -> dict[str, Any]:
    figure = facts.figures[pair]
    asked = {name: getattr(found, name) if found else value for name, value in PROPOSED.items()}
    lacks = why_not(found, figure, procedure)
    done = {kind: facts.done.get((found.pk, kind), 0) if found else 0 for kind in AutomaticVerdict.Kind.values}
    return {
        "source": pair[0],
        "source_name": Alert.Source(pair[0]).label if pair[0] in Alert.Source.values else pair[0],
        "rule": pair[1],
        "scenario": _scenario_shape(procedure, facts.conditions) if procedure else None,
        "state": found.state if found else "none",
        "version": found.version if found else 0,
        **asked,
        "figure": figure_shape(figure),
        "needed": max(asked["min_sample"], least_sample_for(asked["min_precision"])),
        "why_not": lacks or "",
        "why_not_filed": why_not_filed(found, figure, procedure) or "",
        "lacks": shortfall(figure, precision=asked["min_precision"], sample=asked["min_sample"]) or "",
        "confirmed_by_platform": done["confirmed"],
        "sampled": done["sampled"],
        "left": done["left"],
        "edited_at": found.edited_at if found else None,
        "edited_by": found.edited_by.name if found and found.edited_by else "",
        "switched_at": found.switched_at if found else None,
        "switched_by": found.switched_by.name if found and found.switched_by else "",
        "stopped_because": found.stopped_because if found else "",
        "stopped_lower": found.stopped_figures.get("lower") if found else None,
        "may_switch_on": facts.may_edit and _may_be_on(found, figure, procedure),
    }


def _may_be_on(found: Automation | None, figure: Figure, procedure: Procedure | None) -> bool:
    if found is None or found.state == "on" or procedure is None or procedure.about_person or procedure.suspected:
        return False
    return shortfall(figure, precision=found.min_precision, sample=found.min_sample) is None


def _scenario_shape(procedure: Procedure, conditions: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    return {
        "code": procedure.code,
        "name": procedure.name,
        "about_person": procedure.about_person,
        "reason": procedure.reason,
        "condition": procedure.condition,
        "condition_text": conditions.get((procedure.event_type, procedure.condition), ""),
        "precision_above": procedure.precision_above,
    }


def _scenarios(since: datetime) -> list[dict[str, Any]]:
    by_type = measure_types(since)
    found = []
    for scenario in sorted(catalogue().scenarios.values(), key=lambda row: row.number):
        said = scenario.definition
        figures = [by_type[code] for code in {said["event_type"], *said.get("also_types", ())} if code in by_type]
        filing = said.get("auto_file", {})
        found.append(
            {
                "code": scenario.code,
                "number": scenario.number,
                "name": scenario.name,
                "about_person": bool(filing.get("decides_about_person", True)),
                "filing_declared": bool(filing.get("rules")),
                "figure": figure_shape(
                    Figure(sum(one.confirmed for one in figures), sum(one.dismissed for one in figures))
                ),
            }
        )
    return found


def figure_shape(figure: Figure) -> dict[str, Any]:
    return {
        "confirmed": figure.confirmed,
        "dismissed": figure.dismissed,
        "sample": figure.sample,
        "ratio": round(figure.ratio, 4) if figure.ratio is not None else None,
        "lower": round(figure.lower, 4) if figure.lower is not None else None,
    }
