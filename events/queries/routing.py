"""Where an event goes: the rules, the matrix and the units in memory, and the words that explain a decision.

A process sees a change made by another after at most `KEPT_SECONDS`; one made by itself at once (`connections.py`).
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from time import monotonic
from typing import Any

from accounts.calendars import current_calendar
from accounts.models import OrgUnit
from events.models import Event, EventType, ResponsibilityRow, RoutingRule
from events.queries.catalogue import catalogue
from events.queries.components import keepers_of
from events.rules.expressions import NotAnExpression, compile_expression
from events.rules.routing import Decision, Facts, Ground, Row, Rule, Unit, decide, rows_by_place

logger = logging.getLogger(__name__)
KEPT_SECONDS = 10.0
_kept: tuple[float, Ground] | None = None


def forget(**_: Any) -> None:
    """Read again at the next use; connected to changes of rules, rows and units."""
    global _kept
    _kept = None


def ground() -> Ground:
    """What decisions are taken on: two statements when it is not in memory, and the catalogue's."""
    global _kept
    if _kept is None or _kept[0] < monotonic():
        _kept = (monotonic() + KEPT_SECONDS, _load())
    return _kept[1]


def route(facts: Facts) -> Decision:
    """Where an event with these facts goes, and why: lead, owning centre, co-handlers, level. Pure and in memory.

    Costs about ten microseconds and three for each rule, and no statement while the ground is in memory. It never
    raises on a rule's account: a rule that breaks off on this report is skipped and named in `Decision.skipped`.

    `Decision.owner` is None where no rule speaks of the centre: then `owning_centre(area_path)` decides.
    `Decision.level` is None where no rule suggests one. `decision.as_facts()` is what `Event.routing` keeps.
    """
    return decide(ground(), facts)


def facts_of(event: Event, event_type: EventType) -> Facts:
    """What is known of an event, as rules look at it; nothing is read unless it names a component."""
    return Facts(
        type_code=event.type_code,
        category=event_type.category,
        main_class=event_type.main_class,
        default_unit_code=event_type.default_unit_code,
        level=event.level,
        area_path=event.area_path,
        area_label=event.area_label,
        at=event.reported_at,
        source=event.source,
        text=event.description,
        has_citizen=event.has_citizen,
        keepers=keepers_of(event),
    )


def kept_decision(decision: Decision, *, move: str, at: datetime) -> dict[str, Any]:
    """What the event keeps of the decision: who said what, as it was called then."""
    return {**decision.as_facts(), "move": move, "at": at.isoformat()}


def unit_of(unit: OrgUnit) -> Unit:
    return Unit(unit.pk, unit.code, unit.name, unit.kind, unit.area_path, unit.area_level)


def rule_of(rule: RoutingRule) -> Rule:
    """The rule ready for use; NotAnExpression where its expression does not compile."""
    return Rule(
        id=rule.pk,
        name=rule.name,
        edition=rule.edition,
        compiled=compile_expression(rule.expression),
        lead=rule.lead_unit_code,
        office=rule.lead_office_code,
        owner_level=rule.owner_level,
        co_units=tuple(rule.co_unit_codes),
        level=rule.level,
        note=rule.note,
        automatic=rule.automatic,
        area=rule.area_path,
    )


def rules_of(rows: Iterable[RoutingRule]) -> tuple[Rule, ...]:
    """Those that compile, in order. One that does not was saved by another release: it is left out and logged."""
    usable = []
    for row in rows:
        try:
            usable.append(rule_of(row))
        except NotAnExpression as refused:
            logger.error("routing rule %s (%s) is left out: %s", row.pk, row.name, refused)
    return tuple(usable)


def _load() -> Ground:
    units = {unit.code: unit_of(unit) for unit in catalogue().units.values()}
    by_id = {unit.id: unit for unit in units.values()}
    rows = ResponsibilityRow.objects.select_related("responder")
    return Ground(
        rules=rules_of(RoutingRule.objects.in_force()),
        rows=rows_by_place(_row_of(row, by_id[row.unit_id]) for row in rows if row.unit_id in by_id),
        units=units,
        calendar=current_calendar(),
    )


def _row_of(row: ResponsibilityRow, unit: Unit) -> Row:
    active = row.responder if row.responder is not None and row.responder.is_active else None
    return Row(
        id=row.pk,
        type_code=row.type_code,
        main_class=row.main_class,
        area_path=row.area_path,
        unit=unit,
        responder_id=active.pk if active else None,
        person=active.name if active else "",
    )
