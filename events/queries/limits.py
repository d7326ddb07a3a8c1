"""The limits, bounds of similarity and steps of escalation as their administrator sees them.

What is set is told beside what is usual, so that a page can say which is which. A fixed number of statements.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from accounts.actions.calendars import SITE_SUBJECT
from accounts.actions.calendars import SUBJECT_KIND as CALENDAR_KIND
from accounts.models import OrgUnit
from core.deadlines.arithmetic import LimitType
from core.models import HistoryRow
from events.models import ClockLimit, EscalationPlan, EscalationStep, SimilarityLimit
from events.queries.catalogue import catalogue
from events.queries.similar import NEAR_METRES, WITHIN
from events.rules.escalation import CLOCKS_OF, Way, default_ways
from events.rules.limits import RULE_OF, NumberRule, TimeRule, Unit, in_groups
from events.rules.type_content import plain_amount

LIMIT_KIND, SIMILARITY_KIND, STEPS_KIND = "clock_limit", "similarity_limit", "escalation_plan"
SHOWN = 100

CLOCK_NAMES = {
    "accept": ("受理", "accept"),
    "verify": ("核实", "verify"),
    "dispatch": ("派遣", "dispatch"),
    "sign": ("签收", "sign"),
    "handling": ("处置", "handling"),
    "check": ("核查", "check"),
    "close": ("结案", "close"),
    "alert": ("告警确认", "alert"),
    "reply": ("催督办回复", "reply"),
}
SUBJECT_NAMES = {
    "event": ("案件", "event"),
    "order": ("协办工单", "co-handling leg"),
    "alert": ("告警", "alert"),
    "reminder": ("催督办", "reminder"),
}
STEP_NAMES = {"handler": ("承办人", "handler"), "chief": ("值班长", "duty chief"), "leader": ("分管领导", "leader")}
UNIT_NAMES = {
    LimitType.URGENT_HOURS: ("小时", "h"),
    LimitType.WORKING_HOURS: ("工作时", "working h"),
    LimitType.WORKING_DAYS: ("工作日", "working d"),
    LimitType.CALENDAR_DAYS: ("自然日", "d"),
    Unit.TIMES: ("次", "×"),
    Unit.UNITS: ("个", ""),
    Unit.PERCENT: ("%", "%"),
    Unit.POINTS: ("分", "points"),
}


def limit_groups(*, english: bool = False) -> list[dict[str, Any]]:
    """Every limit under its heading, with what is set, what is usual and within which bounds. One statement."""
    rows = {row.kind: row for row in ClockLimit.objects.select_related("set_by")}
    return [
        {"group": group.value, "items": [_limit(rule, rows.get(rule.kind), english) for rule in rules]}
        for group, rules in in_groups()
    ]


def one_limit(kind: str, *, english: bool = False) -> dict[str, Any]:
    return _limit(RULE_OF[kind], ClockLimit.objects.select_related("set_by").filter(kind=kind).first(), english)


def _limit(rule: TimeRule | NumberRule, row: ClockLimit | None, english: bool) -> dict[str, Any]:
    if isinstance(rule, TimeRule):
        usual_measure, usual_amount = rule.usual.type.value, rule.usual.amount
        measures = [
            {"measure": one.value, "least": plain_amount(least), "most": plain_amount(most)}
            for one in LimitType
            if one in rule.measures
            for least, most in [rule.bounds(one)]
        ]
    else:
        usual_measure, usual_amount = rule.unit.value, Decimal(rule.usual)
        measures = [{"measure": rule.unit.value, "least": str(rule.least), "most": str(rule.most)}]
    amount = row.limit_amount if row else usual_amount
    measure = row.limit_type if row else usual_measure
    return {
        "kind": rule.kind,
        "name": rule.en if english else rule.zh,
        "measures": measures,
        "measure": measure,
        "amount": plain_amount(amount),
        "usual_measure": usual_measure,
        "usual_amount": plain_amount(usual_amount),
        "is_usual": (measure, amount) == (usual_measure, usual_amount),
        "version": row.version if row else 0,
        **_who(row),
    }


def _who(row: ClockLimit | SimilarityLimit | EscalationPlan | None) -> dict[str, Any]:
    return {"set_at": row.set_at if row else None, "set_by": row.set_by.name if row and row.set_by else ""}


def similarity_rows() -> list[dict[str, Any]]:
    """The bounds of all types first, then those of types that have their own. One statement beside the catalogue's."""
    rows = list(SimilarityLimit.objects.select_related("set_by").order_by("type_code"))
    types = catalogue().types
    if not rows or rows[0].type_code:
        usual = SimilarityLimit(metres=NEAR_METRES, hours=int(WITHIN.total_seconds()) // 3600, version=0)
        rows.insert(0, usual)
    return [
        {
            "type_code": row.type_code,
            "type_name": types[row.type_code].name if row.type_code in types else row.type_code,
            "metres": row.metres,
            "hours": row.hours,
            "version": row.version,
            **_who(row),
        }
        for row in rows
    ]


def step_plans(*, english: bool = False) -> list[dict[str, Any]]:
    """The steps of every watched clock, set or usual: two statements."""
    found: defaultdict[tuple[str, str], list[Way]] = defaultdict(list)
    for row in EscalationStep.objects.order_by("percent"):
        found[row.subject_kind, row.clock].append(Way.of(row))
    plans = {(row.subject_kind, row.clock): row for row in EscalationPlan.objects.select_related("set_by")}
    return [
        {
            "subject_kind": subject_kind,
            "clock": clock,
            "name": plan_name(subject_kind, clock, english=english),
            "steps": plain_ways(found.get((subject_kind, clock)) or default_ways(subject_kind, clock)),
            "usual": plain_ways(default_ways(subject_kind, clock)),
            "is_usual": (subject_kind, clock) not in found,
            "version": plan.version if (plan := plans.get((subject_kind, clock))) else 0,
            **_who(plan),
        }
        for subject_kind, clocks in CLOCKS_OF.items()
        for clock in clocks
    ]


def plan_name(subject_kind: str, clock: str, *, english: bool) -> str:
    subject, name = SUBJECT_NAMES[subject_kind][english], CLOCK_NAMES[clock][english]
    return f"{subject} · {name}"


def plain_ways(ways: Iterable[Way]) -> list[dict[str, Any]]:
    return [way.as_columns() for way in ways]


def limit_history(*, english: bool = False) -> list[dict[str, Any]]:
    """What was set last, newest first: who, when, from what to what. Two statements."""
    kinds = (LIMIT_KIND, SIMILARITY_KIND, STEPS_KIND, CALENDAR_KIND)
    rows = HistoryRow.objects.filter(subject_kind__in=kinds).order_by("-at", "-id")[:SHOWN]
    shown = list(rows)
    units = dict(
        OrgUnit.objects.filter(
            pk__in=[row.subject_id for row in shown if row.subject_kind == CALENDAR_KIND]
        ).values_list("pk", "name")
    )
    return [
        {
            "at": row.at,
            "by": (row.personal or {}).get("actor_name", ""),
            "what": row.subject_kind,
            "name": _name(row, units, english),
            "before": _words(row.subject_kind, row.facts.get("before"), english),
            "after": _words(row.subject_kind, row.facts.get("after"), english),
        }
        for row in shown
    ]


def _name(row: HistoryRow, units: dict[int, str], english: bool) -> str:
    facts = row.facts
    match row.subject_kind:
        case "clock_limit":
            rule = RULE_OF.get(facts["kind"])
            return (rule.en if english else rule.zh) if rule else str(facts["kind"])
        case "similarity_limit":
            kind = catalogue().types.get(facts["type_code"])
            return kind.name if kind else str(facts["type_code"])
        case "escalation_plan":
            return plan_name(facts["subject_kind"], facts["clock"], english=english)
    return "" if row.subject_id == SITE_SUBJECT else units.get(row.subject_id, "")


def _words(kind: str, value: Any, english: bool) -> str:
    """A value of the history in words; empty for none."""
    if value is None:
        return ""
    if kind == LIMIT_KIND:
        return amount_in_words(value["measure"], Decimal(value["amount"]), english=english)
    if kind == SIMILARITY_KIND:
        return f"{value['metres']} m / {value['hours']} h"
    if kind == STEPS_KIND:
        return ", ".join(f"{one['percent']}% {STEP_NAMES[one['step']][english]}" for one in value)
    days = f" +{len(value['works_on'])} −{len(value['rests_on'])}"
    hours = "=" if value["follows_site"] else ", ".join(value["periods"])
    return hours + (days if value["works_on"] or value["rests_on"] else "")


def amount_in_words(measure: str, amount: Decimal, *, english: bool) -> str:
    """An amount as people say it: less than an hour in minutes."""
    if measure in (LimitType.URGENT_HOURS, LimitType.WORKING_HOURS) and amount < 1:
        minutes = f"{round(amount * 60, 2).normalize():f}"
        return f"{minutes} min" if english else f"{minutes} 分钟"
    return f"{plain_amount(amount)} {dict(UNIT_NAMES)[_measure(measure)][english]}".strip()


def _measure(value: str) -> LimitType | Unit:
    return Unit(value) if value in set(Unit) else LimitType(value)
