"""Writing, ordering and switching the rules by which events find their departments."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.roles import ROLE_NAMES, Role
from core.actor import Actor
from core.clock import now
from core.errors import Forbidden, NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from events.actions.freshness import require_fresh
from events.errors import (
    ExpressionRefused,
    RuleDecidesNothing,
    RuleInForce,
    RuleNamesNoUnit,
    RuleNotReplayed,
    RuleOfNoArea,
)
from events.models import RoutingRule
from events.models.routing import RULE_KIND
from events.queries.catalogue import catalogue
from events.queries.routing import forget
from events.queries.routing_faults import fault_in_words
from events.routing_lifecycle import NEW, ROUTING_RULE, RuleMove
from events.routing_policies import editing_roles, require_rule_editor
from events.rules.expressions import NotAnExpression, compile_expression, require_quick
from events.rules.routing import CAN_LEAD
from grids.models import Area

MOST_CO_UNITS = 10
GAP = 10
"""Between the positions of neighbours."""


@dataclass(frozen=True)
class RuleContent:
    """What a rule says; a change of any of it is a new edition."""

    name: str
    expression: str
    lead_unit_code: str = ""
    lead_office_code: str = ""
    owner_level: str = ""
    co_unit_codes: tuple[str, ...] = ()
    level: int | None = None
    note: str = ""
    automatic: bool = False
    area_path: str = ""


@transaction.atomic
def write_rule(*, actor: Actor, content: RuleContent, replaces_id: int | None = None) -> RoutingRule:
    """A new draft, last in order; one that `replaces` another stands right behind it and takes its place one day."""
    replaced = _existing(replaces_id) if replaces_id is not None else None
    if replaced is not None:
        content = replace(content, area_path=replaced.area_path)
    role = require_rule_editor(actor, content.area_path)
    _require_usable(content)
    last = RoutingRule.objects.aggregate(last=Max("position"))["last"] or 0
    rule = RoutingRule(
        state=NEW,
        version=0,
        position=replaced.position if replaced else last + GAP,
        replaces=replaced,
        edited_at=now(),
        edited_by_id=actor.user_id,
        **_columns(content),
    )
    change = ROUTING_RULE.apply(RuleMove.WRITE, rule, actor=actor, roles={role})
    rule.save(force_insert=True)
    _remember(rule, change, actor, rule.edited_at, first=True)
    return rule


@transaction.atomic
def edit_rule(*, rule_id: int, actor: Actor, version: int, content: RuleContent) -> RoutingRule:
    """A new edition of a rule that is not in force; it is a draft again until it was replayed and switched on."""
    rule = _locked(rule_id, RuleMove.EDIT, actor, version)
    if rule.state == "on":
        raise RuleInForce()
    if rule.replaces_id is not None:
        content = replace(content, area_path=rule.area_path)
    require_rule_editor(actor, content.area_path)
    _require_usable(content)
    for name, value in _columns(content).items():
        setattr(rule, name, value)
    rule.edition += 1
    rule.problem, rule.problem_at = "", None
    rule.edited_at, rule.edited_by_id = now(), actor.user_id
    return _moved(rule, RuleMove.EDIT, actor, rule.edited_at)


@transaction.atomic
def switch_rule(*, rule_id: int, actor: Actor, version: int, on: bool) -> RoutingRule:
    """In force from the next report on, or no longer. Only what was replayed as it now stands is switched on; one that
    dispatches by itself only by the duty chief. A draft that replaces a rule takes its place.
    """
    move = RuleMove.SWITCH_ON if on else RuleMove.SWITCH_OFF
    rule = _locked(rule_id, move, actor, version)
    at = now()
    if on:
        if rule.replayed_edition != rule.edition:
            raise RuleNotReplayed()
        if rule.automatic and Role.DUTY_CHIEF not in editing_roles(actor, rule.area_path):
            raise Forbidden(roles=ROLE_NAMES[Role.DUTY_CHIEF])
        _require_usable(content_of(rule))
        _retire_replaced(rule, actor, at)
    rule.switched_at, rule.switched_by_id = at, actor.user_id
    return _moved(rule, move, actor, at)


@transaction.atomic
def remove_rule(*, rule_id: int, actor: Actor, version: int) -> None:
    """Out of the list; events that were routed by it still name it."""
    rule = _locked(rule_id, RuleMove.REMOVE, actor, version)
    if rule.state == "on":
        raise RuleInForce()
    rule.removed_at = now()
    _moved(rule, RuleMove.REMOVE, actor, rule.removed_at)


@transaction.atomic
def order_rules(*, actor: Actor, seen: Sequence[int], wanted: Sequence[int], area_path: str = "") -> list[RoutingRule]:
    """The rules of one area, or the site-wide ones, in the wanted order; StaleVersion where the list is no longer as
    the actor saw it.
    """
    role = require_rule_editor(actor, area_path)
    of_area = RoutingRule.objects.filter(removed_at=None, area_path=area_path)
    rules = {rule.pk: rule for rule in of_area.select_for_update().in_order()}
    if list(rules) != list(seen) or sorted(wanted) != sorted(rules):
        raise StaleVersion(current=list(rules))
    at = now()
    for index, rule_id in enumerate(wanted):
        rule, position = rules[rule_id], (index + 1) * GAP
        if rule.position != position:
            rule.position = position
            rule.save(update_fields=["position"])
            if rule.state == "on":
                change = Change("move", "on", "on", role)
                _remember(rule, change, actor, at, position=position)
    transaction.on_commit(forget)
    return [rules[rule_id] for rule_id in wanted]


def content_of(rule: RoutingRule) -> RuleContent:
    return RuleContent(
        name=rule.name,
        expression=rule.expression,
        lead_unit_code=rule.lead_unit_code,
        lead_office_code=rule.lead_office_code,
        owner_level=rule.owner_level,
        co_unit_codes=tuple(rule.co_unit_codes),
        level=rule.level,
        note=rule.note,
        automatic=rule.automatic,
        area_path=rule.area_path,
    )


def require_expression(source: str) -> None:
    """Raises ExpressionRefused with the place of the fault, in words."""
    try:
        require_quick(compile_expression(source))
    except NotAnExpression as refused:
        raise ExpressionRefused(**fault_in_words(refused.fault)) from refused


def _require_usable(content: RuleContent) -> None:
    require_expression(content.expression)
    units = catalogue().units
    named = [code for code in (content.lead_unit_code, *content.co_unit_codes) if code]
    for code in named:
        if code not in units or units[code].kind not in CAN_LEAD:
            raise RuleNamesNoUnit(unit_code=code)
    office = content.lead_office_code
    if office and not any(code == office or code.startswith(office + "-") for code in units):
        raise RuleNamesNoUnit(unit_code=office)
    if content.area_path and not Area.objects.filter(path=content.area_path).exists():
        raise RuleOfNoArea()
    words = (named, office, content.owner_level, content.level, content.note)
    if not any(words):
        raise RuleDecidesNothing()


def _columns(content: RuleContent) -> dict[str, Any]:
    area = Area.objects.filter(path=content.area_path).first() if content.area_path else None
    return {
        **vars(content),
        "co_unit_codes": list(dict.fromkeys(content.co_unit_codes)),
        "area_label": area.name if area else "",
    }


def _existing(rule_id: int) -> RoutingRule:
    rule = RoutingRule.objects.select_for_update().filter(pk=rule_id, removed_at=None).first()
    if rule is None:
        raise NotFound()
    return rule


def _locked(rule_id: int, move: str, actor: Actor, version: int) -> RoutingRule:
    rule = _existing(rule_id)
    require_rule_editor(actor, rule.area_path)
    if rule.version != version:
        require_fresh(RULE_KIND, rule.pk, move, actor, seen=version, current=rule.version)
    return rule


def _retire_replaced(rule: RoutingRule, actor: Actor, at: datetime) -> None:
    """The rule that this one replaces goes off as this goes on, and leaves it its place."""
    if rule.replaces_id is None:
        return
    replaced = RoutingRule.objects.select_for_update().filter(pk=rule.replaces_id, removed_at=None).first()
    rule.replaces = None
    if replaced is None:
        return
    rule.position = replaced.position
    if replaced.state == "on":
        replaced.switched_at, replaced.switched_by_id = at, actor.user_id
        _moved(replaced, RuleMove.SWITCH_OFF, actor, at)


def _moved(rule: RoutingRule, move: str, actor: Actor, at: datetime) -> RoutingRule:
    change = ROUTING_RULE.apply(move, rule, actor=actor, roles=editing_roles(actor, rule.area_path))
    rule.save()
    _remember(rule, change, actor, at)
    return rule


def _remember(
    rule: RoutingRule, change: Change, actor: Actor, at: datetime, *, first: bool = False, **facts: Any
) -> None:
    """History keeps what the rule said in each edition, so that an event's explanation can always be read."""
    content = {**vars(content_of(rule)), "co_unit_codes": list(rule.co_unit_codes)}
    append(
        subject_kind=RULE_KIND,
        subject_id=rule.pk,
        actor=actor,
        change=change,
        at=at,
        facts={"version": rule.version, "edition": rule.edition, "content": content, **facts},
        first=first,
    )
    transaction.on_commit(forget)
