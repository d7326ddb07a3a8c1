"""The catalogue as every action needs it, kept in memory: it is small, and it changes a few times a year.

A process sees a change made by another after at most `KEPT_SECONDS`; one made by itself at once (`connections.py`).
"""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from time import monotonic
from typing import Any

from accounts.models import OrgUnit
from core.deadlines.arithmetic import Limit, LimitType
from core.history.chain import canonical
from events.errors import NoOwningCentre, UnknownEventType
from events.models import ClockLimit, Condition, Event, EventType, Scenario
from events.moves import Clock

KEPT_SECONDS = 10.0
BEFORE_FILING = ("reported", "verifying")
RED_ALERT = "alert_critical"
SIGN_URGENT = "sign_urgent"

DEFAULT_LIMITS = {
    Clock.ALERT: Limit.minutes(5),
    RED_ALERT: Limit.minutes(1),
    Clock.ACCEPT: Limit.minutes(15),
    Clock.VERIFY: Limit.minutes(30),
    Clock.DISPATCH: Limit.minutes(15),
    SIGN_URGENT: Limit.minutes(15),
    Clock.SIGN: Limit(LimitType.WORKING_HOURS, Decimal(2)),
    Clock.CHECK: Limit.minutes(30),
    Clock.CLOSE: Limit.minutes(30),
    Clock.RATING: Limit(LimitType.CALENDAR_DAYS, Decimal(14)),
    Clock.AUDIT: Limit(LimitType.WORKING_DAYS, Decimal(3)),
    Clock.FIRST_CONTACT: Limit(LimitType.URGENT_HOURS, Decimal(24)),
    Clock.ANSWER: Limit(LimitType.CALENDAR_DAYS, Decimal(7)),
    Clock.CALL_BACK: Limit(LimitType.WORKING_DAYS, Decimal(3)),
    "reply_urge": Limit(LimitType.WORKING_HOURS, Decimal(4)),
    "reply_ordinary": Limit(LimitType.WORKING_HOURS, Decimal(8)),
    "reply_yellow": Limit(LimitType.WORKING_HOURS, Decimal(4)),
    "reply_red": Limit(LimitType.WORKING_HOURS, Decimal(2)),
}
"""What holds until an administrator sets another: the rows of ClockLimit come first."""


@dataclass(frozen=True)
class Catalogue:
    types: dict[str, EventType]
    scenarios: dict[str, Scenario]
    limits: dict[str, Limit]
    centres: tuple[OrgUnit, ...]
    units: dict[str, OrgUnit]


_kept: tuple[float, Catalogue] | None = None
_kept_choices: tuple[float, "Choices"] | None = None


def forget(**_: Any) -> None:
    """Read again at the next use; connected to changes of types, limits, scenarios and units."""
    global _kept, _kept_choices
    _kept = _kept_choices = None


def catalogue() -> Catalogue:
    """The current types, scenarios, limits and centres: four statements when they are not in memory."""
    global _kept
    if _kept is None or _kept[0] < monotonic():
        _kept = (monotonic() + KEPT_SECONDS, _load())
    return _kept[1]


def _load() -> Catalogue:
    units = list(OrgUnit.objects.filter(is_active=True).order_by("id"))
    return Catalogue(
        types={row.code: row for row in EventType.objects.current()},
        scenarios={row.code: row for row in Scenario.objects.filter(is_current=True)},
        limits=DEFAULT_LIMITS | {row.kind: row.limit for row in ClockLimit.objects.all()},
        centres=tuple(unit for unit in units if unit.kind == OrgUnit.Kind.CENTRE and unit.area_path),
        units={unit.code: unit for unit in units},
    )


def type_of(code: str) -> EventType:
    """The current version of a type; UnknownEventType where there is none."""
    found = catalogue().types.get(code)
    if found is None:
        raise UnknownEventType(type_code=code)
    return found


def limit_of(kind: str) -> Limit:
    return catalogue().limits[kind]


def scenario_of(event_type: EventType) -> Scenario | None:
    return catalogue().scenarios.get(event_type.scenario_code)


def owning_centre(area_path: str) -> OrgUnit:
    """The centre that owns new events of an area: the highest whose area covers it."""
    covering = [c for c in catalogue().centres if area_path == c.area_path or area_path.startswith(c.area_path + ".")]
    if not covering:
        raise NoOwningCentre(area_path=area_path)
    return min(covering, key=lambda centre: (len(centre.area_path), centre.pk))


def sign_limit(handling: Limit) -> Limit:
    """15 minutes where the condition counts urgent hours, else 2 working hours; never above a quarter of the handling
    limit.
    """
    kind = SIGN_URGENT if handling.type is LimitType.URGENT_HOURS else Clock.SIGN
    return limit_of(kind).quarter_at_most(handling)


def condition_shape(condition: Condition) -> dict[str, Any]:
    return {
        "id": condition.pk,
        "code": condition.code,
        "text": condition.text,
        "handling_limit": {"type": condition.limit_type, "amount": float(condition.limit_amount)},
    }


def conditions_of_a_retired_type(event: Event) -> list[dict[str, Any]]:
    """Under which conditions an event can still be filed whose type nobody else can choose any more; else nothing."""
    if event.state not in BEFORE_FILING or event.type_code in catalogue().types:
        return []
    return [condition_shape(condition) for condition in event.type.conditions.all()]


@dataclass(frozen=True)
class Choices:
    """The types in force for choosing, and a tag that changes when they do: a phone does not load them twice."""

    items: list[dict[str, Any]]
    tag: str


def choices() -> Choices:
    """Every current type with its conditions, for choosing: two statements when they are not in memory."""
    global _kept_choices
    if _kept_choices is None or _kept_choices[0] < monotonic():
        items = event_types()
        tag = hashlib.sha256(canonical(items)).hexdigest()[:32]
        _kept_choices = (monotonic() + KEPT_SECONDS, Choices(items, f'"{tag}"'))
    return _kept_choices[1]


def event_types() -> list[dict[str, Any]]:
    units = catalogue().units
    types = (
        EventType.objects.current()
        .prefetch_related("conditions")
        .order_by("category", "main_code", "position", "sub_code", "code")
    )
    return [
        {
            "code": row.code,
            "number": row.number,
            "name": row.name,
            "category": row.category,
            "main_class": row.main_class,
            "report_group": row.report_group,
            "default_level": row.default_level,
            "default_unit": {"id": unit.pk, "name": unit.name} if (unit := units.get(row.default_unit_code)) else None,
            "scenario_code": row.scenario_code,
            "needs_after_photo": row.needs_after_photo,
            "verification_advised": row.verification_advised,
            "check_mode": row.check_mode,
            "conditions": [condition_shape(condition) for condition in row.conditions.all()],
        }
        for row in types
    ]


def scenarios() -> list[dict[str, Any]]:
    rows = Scenario.objects.filter(is_current=True).order_by("number")
    return [
        {"code": r.code, "number": r.number, "name": r.name, "version": r.version, "definition": r.definition}
        for r in rows
    ]
