"""The catalogue as every action needs it, kept in memory: it is small, and it changes a few times a year.

A process sees a change made by another after at most `KEPT_SECONDS`; one made by itself at once (`connections.py`).
"""

import hashlib
from dataclasses import dataclass
from time import monotonic
from typing import Any

from accounts.models import OrgUnit
from core.deadlines.arithmetic import Limit, LimitType
from core.history.chain import canonical
from events.errors import NoOwningCentre, UnknownEventType
from events.models import ClockLimit, Condition, Event, EventType, Scenario
from events.moves import Clock
from events.rules.limits import SIGN_SHARE, SIGN_URGENT, USUAL_LIMITS, USUAL_NUMBERS

KEPT_SECONDS = 10.0
BEFORE_FILING = ("reported", "verifying")


@dataclass(frozen=True)
class Catalogue:
    types: dict[str, EventType]
    scenarios: dict[str, Scenario]
    limits: dict[str, Limit]
    numbers: dict[str, int]
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
    set_ones = list(ClockLimit.objects.all())
    return Catalogue(
        types={row.code: row for row in EventType.objects.current()},
        scenarios={row.code: row for row in Scenario.objects.filter(is_current=True)},
        limits=USUAL_LIMITS | {row.kind: row.limit for row in set_ones if row.is_time},
        numbers=USUAL_NUMBERS | {row.kind: int(row.limit_amount) for row in set_ones if not row.is_time},
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
    """The limit of time of this kind as it is set now; the usual one until somebody sets another."""
    return catalogue().limits[kind]


def number_of(kind: str) -> int:
    """How many, which share or how many points, as it is set now."""
    return catalogue().numbers[kind]


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
    limit; unless somebody has set others.
    """
    kind = SIGN_URGENT if handling.type is LimitType.URGENT_HOURS else Clock.SIGN
    return limit_of(kind).share_at_most(handling, percent=number_of(SIGN_SHARE))


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
            "needs_before_photo": row.needs_before_photo,
            "needs_after_photo": row.needs_after_photo,
            "verification_advised": row.verification_advised,
            "allows_self_handling": row.allows_self_handling,
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
